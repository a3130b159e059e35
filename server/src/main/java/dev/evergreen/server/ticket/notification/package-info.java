/// Who is told of what happens on a ticket: its followers, and the notifications of each.
@NullMarked
@NamedInterface("notification")
package dev.evergreen.server.ticket.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
