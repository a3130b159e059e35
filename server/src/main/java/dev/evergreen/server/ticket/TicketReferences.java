package dev.evergreen.server.ticket;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Organization;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.field.References;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What a ticket's own fields can lead to: another ticket, a customer, an agent, an organization.
@Component
public class TicketReferences {
  public static final List<String> KINDS = List.of("ticket", "customer", "agent", "organization");

  private final JdbcClient jdbc;
  private final Customers customers;
  private final Organizations organizations;
  private final Agents agents;

  TicketReferences(
      JdbcClient jdbc, Customers customers, Organizations organizations, Agents agents) {
    this.jdbc = jdbc;
    this.customers = customers;
    this.organizations = organizations;
    this.agents = agents;
  }

  /// For one reader: a ticket that does not exist for them is not found.
  References visibleIn(VisibleTickets tickets) {
    return new Found(tickets::get);
  }

  /// For parts that act on their own account.
  References all() {
    return new Found(id ->
        jdbc.sql("select * from ticket where id = :id")
            .param("id", id.value())
            .query(TicketRows::ticket)
            .optional());
  }

  private final class Found implements References {
    private final Function<TicketId, Optional<Ticket>> tickets;

    private Found(Function<TicketId, Optional<Ticket>> tickets) {
      this.tickets = tickets;
    }

    @Override
    public Optional<Target> typed(String kind, String text) {
      return switch (kind) {
        case "ticket" ->
            text.matches("#?\\d{1,18}")
                ? withId(kind, Long.parseLong(text.replace("#", "")))
                : Optional.empty();
        case "customer" ->
            EmailAddress.parse(text).flatMap(customers::withAddress).map(Found::target);
        case "agent" ->
            EmailAddress.parse(text)
                .flatMap(agents::withEmail)
                .filter(Agent::active)
                .map(Found::target);
        case "organization" -> organizations.named(text).map(Found::target);
        default -> throw strange(kind);
      };
    }

    @Override
    public Optional<Target> withId(String kind, long id) {
      return switch (kind) {
        case "ticket" -> tickets.apply(new TicketId(id)).map(Found::target);
        case "customer" -> customers.withId(new CustomerId(id)).map(Found::target);
        case "agent" -> agents.withId(new AgentId(id)).map(Found::target);
        case "organization" -> organizations.withId(new OrganizationId(id)).map(Found::target);
        default -> throw strange(kind);
      };
    }

    @Override
    public String expected(String kind) {
      return switch (kind) {
        case "ticket" -> "the number of a ticket";
        case "customer" -> "the mail address of a customer";
        case "agent" -> "the mail address of an agent";
        case "organization" -> "the name of an organization";
        default -> throw strange(kind);
      };
    }

    private static IllegalStateException strange(String kind) {
      return new IllegalStateException("expected one of " + KINDS + ", but found " + kind);
    }

    private static Target target(Ticket ticket) {
      return new Target(
          ticket.id().value(),
          ticket.id() + " " + ticket.subject(),
          "/tickets/" + ticket.id().value(),
          ticket.id().toString());
    }

    private static Target target(Customer customer) {
      return new Target(
          customer.id().value(),
          customer.name(),
          "/customers/" + customer.id().value(),
          customer.address());
    }

    private static Target target(Agent agent) {
      return new Target(agent.id().value(), agent.name(), "", agent.email());
    }

    private static Target target(Organization organization) {
      return new Target(organization.id().value(), organization.name(), "", organization.name());
    }
  }
}
