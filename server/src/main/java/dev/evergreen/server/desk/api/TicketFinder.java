package dev.evergreen.server.desk.api;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.view.ViewPage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds tickets for whoever a token acts for, and writes them with the names of what they hold by
/// id. What its agent may not see is not there.
@Component
class TicketFinder {
  private final Tickets tickets;
  private final Customers customers;
  private final Teams teams;
  private final Agents agents;

  TicketFinder(Tickets tickets, Customers customers, Teams teams, Agents agents) {
    this.tickets = tickets;
    this.customers = customers;
    this.teams = teams;
    this.agents = agents;
  }

  Ticket find(long number, Agent agent) {
    return visible(number, agent).orElseThrow(() -> ApiRefusal.unknown("ticket " + number));
  }

  /// The ticket, if this agent may do that with it.
  Ticket find(long number, Agent agent, Permission permission) {
    return tickets
        .visibleTo(agent, permission)
        .get(new TicketId(number))
        .orElseThrow(() -> ApiRefusal.unknown("ticket " + number));
  }

  Optional<Ticket> visible(long number, Agent agent) {
    return tickets.visibleTo(agent).get(new TicketId(number));
  }

  TicketJson json(Ticket ticket) {
    var customer = customers.withId(ticket.customer()).map(Customer::name).orElse("");
    return new Names().json(ticket, customer);
  }

  List<TicketJson> json(List<ViewPage.Row> rows) {
    var names = new Names();
    return rows.stream().map(row -> names.json(row.ticket(), row.customer())).toList();
  }

  /// The names of teams and agents, each read once for a page.
  private final class Names {
    private final Map<TeamId, Named> knownTeams =
        teams.all().stream()
            .collect(Collectors.toMap(Team::id, team -> new Named(team.id().value(), team.name())));
    private final Map<AgentId, Named> knownAgents = new HashMap<>();

    TicketJson json(Ticket ticket, String customer) {
      var team = ticket.assignment().team();
      var agent = ticket.assignment().agent();
      return TicketJson.of(
          ticket,
          customer,
          new TicketJson.Responsible(
              team == null ? null : knownTeams.get(team), agent == null ? null : named(agent)));
    }

    private @Nullable Named named(AgentId id) {
      return knownAgents.computeIfAbsent(
          id,
          it -> agents.withId(it).map(agent -> new Named(it.value(), agent.name())).orElse(null));
    }
  }
}
