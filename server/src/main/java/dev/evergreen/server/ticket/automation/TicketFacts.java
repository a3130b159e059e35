package dev.evergreen.server.ticket.automation;

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
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Solution;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.Tickets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What conditions and message texts can read about a ticket and whoever asks.
public final class TicketFacts {
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
      boolean reopened,
      @Input("What kind of request it is.") @Nullable TicketType type,
      @Input("How bad it is for whoever asks.") @Nullable Severity severity,
      @Input(
              "Its tags, each with a space before and behind it: `ticket.tags.contains(\" late \")`.")
          String tags,
      @Input("Why it was settled; empty before.") String outcome,
      @Input("How many tasks for teams and colleagues are open on it.") long tasks,
      @Input("How many conversations with partners are open on it.") long partners) {}

  record OfCustomer(
      String name,
      String email,
      String organization,
      @Input("`normal`, `vip` or another priority of the team's own.") String priority,
      @Input(
              "The keys of the segments they are in, with a blank around each: `customer.segments.contains(\" loyal \")`.")
          String segments) {}

  record OfOrganization(@Input("Empty when whoever asks belongs to none.") String name) {}

  @Component
  public static final class TicketSource implements FactSource {
    private final Tickets tickets;
    private final Tags tags;
    private final OwnFieldFacts fields;

    TicketSource(Tickets tickets, Tags tags, OwnFieldFacts fields) {
      this.tickets = tickets;
      this.tags = tags;
      this.fields = fields;
    }

    @Override
    public String name() {
      return TICKET;
    }

    @Override
    public Map<String, Object> factsOf(String subjectKind, long subject) {
      return find(tickets, subjectKind, subject).map(this::facts).orElse(Map.of());
    }

    private Map<String, Object> facts(Ticket ticket) {
      var state = ticket.state();
      var sorted = state.sorted();
      var facts = new HashMap<String, Object>(fields.of(TICKET, sorted.fields()));
      facts.put("number", ticket.id().value());
      facts.put("subject", ticket.subject());
      // choices are written with hyphens in workflow files
      facts.put("status", state.status().key().replace('_', '-'));
      facts.put("priority", state.priority().key());
      facts.put("category", state.category());
      facts.put("channel", ticket.origin().channel());
      facts.put("solution", state.solution().key());
      facts.put("assigned", ticket.assignment().agent() != null);
      facts.put("answered", ticket.moments().answeredAt() != null);
      facts.put("reopened", state.reopened() > 0);
      if (sorted.type() != null) {
        facts.put("type", sorted.type().key());
      }
      if (sorted.severity() != null) {
        facts.put("severity", sorted.severity().key());
      }
      if (!sorted.tags().isEmpty()) {
        facts.put("tags", " " + String.join(" ", tags.names(sorted.tags())) + " ");
      }
      facts.put("outcome", state.outcome());
      facts.put("tasks", ticket.beside().openTasks());
      facts.put("partners", ticket.beside().openSides());
      return facts;
    }
  }

  @Component
  static final class CustomerSource implements FactSource {
    private final Tickets tickets;
    private final Customers customers;
    private final Organizations organizations;
    private final Segments segments;
    private final OwnFieldFacts fields;

    CustomerSource(
        Tickets tickets,
        Customers customers,
        Organizations organizations,
        Segments segments,
        OwnFieldFacts fields) {
      this.tickets = tickets;
      this.customers = customers;
      this.organizations = organizations;
      this.segments = segments;
      this.fields = fields;
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
      var facts = new HashMap<String, Object>(fields.of(name(), customer.fields()));
      facts.put("name", customer.name());
      facts.put("email", customer.address());
      facts.put("organization", organizationOf(customer));
      facts.put("priority", customer.level() == null ? Level.NORMAL : customer.level());
      facts.put(
          "segments",
          segments.of(customer.id()).stream().map(Segment::key).collect(joining(" ", " ", " ")));
      return facts;
    }

    private String organizationOf(Customer customer) {
      return Optional.ofNullable(customer.organization())
          .flatMap(organizations::withId)
          .map(Organization::name)
          .orElse("");
    }
  }

  @Component
  static final class OrganizationSource implements FactSource {
    private final Tickets tickets;
    private final Customers customers;
    private final Organizations organizations;
    private final OwnFieldFacts fields;

    OrganizationSource(
        Tickets tickets, Customers customers, Organizations organizations, OwnFieldFacts fields) {
      this.tickets = tickets;
      this.customers = customers;
      this.organizations = organizations;
      this.fields = fields;
    }

    @Override
    public String name() {
      return "organization";
    }

    @Override
    public Map<String, Object> factsOf(String subjectKind, long subject) {
      return find(tickets, subjectKind, subject)
          .flatMap(ticket -> customers.withId(ticket.customer()))
          .flatMap(customer -> Optional.ofNullable(customer.organization()))
          .flatMap(organizations::withId)
          .map(this::facts)
          .orElse(Map.of());
    }

    private Map<String, Object> facts(Organization organization) {
      var facts = new HashMap<String, Object>(fields.of(name(), organization.fields()));
      facts.put("name", organization.name());
      return facts;
    }
  }

  private static Optional<Ticket> find(Tickets tickets, String subjectKind, long subject) {
    return subjectKind.equals(TICKET) ? tickets.withId(new TicketId(subject)) : Optional.empty();
  }
}
