package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Closing by hand, and taking it back.
@Controller
final class ClosingController {

  private final Desk desk;
  private final Screens screens;
  private final Tickets tickets;

  ClosingController(Desk desk, Screens screens, Tickets tickets) {
    this.desk = desk;
    this.screens = screens;
    this.tickets = tickets;
  }

  @PostMapping("/tickets/{number}/closing")
  String close(
      @PathVariable long number,
      @RequestParam String outcome,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var id = desk.ticket(number, agent).id();
    var closed = tickets.close(id, outcome, revision, agent.actor());
    return answer(number, closed, "Closed.", new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/reopening")
  String reopen(
      @PathVariable long number,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var id = desk.ticket(number, agent).id();
    var reopened = tickets.reopen(id, revision, agent.actor());
    return answer(number, reopened, "Open again.", new Exchange(agent, request, response, model));
  }

  private String answer(long number, Outcome<Ticket> outcome, String done, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<Ticket> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/tickets/" + number;
      }
      case Outcome.Rejected<Ticket>(Outcome.Reason reason, String detail) ->
          screens.refuse(
              desk.ticket(number, exchange.agent()),
              reason,
              new Refusal.OfChoice(detail),
              exchange);
    };
  }
}
