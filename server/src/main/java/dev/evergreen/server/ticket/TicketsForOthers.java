package dev.evergreen.server.ticket;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.VisibleSubjects;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Tickets for modules that know no ticket: by number and subject, for whoever may see them.
@Component
final class TicketsForOthers implements VisibleSubjects {
  private final Tickets tickets;

  TicketsForOthers(Tickets tickets) {
    this.tickets = tickets;
  }

  @Override
  public String kind() {
    return "ticket";
  }

  @Override
  public Map<Long, Found> of(Collection<Long> ids, Agent viewer) {
    return tickets.visibleTo(viewer).subjects(ids).entrySet().stream()
        .collect(
            Collectors.toMap(
                ticket -> ticket.getKey().value(),
                ticket ->
                    new Found(
                        ticket.getKey().subject(),
                        "#%d %s".formatted(ticket.getKey().value(), ticket.getValue()),
                        "/tickets/" + ticket.getKey().value())));
  }
}
