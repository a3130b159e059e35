package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketId;

/// Writes to a ticket's customer, in the caller's transaction. The ways to talk stand above this
/// module and offer it.
public interface BulkAnswers {
  void answer(TicketId ticket, String text, Agent by);
}
