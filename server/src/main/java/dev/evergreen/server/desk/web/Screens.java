package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.view.View;
import org.springframework.stereotype.Component;

/// The whole page of a ticket beside its list, as it is or with what was refused.
@Component
public final class Screens {

  private final Desk desk;
  private final Regions regions;

  Screens(Desk desk, Regions regions) {
    this.desk = desk;
    this.regions = regions;
  }

  String show(Ticket ticket, View view, Stretch stretch, Exchange exchange) {
    return show(ticket, new Regions.Wanted(view, stretch, new Refusal.None()), exchange);
  }

  /// Answers a form that could not be taken with the page it came from.
  public String refuse(Ticket ticket, Reason reason, Refusal refusal, Exchange exchange) {
    exchange.response().setStatus(reason.status());
    var view = desk.viewOrMine(exchange.request().getParameter("from"), exchange.agent());
    return show(ticket, new Regions.Wanted(view, Stretch.NEWEST, refusal), exchange);
  }

  private String show(Ticket ticket, Regions.Wanted wanted, Exchange exchange) {
    var agent = exchange.agent();
    var model = exchange.model();
    var list = Desk.Range.first(wanted.view(), Page.zoneOf(exchange.request()));
    model.addAttribute("agent", agent);
    model.addAttribute("list", desk.list(list, ticket.id().value(), agent));
    model.addAttribute("screen", regions.screen(ticket, wanted, agent));
    return "desk/show";
  }
}
