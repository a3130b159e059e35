package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Sorting;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// How a ticket is sorted: its priority and its category.
@Controller
final class FieldsController {

  private final Desk desk;
  private final Screens screens;
  private final Sorting sorting;
  private final Submissions submissions;

  FieldsController(Desk desk, Screens screens, Sorting sorting, Submissions submissions) {
    this.desk = desk;
    this.screens = screens;
    this.sorting = sorting;
    this.submissions = submissions;
  }

  @PostMapping("/tickets/{number}/fields")
  String change(
      @PathVariable long number,
      @RequestParam String priority,
      @RequestParam String category,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent);
    return switch (Priority.of(priority)) {
      case Outcome.Accepted<Priority>(Priority known) -> {
        var changes = new Changes(category, known, null);
        submissions.untilKnown(() -> sorting.update(ticket.id(), changes, agent.actor()));
        Flash.say(request, response, "Saved.");
        yield "redirect:/tickets/" + number;
      }
      case Outcome.Rejected<Priority>(Outcome.Reason reason, String detail) ->
          screens.refuse(
              ticket,
              reason,
              new Refusal.OfChoice(detail),
              new Exchange(agent, request, response, model));
    };
  }
}
