package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Puts a ticket into a status by the team's name for it.
@Controller
final class StatusController {
  private final Desk desk;
  private final Changing changing;
  private final Statuses statuses;
  private final Unfinishings unfinishings;

  StatusController(Desk desk, Changing changing, Statuses statuses, Unfinishings unfinishings) {
    this.desk = desk;
    this.changing = changing;
    this.statuses = statuses;
    this.unfinishings = unfinishings;
  }

  @PostMapping("/tickets/{number}/status")
  String set(
      @PathVariable long number,
      @RequestParam long status,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.CLOSE);
    var wanted = new StatusId(status);
    var exchange = new Exchange(agent, request, response, model);
    return Optional.of(wanted)
        .filter(this::settles)
        .flatMap(_ -> unfinishings.asked(ticket, exchange))
        .orElseGet(() ->
            changing.once(
                ticket.id(),
                () -> statuses.set(ticket.id(), wanted, outcome, revision, agent.actor()),
                "Status changed.",
                exchange));
  }

  private boolean settles(StatusId wanted) {
    return statuses.all().offered().stream()
        .filter(one -> one.id().equals(wanted))
        .anyMatch(one -> one.category() == Status.SOLVED || one.category() == Status.CLOSED);
  }
}
