/// Walks the workflows that come with the program: each has a class of stories, which together take
/// every way through it.
@NullMarked
package dev.evergreen.server.workflow.shipped;

import org.jspecify.annotations.NullMarked;
