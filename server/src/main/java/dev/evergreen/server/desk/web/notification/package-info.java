/// What a person was told of.
@NullMarked
package dev.evergreen.server.desk.web.notification;

import org.jspecify.annotations.NullMarked;
