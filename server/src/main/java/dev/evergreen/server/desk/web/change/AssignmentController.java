package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Assignments;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who is responsible. Two who take a ticket at once do not both get it.
@Controller
final class AssignmentController {

  private final Desk desk;
  private final Changing changing;
  private final Assignments assignments;

  AssignmentController(Desk desk, Changing changing, Assignments assignments) {
    this.desk = desk;
    this.changing = changing;
    this.assignments = assignments;
  }

  @PostMapping("/tickets/{number}/assignment")
  String assign(
      @PathVariable long number,
      @RequestParam(required = false) @Nullable Long team,
      @RequestParam(name = "agent", required = false) @Nullable Long to,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var id = desk.ticket(number, agent, Permission.ASSIGN).id();
    return changing.once(
        id,
        () ->
            assignments.assign(
                id,
                team == null ? null : new TeamId(team),
                to == null ? null : new AgentId(to),
                revision,
                agent.actor()),
        "Assigned.",
        new Exchange(agent, request, response, model));
  }
}
