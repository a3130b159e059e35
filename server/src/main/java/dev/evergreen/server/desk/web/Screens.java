package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Ticket;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// The whole page of a ticket beside its list, as it is or with what was refused.
@Component
final class Screens {

  private final Desk desk;
  private final Regions regions;

  Screens(Desk desk, Regions regions) {
    this.desk = desk;
    this.regions = regions;
  }

  String show(Ticket ticket, ListView view, Stretch stretch, Agent agent, Model model) {
    return show(ticket, new Regions.Wanted(view, stretch, new Refusal.None()), agent, model);
  }

  /// Answers a form that could not be taken with the page it came from.
  String refuse(Ticket ticket, Reason reason, Refusal refusal, Exchange exchange) {
    exchange.response().setStatus(reason.status());
    return show(
        ticket,
        new Regions.Wanted(ListView.MINE, Stretch.NEWEST, refusal),
        exchange.agent(),
        exchange.model());
  }

  private String show(Ticket ticket, Regions.Wanted wanted, Agent agent, Model model) {
    var list = new Desk.Range(wanted.view(), null, Desk.ROWS);
    model.addAttribute("agent", agent);
    model.addAttribute("list", desk.list(list, ticket.id().value(), agent));
    model.addAttribute("screen", regions.screen(ticket, wanted, agent));
    return "desk/show";
  }
}
