package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.StatusId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Closing by hand, and opening again.
@Controller
final class ClosingController {
  private final Desk desk;
  private final Changing changing;
  private final Closings closings;
  private final Settlements settlements;
  private final Unfinishings unfinishings;

  ClosingController(
      Desk desk,
      Changing changing,
      Closings closings,
      Settlements settlements,
      Unfinishings unfinishings) {
    this.desk = desk;
    this.changing = changing;
    this.closings = closings;
    this.settlements = settlements;
    this.unfinishings = unfinishings;
  }

  @PostMapping("/tickets/{number}/closing")
  String close(
      @PathVariable long number,
      @RequestParam String outcome,
      @RequestParam(required = false) @Nullable Long status,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.CLOSE);
    var id = ticket.id();
    var named = status == null ? null : new StatusId(status);
    var exchange = new Exchange(agent, request, response, model);
    return unfinishings
        .asked(ticket, exchange)
        .orElseGet(() ->
            changing.once(
                id,
                () -> closings.close(id, outcome, named, revision, agent),
                "Closed.",
                exchange));
  }

  @PostMapping("/tickets/{number}/reopening")
  String reopen(
      @PathVariable long number,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var id = desk.ticket(number, agent, Permission.CLOSE).id();
    return changing.once(
        id,
        () -> settlements.reopen(id, revision, agent.actor()),
        "Open again.",
        new Exchange(agent, request, response, model));
  }
}
