/// Search, and the command bar.
@NullMarked
package dev.evergreen.server.desk.web.find;

import org.jspecify.annotations.NullMarked;
