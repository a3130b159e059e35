package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Ticket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
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
  private final Settlements settlements;
  private final Submissions submissions;

  ClosingController(Desk desk, Screens screens, Settlements settlements, Submissions submissions) {
    this.desk = desk;
    this.screens = screens;
    this.settlements = settlements;
    this.submissions = submissions;
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
    return answer(
        number,
        () -> settlements.close(id, outcome, revision, agent.actor()),
        "Closed.",
        new Exchange(agent, request, response, model));
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
    return answer(
        number,
        () -> settlements.reopen(id, revision, agent.actor()),
        "Open again.",
        new Exchange(agent, request, response, model));
  }

  private String answer(
      long number, Supplier<Outcome<Ticket>> verb, String done, Exchange exchange) {
    return switch (submissions.once(exchange.key(), () -> verb.get().map(_ -> done))) {
      case Outcome.Accepted<String>(String said) -> {
        Flash.say(exchange.request(), exchange.response(), said);
        yield "redirect:/tickets/" + number;
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) ->
          screens.refuse(
              desk.ticket(number, exchange.agent()),
              reason,
              new Refusal.OfChoice(detail),
              exchange);
    };
  }
}
