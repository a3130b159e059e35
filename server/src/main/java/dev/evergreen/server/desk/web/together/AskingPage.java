package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.ticket.Ticket;
import java.util.List;

/// The form that asks a colleague, or whoever leads a team.
///
/// @param whom `leads-` and the number of a team, or the number of a colleague
public record AskingPage(
    Ticket ticket,
    List<Team> leads,
    List<Agent> colleagues,
    String whom,
    String question,
    String problem) {
  public AskingPage {
    leads = List.copyOf(leads);
    colleagues = List.copyOf(colleagues);
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }
}
