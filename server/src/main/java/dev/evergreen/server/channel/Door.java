package dev.evergreen.server.channel;

import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.side.SideConversation;

/// What a mail's tokens open in its sender's hands.
sealed interface Door {
  /// A token issued to the sender: this ticket.
  record Own(TicketId ticket) implements Door {}

  /// A token issued to this ticket's customer, to somebody in copy or to a partner, and sent by
  /// somebody else, or by one who was taken out.
  record Strange(TicketId ticket) implements Door {}

  /// A token issued to the sender for a side conversation: that one, and nothing else of its
  /// ticket.
  record Side(SideConversation conversation) implements Door {}

  record None() implements Door {}
}
