/// Opening a ticket by hand.
@NullMarked
package dev.evergreen.server.desk.web.opening;

import org.jspecify.annotations.NullMarked;
