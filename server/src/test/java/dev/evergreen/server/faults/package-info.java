/// What the product promises when processes die: real nodes are killed, a referee that is never
/// killed keeps the list of what was acknowledged, and compares at the end.
@NullMarked
package dev.evergreen.server.faults;

import org.jspecify.annotations.NullMarked;
