package dev.evergreen.server.ticket;

import static java.util.stream.Collectors.toMap;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tickets that exist for one agent, or with which they may do something: those that their role
/// reaches, and those merged into such a one; to see, write notes and sort, also those with a task
/// for them or a team of theirs. What is not found here cannot be told from what is not there.
public final class VisibleTickets {

  /// What a page of a conversation holds when it is not said from where on, and at most.
  private static final int PAGE = 50;

  private static final int MOST = 1_000;

  /// Among so many of a customer's newest tickets is looked for one that is about the same.
  private static final int NEWEST = 50;

  /// From this likeness of their subjects on, two tickets of one customer may be about the same.
  private static final double ALIKE = 0.4;

  private static final int MOST_ALIKE = 3;

  private final JdbcClient jdbc;
  private final Messages messages;
  private final Ledger ledger;
  private final Sight sight;

  VisibleTickets(JdbcClient jdbc, Messages messages, Ledger ledger, Sight sight) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.ledger = ledger;
    this.sight = sight;
  }

  public Optional<Ticket> get(TicketId id) {
    return jdbc.sql("select * from ticket where id = :id and " + visible())
        .params(parameters(Map.of("id", id.value())))
        .query(TicketRows::ticket)
        .optional();
  }

  /// What these tickets are about, as far as they exist here.
  public Map<TicketId, String> subjects(Collection<Long> ids) {
    return jdbc
        .sql("select id, subject from ticket where id = any(:ids) and " + visible())
        .params(parameters(Map.of("ids", ids.toArray(Long[]::new))))
        .query((row, _) -> Map.entry(new TicketId(row.getLong("id")), row.getString("subject")))
        .list()
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// The same as a condition, for those who look for more than is asked for here.
  public Sight sight() {
    return sight;
  }

  /// The newest tickets of a customer.
  public List<Ticket> of(CustomerId customer, int most) {
    return jdbc.sql(
            """
            select * from ticket
            where customer_id = :customer and %s
            order by id desc
            limit :most
            """
                .formatted(visible()))
        .params(parameters(Map.of("customer", customer.value(), "most", most)))
        .query(TicketRows::ticket)
        .list();
  }

  /// The newest tickets of an organization's people.
  public List<NamedTicket> of(OrganizationId organization, int most) {
    return jdbc.sql(
            """
            select ticket.*, customer.name as customer_name
            from customer
            join ticket on ticket.customer_id = customer.id
            where customer.organization = :organization and %s
            order by ticket.id desc
            limit :most
            """
                .formatted(visible()))
        .params(parameters(Map.of("organization", organization.value(), "most", most)))
        .query((row, number) ->
            new NamedTicket(TicketRows.ticket(row, number), row.getString("customer_name")))
        .list();
  }

  /// What happened on all tickets of a customer that are found here, newest first, before a place
  /// in that order.
  public CustomerHistory history(CustomerId customer, CustomerHistory.Place before, int most) {
    var subjects =
        jdbc.sql(
                """
                select ticket.id, ticket.subject, ticket.opened_at from ticket
                where customer_id = :customer and %s
                order by ticket.id desc
                limit :tickets
                """
                    .formatted(visible()))
            .params(parameters(Map.of("customer", customer.value(), "tickets", MOST)))
            .query((row, _) ->
                new CustomerHistory.Told(
                    row.getLong("id"), row.getString("subject"), TicketRows.at(row, "opened_at")))
            .list();
    return CustomerHistory.of(subjects, before, most, jdbc);
  }

  /// Everything that happened on a ticket found here; of a long one the newest part.
  public Conversation conversation(Ticket ticket) {
    return conversation(ticket, Stretch.NEWEST);
  }

  /// A part of what happened on a ticket found here, and on those that live on in it. Reading back
  /// costs the same at any depth.
  public Conversation conversation(Ticket ticket, Stretch stretch) {
    var merged = merged(ticket.id());
    var all = new ArrayList<>(merged.keySet());
    all.add(ticket.id().value());
    var opened =
        merged.values().stream()
            .reduce(ticket.moments().openedAt(), (one, other) -> one.isBefore(other) ? one : other);
    var part = new LedgerPart(stretch.since(), stretch.before(), opened);
    var limit = stretch.hasBeginning() ? MOST : PAGE;
    var entries = ledger.of("ticket", all, part, limit);
    var spoken = new ArrayList<Message>();
    var noted = new ArrayList<Note>();
    entries.stream()
        .map(entry -> entry.subject().id())
        .distinct()
        .forEach(id -> {
          var own = entries.stream().filter(entry -> entry.subject().id() == id).toList();
          var from = own.getFirst().revision();
          var to = stretch.isUpToNow() ? Long.MAX_VALUE : own.getLast().revision();
          spoken.addAll(messages.of(new TicketId(id), from, to));
          noted.addAll(messages.notes(new TicketId(id), from, to));
        });
    var hasEarlier =
        !entries.isEmpty()
            && (all.size() == 1
                ? entries.getFirst().revision() > 1
                : ledger.isBefore("ticket", all, part.until(entries.getFirst().id())));
    return new Conversation(spoken, noted, entries, hasEarlier);
  }

  /// The tickets that live on in one, and since when they are there.
  private Map<Long, Instant> merged(TicketId into) {
    return jdbc
        .sql(
            """
            select merge.ticket_id, ticket.opened_at
            from merge
            join ticket on ticket.id = merge.ticket_id
            where merge.into_id = :id
            """)
        .param("id", into.value())
        .query((row, _) -> Map.entry(row.getLong("ticket_id"), TicketRows.at(row, "opened_at")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// What is linked to a ticket, and what it is to it; the newest of each kind first.
  public List<Link> links(TicketId id, int most) {
    return jdbc.sql(
            """
            select ticket.*, linked.kind as link_kind, linked.from_first
            from (
              select other_id as other, kind, true as from_first
              from link
              where ticket_id = :id
              union all
              select ticket_id, kind, false
              from link
              where other_id = :id) as linked
            join ticket on ticket.id = linked.other
            where %s
            order by ticket.id desc
            limit :most
            """
                .formatted(visible()))
        .params(parameters(Map.of("id", id.value(), "most", most)))
        .query((row, number) ->
            new Link(
                TicketRows.ticket(row, number),
                Link.Role.of(
                    Link.Kind.of(row.getString("link_kind")), row.getBoolean("from_first"))))
        .list();
  }

  /// Open tickets of a customer that may be about the same as this subject, the likeliest first.
  public List<Ticket> alike(CustomerId customer, String subject) {
    return of(customer, NEWEST).stream()
        .filter(ticket -> !ticket.isClosed())
        .filter(ticket -> Likeness.between(ticket.subject(), subject) >= ALIKE)
        .sorted(
            Comparator.comparingDouble(
                    (Ticket ticket) -> Likeness.between(ticket.subject(), subject))
                .reversed())
        .limit(MOST_ALIKE)
        .toList();
  }

  private String visible() {
    return sight.condition();
  }

  private Map<String, Object> parameters(Map<String, ?> more) {
    var parameters = new HashMap<String, Object>(more);
    parameters.putAll(sight.parameters());
    return parameters;
  }
}
