package dev.evergreen.server.customer;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.field.References;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What the own fields of customers and organizations can lead to: a customer, an agent, an
/// organization. Whoever may open their pages sees all of these.
@Component
public class CustomerReferences implements References {
  public static final List<String> KINDS = List.of("customer", "agent", "organization");

  private final Customers customers;
  private final Organizations organizations;
  private final Agents agents;

  CustomerReferences(Customers customers, Organizations organizations, Agents agents) {
    this.customers = customers;
    this.organizations = organizations;
    this.agents = agents;
  }

  @Override
  public Optional<Target> typed(String kind, String text) {
    return switch (kind) {
      case "customer" ->
          EmailAddress.parse(text).flatMap(customers::withAddress).map(CustomerReferences::target);
      case "agent" ->
          EmailAddress.parse(text)
              .flatMap(agents::withEmail)
              .filter(Agent::active)
              .map(CustomerReferences::target);
      case "organization" -> organizations.named(text).map(CustomerReferences::target);
      default -> throw strange(kind);
    };
  }

  @Override
  public Optional<Target> withId(String kind, long id) {
    return switch (kind) {
      case "customer" -> customers.withId(new CustomerId(id)).map(CustomerReferences::target);
      case "agent" -> agents.withId(new AgentId(id)).map(CustomerReferences::target);
      case "organization" ->
          organizations.withId(new OrganizationId(id)).map(CustomerReferences::target);
      default -> throw strange(kind);
    };
  }

  @Override
  public String expected(String kind) {
    return switch (kind) {
      case "customer" -> "the mail address of a customer";
      case "agent" -> "the mail address of an agent";
      case "organization" -> "the name of an organization";
      default -> throw strange(kind);
    };
  }

  private static IllegalStateException strange(String kind) {
    return new IllegalStateException("expected one of " + KINDS + ", but found " + kind);
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
    return new Target(
        organization.id().value(),
        organization.name(),
        "/organizations/" + organization.id().value(),
        organization.name());
  }
}
