package dev.evergreen.server.ticket;

import static java.util.stream.Collectors.joining;

import dev.evergreen.language.FactSource;
import dev.evergreen.language.Input;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Level;
import dev.evergreen.server.customer.Organization;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.customer.Segment;
import dev.evergreen.server.customer.Segments;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What conditions and message texts can read about a ticket and whoever asks.
final class TicketFacts {
  private static final String TICKET = "ticket";

  private TicketFacts() {}

  record OfTicket(
      long number,
      String subject,
      Status status,
      Priority priority,
      String category,
      String channel,
      Solution solution,
      boolean assigned,
      boolean answered,
      boolean reopened) {}

  record OfCustomer(
      String name,
      String email,
      String organization,
      @Input("`normal`, `vip` or another priority of the team's own.") String priority,
      @Input(
              "The keys of the segments they are in, with a blank around each: `customer.segments.contains(\" loyal \")`.")
          String segments) {}

  @Component
  static final class TicketSource implements FactSource {
    private final Tickets tickets;

    TicketSource(Tickets tickets) {
      this.tickets = tickets;
    }

    @Override
    public String name() {
      return TICKET;
    }

    @Override
    public Map<String, Object> factsOf(String subjectKind, long subject) {
      return find(tickets, subjectKind, subject)
          .map(ticket ->
              Map.<String, Object>of(
                  "number", ticket.id().value(),
                  "subject", ticket.subject(),
                  // choices are written with hyphens in workflow files
                  "status", ticket.state().status().key().replace('_', '-'),
                  "priority", ticket.state().priority().key(),
                  "category", ticket.state().category(),
                  "channel", ticket.origin().channel(),
                  "solution", ticket.state().solution().key(),
                  "assigned", ticket.assignment().agent() != null,
                  "answered", ticket.moments().answeredAt() != null,
                  "reopened", ticket.state().reopened() > 0))
          .orElse(Map.of());
    }
  }

  @Component
  static final class CustomerSource implements FactSource {
    private final Tickets tickets;
    private final Customers customers;
    private final Organizations organizations;
    private final Segments segments;

    CustomerSource(
        Tickets tickets, Customers customers, Organizations organizations, Segments segments) {
      this.tickets = tickets;
      this.customers = customers;
      this.organizations = organizations;
      this.segments = segments;
    }

    @Override
    public String name() {
      return "customer";
    }

    @Override
    public Map<String, Object> factsOf(String subjectKind, long subject) {
      return find(tickets, subjectKind, subject)
          .flatMap(ticket -> customers.withId(ticket.customer()))
          .map(this::facts)
          .orElse(Map.of());
    }

    private Map<String, Object> facts(Customer customer) {
      return Map.of(
          "name",
          customer.name(),
          "email",
          customer.address(),
          "organization",
          organizationOf(customer),
          "priority",
          customer.level() == null ? Level.NORMAL : customer.level(),
          "segments",
          segments.of(customer.id()).stream().map(Segment::key).collect(joining(" ", " ", " ")));
    }

    private String organizationOf(Customer customer) {
      return Optional.ofNullable(customer.organization())
          .flatMap(organizations::withId)
          .map(Organization::name)
          .orElse("");
    }
  }

  private static Optional<Ticket> find(Tickets tickets, String subjectKind, long subject) {
    return subjectKind.equals(TICKET) ? tickets.withId(new TicketId(subject)) : Optional.empty();
  }
}
