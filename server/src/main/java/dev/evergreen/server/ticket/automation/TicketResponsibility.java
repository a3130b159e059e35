package dev.evergreen.server.ticket.automation;

import dev.evergreen.language.Responsibility;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Responsible for a ticket is the agent it is assigned to, and until there is one its team.
@Component
final class TicketResponsibility implements Responsibility {
  private final Tickets tickets;
  private final Teams teams;

  TicketResponsibility(Tickets tickets, Teams teams) {
    this.tickets = tickets;
    this.teams = teams;
  }

  @Override
  public String subjectKind() {
    return "ticket";
  }

  @Override
  public OptionalLong agentFor(long subject) {
    var ticket = tickets.withId(new TicketId(subject));
    @Nullable AgentId agent = ticket.isEmpty() ? null : ticket.get().assignment().agent();
    return agent == null ? OptionalLong.empty() : OptionalLong.of(agent.value());
  }

  @Override
  public Optional<String> teamFor(long subject) {
    return tickets
        .withId(new TicketId(subject))
        .flatMap(ticket -> Optional.ofNullable(ticket.assignment().team()))
        .flatMap(teams::keyOf);
  }
}
