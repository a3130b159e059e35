package dev.evergreen.server.ticket;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tickets that exist for one agent: light collaborators have those given to them or to a team
/// of theirs, everybody else has all. What is not found here cannot be told from what is not there.
public final class VisibleTickets {

  /// What a page of a conversation holds when it is not said from where on, and at most.
  private static final int PAGE = 50;

  private static final int MOST = 1_000;

  private static final String EVERY = "true";
  private static final String OWN =
      """
      (ticket.agent_id = :agent
        or ticket.team_id in (select team from membership where agent = :agent))
      """;

  private final JdbcClient jdbc;
  private final Messages messages;
  private final Ledger ledger;
  private final Agent agent;

  VisibleTickets(JdbcClient jdbc, Messages messages, Ledger ledger, Agent agent) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.ledger = ledger;
    this.agent = agent;
  }

  public Optional<Ticket> get(TicketId id) {
    return jdbc.sql("select * from ticket where id = :id and " + visible())
        .params(parameters(Map.of("id", id.value())))
        .query(TicketRows::ticket)
        .optional();
  }

  /// What these tickets are about, as far as they exist here.
  Map<TicketId, String> subjects(Collection<Long> ids) {
    return jdbc
        .sql("select id, subject from ticket where id = any(:ids) and " + visible())
        .params(parameters(Map.of("ids", ids.toArray(Long[]::new))))
        .query((row, _) -> Map.entry(new TicketId(row.getLong("id")), row.getString("subject")))
        .list()
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// One page of a view, at most `rows` long. Reading on costs the same at any depth.
  public TicketPage page(View view, TicketPage.@Nullable Cursor after, int rows) {
    var sql =
        """
        select ticket.*, customer.name as customer_name
        from ticket
        join customer on customer.id = ticket.customer_id
        where %s and %s and %s
        order by updated_at desc, ticket.id desc
        limit :limit
        """
            .formatted(
                view.condition,
                visible(),
                after == null ? "true" : "(updated_at, ticket.id) < (:updatedAt, :last)");
    var parameters = new HashMap<String, Object>(Map.of("limit", rows + 1));
    if (after != null) {
      parameters.put("updatedAt", TicketRows.stored(after.updatedAt()));
      parameters.put("last", after.id().value());
    }
    var found =
        jdbc.sql(sql)
            .params(parameters(parameters))
            .query((row, number) ->
                new TicketPage.Row(TicketRows.ticket(row, number), row.getString("customer_name")))
            .list();
    if (found.size() <= rows) {
      return new TicketPage(found, null);
    }
    var last = found.get(rows - 1).ticket();
    return new TicketPage(
        found.subList(0, rows), new TicketPage.Cursor(last.moments().updatedAt(), last.id()));
  }

  /// How many tickets each view holds, counted no further than `most`.
  public Map<View, Integer> counts(Collection<View> views, int most) {
    var columns =
        views.stream()
            .map(view ->
                """
                (select count(*)
                 from (select from ticket where %s and %s limit :most) as found) as %s
                """
                    .formatted(view.condition, visible(), view.name()))
            .collect(joining(","));
    return jdbc.sql("select " + columns)
        .params(parameters(Map.of("most", most)))
        .query((row, _) -> {
          var counts = new EnumMap<View, Integer>(View.class);
          for (var view : views) {
            counts.put(view, row.getInt(view.name()));
          }
          return counts;
        })
        .single();
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

  /// Everything that happened on a ticket found here; of a long one the newest part.
  public Conversation conversation(Ticket ticket) {
    return conversation(ticket, Stretch.NEWEST);
  }

  /// A part of what happened on a ticket found here. Reading back costs the same at any depth.
  public Conversation conversation(Ticket ticket, Stretch stretch) {
    var entries =
        ledger.of(
            ticket.id().subject(),
            stretch.since(),
            stretch.before(),
            stretch.since() == 0 ? PAGE : MOST);
    if (entries.isEmpty()) {
      return new Conversation(List.of(), List.of(), List.of());
    }
    var from = entries.getFirst().revision();
    var to = stretch.isUpToNow() ? Long.MAX_VALUE : entries.getLast().revision();
    return new Conversation(
        messages.of(ticket.id(), from, to), messages.notes(ticket.id(), from, to), entries);
  }

  private String visible() {
    return agent.role() == Role.COLLABORATOR ? OWN : EVERY;
  }

  private Map<String, Object> parameters(Map<String, ?> more) {
    var parameters = new HashMap<String, Object>(more);
    parameters.put("agent", agent.id().value());
    return parameters;
  }
}
