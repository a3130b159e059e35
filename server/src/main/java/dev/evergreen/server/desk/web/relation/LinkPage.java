package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.desk.web.Choice;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Ticket;
import java.util.List;

/// Choosing what a ticket is linked to, and how.
public record LinkPage(
    Ticket ticket, MergePage.Candidates candidates, Link.Role role, String problem) {

  public String path() {
    return "/tickets/" + ticket.id().value();
  }

  /// What the other ticket may be to this one.
  public List<Choice> roles() {
    return List.of(
        new Choice(Link.Role.RELATED.name(), "has to do with this one"),
        new Choice(Link.Role.PROBLEM.name(), "is the problem behind this one"),
        new Choice(Link.Role.INCIDENT.name(), "is an incident of this one, the problem"),
        new Choice(Link.Role.PARENT.name(), "is what this one is a part of"),
        new Choice(Link.Role.PART.name(), "is a part of this one"));
  }
}
