package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.TypedChanges;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// How a ticket is sorted: type, severity, priority, category, root cause, and the team's own
/// fields.
@Controller
final class FieldsController {
  private final Desk desk;
  private final Changing changing;
  private final Sorting sorting;
  private final Codes codes;
  private final Tickets tickets;
  private final TicketFields fields;

  FieldsController(
      Desk desk,
      Changing changing,
      Sorting sorting,
      Codes codes,
      Tickets tickets,
      TicketFields fields) {
    this.desk = desk;
    this.changing = changing;
    this.sorting = sorting;
    this.codes = codes;
    this.tickets = tickets;
    this.fields = fields;
  }

  @PostMapping("/tickets/{number}/fields")
  String change(
      @PathVariable long number,
      TypedChanges typed,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.SORT);
    return changing.anyTimes(
        ticket.id(),
        () ->
            typed
                .read(ticket, codes)
                .map(changes -> sorting.update(ticket.id(), changes, agent.actor())),
        "Saved.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/own-fields/{key}")
  String set(
      @PathVariable long number,
      @PathVariable String key,
      @RequestParam(defaultValue = "") String value,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.SORT);
    return changing.anyTimes(
        ticket.id(),
        () -> fields.set(ticket.id(), key, value, tickets.visibleTo(agent), agent.actor()),
        "Saved.",
        new Exchange(agent, request, response, model));
  }
}
