package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketStatus;
import java.util.List;

/// Answering and settling all open incidents of a problem at once.
///
/// @param statuses into which they may be put
public record IncidentPage(
    Ticket problem,
    List<Ticket> incidents,
    List<TicketStatus> statuses,
    List<Code> outcomes,
    String text,
    String refusal) {
  public IncidentPage {
    incidents = List.copyOf(incidents);
    statuses = List.copyOf(statuses);
    outcomes = List.copyOf(outcomes);
  }

  public String path() {
    return "/tickets/" + problem.id().value();
  }
}
