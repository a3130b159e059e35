package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Closing by hand, and taking it back.
@Controller
final class ClosingController {

  private final Desk desk;
  private final Tickets tickets;

  ClosingController(Desk desk, Tickets tickets) {
    this.desk = desk;
    this.tickets = tickets;
  }

  @PostMapping("/tickets/{number}/closing")
  String close(
      @PathVariable long number,
      @RequestParam String outcome,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var id = desk.ticket(number, agent).id();
    var closed = tickets.close(id, outcome, revision, agent.actor());
    return answer(number, closed, "Closed.", request, response);
  }

  @PostMapping("/tickets/{number}/reopening")
  String reopen(
      @PathVariable long number,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var id = desk.ticket(number, agent).id();
    var reopened = tickets.reopen(id, revision, agent.actor());
    return answer(number, reopened, "Open again.", request, response);
  }

  private static String answer(
      long number,
      Outcome<Ticket> outcome,
      String done,
      HttpServletRequest request,
      HttpServletResponse response) {
    Flash.say(request, response, outcome.fold(_ -> done, refused -> refused.detail()));
    return "redirect:/tickets/" + number;
  }
}
