package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.side.FoundSides;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.task.TeamTask;
import dev.evergreen.server.ticket.task.VisibleTeamTasks;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Asks before a ticket is settled on which others still work: tasks, parts or incidents, partners
/// who have not answered. Whoever means it says so; nothing is forbidden.
@Component
final class Unfinishings {
  private static final int MOST = 100;
  private static final String ANYWAY = "anyway";

  private final Tickets tickets;
  private final VisibleTeamTasks tasks;
  private final FoundSides sides;

  Unfinishings(Tickets tickets, VisibleTeamTasks tasks, FoundSides sides) {
    this.tickets = tickets;
    this.tasks = tasks;
    this.sides = sides;
  }

  /// The page that asks; empty when nothing is open, or they have said that they mean it.
  Optional<String> asked(Ticket ticket, Exchange exchange) {
    if (exchange.sent().containsKey(ANYWAY)) {
      return Optional.empty();
    }
    var unfinished = of(ticket, exchange);
    if (unfinished.isNothing()) {
      return Optional.empty();
    }
    exchange.model().addAttribute("agent", exchange.agent());
    exchange.model().addAttribute("unfinished", unfinished);
    return Optional.of("desk/together/unfinished");
  }

  private Unfinished of(Ticket ticket, Exchange exchange) {
    var below =
        tickets.visibleTo(exchange.agent()).links(ticket.id(), MOST).stream()
            .filter(link -> link.role() == Link.Role.PART || link.role() == Link.Role.INCIDENT)
            .map(Link::other)
            .filter(other -> !other.isClosed())
            .toList();
    var sent = new HashMap<>(exchange.sent());
    sent.remove("_csrf");
    var any = ticket.beside().any();
    return new Unfinished(
        ticket,
        any ? tasks.of(ticket.id()).stream().filter(TeamTask::isOpen).toList() : List.of(),
        below,
        any ? sides.of(ticket.id()).stream().filter(SideConversation::isOpen).toList() : List.of(),
        sent,
        exchange.request().getRequestURI());
  }
}
