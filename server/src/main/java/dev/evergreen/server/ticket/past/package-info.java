/// Tickets that come with their whole past from another program.
@NullMarked
@NamedInterface("past")
package dev.evergreen.server.ticket.past;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
