package dev.evergreen.server.channel;

import dev.evergreen.server.ticket.TicketId;

/// What a mail's tokens open in its sender's hands.
sealed interface Door {
  /// A token issued to the sender: this ticket.
  record Own(TicketId ticket) implements Door {}

  /// A token issued to this ticket's customer or somebody in copy, and sent by somebody else, or by
  /// one who was taken out.
  record Strange(TicketId ticket) implements Door {}

  record None() implements Door {}
}
