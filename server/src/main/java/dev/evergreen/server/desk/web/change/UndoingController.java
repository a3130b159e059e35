package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.desk.web.Refusal;
import dev.evergreen.server.desk.web.Screens;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketChanges;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// Takes back what somebody has just changed.
@Controller
final class UndoingController {
  private final Desk desk;
  private final Screens screens;
  private final TicketChanges changes;
  private final Submissions submissions;

  UndoingController(Desk desk, Screens screens, TicketChanges changes, Submissions submissions) {
    this.desk = desk;
    this.screens = screens;
    this.changes = changes;
    this.submissions = submissions;
  }

  @PostMapping("/tickets/{number}/changes/{change}/undoing")
  String undo(
      @PathVariable long number,
      @PathVariable long change,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent);
    var exchange = new Exchange(agent, request, response, model);
    return switch (submissions.once(
        exchange.key(), () -> changes.undo(ticket.id(), change, agent))) {
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
