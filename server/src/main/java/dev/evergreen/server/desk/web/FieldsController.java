package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Tickets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// How a ticket is sorted: its priority and its category.
@Controller
final class FieldsController {

  private final Desk desk;
  private final Tickets tickets;

  FieldsController(Desk desk, Tickets tickets) {
    this.desk = desk;
    this.tickets = tickets;
  }

  @PostMapping("/tickets/{number}/fields")
  String change(
      @PathVariable long number,
      @RequestParam String priority,
      @RequestParam String category,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var id = desk.ticket(number, agent).id();
    switch (Priority.of(priority)) {
      case Outcome.Accepted<Priority>(Priority known) -> {
        tickets.update(id, new Changes(category, known, null), agent.actor());
        Flash.say(request, response, "Saved.");
      }
      case Outcome.Rejected<Priority> refused -> Flash.say(request, response, refused.detail());
    }
    return "redirect:/tickets/" + number;
  }
}
