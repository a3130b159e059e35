/// Pages that change while they are looked at.
@NullMarked
package dev.evergreen.server.desk.web.live;

import org.jspecify.annotations.NullMarked;
