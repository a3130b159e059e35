package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Ticket;
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
  private final Screens screens;
  private final Assignments assignments;
  private final Submissions submissions;

  AssignmentController(
      Desk desk, Screens screens, Assignments assignments, Submissions submissions) {
    this.desk = desk;
    this.screens = screens;
    this.assignments = assignments;
    this.submissions = submissions;
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
    Ticket ticket = desk.ticket(number, agent);
    var exchange = new Exchange(agent, request, response, model);
    var assigned =
        submissions.once(
            exchange.key(),
            () ->
                assignments
                    .assign(
                        ticket.id(),
                        team == null ? null : new TeamId(team),
                        to == null ? null : new AgentId(to),
                        revision,
                        agent.actor())
                    .map(after ->
                        after.revision() == revision ? "It was so already." : "Assigned."));
    return switch (assigned) {
      case Outcome.Accepted<String>(String said) -> {
        Flash.say(request, response, said);
        yield "redirect:" + desk.afterwards(ticket.id(), agent);
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) ->
          screens.refuse(
              desk.ticket(number, agent), reason, new Refusal.OfChoice(detail), exchange);
    };
  }
}
