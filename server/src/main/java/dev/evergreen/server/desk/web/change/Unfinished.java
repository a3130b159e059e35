package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.task.TeamTask;
import java.util.List;
import java.util.Map;

/// What is still open where somebody wants to settle a ticket, and the form that they sent, to be
/// sent again if they mean it.
///
/// @param below parts of the ticket, or incidents of the problem
public record Unfinished(
    Ticket ticket,
    List<TeamTask> tasks,
    List<Ticket> below,
    List<SideConversation> sides,
    Map<String, String> sent,
    String action) {
  public Unfinished {
    tasks = List.copyOf(tasks);
    below = List.copyOf(below);
    sides = List.copyOf(sides);
    sent = Map.copyOf(sent);
  }

  public boolean isNothing() {
    return tasks.isEmpty() && below.isEmpty() && sides.isEmpty();
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }
}
