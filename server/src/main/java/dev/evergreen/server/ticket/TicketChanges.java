package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What people change on tickets from their pages, kept so that they can take it back: the whole
/// row as it was and as it became. Taking back restores every field that the change changed, unless
/// somebody has changed one of them again. What left the house stays out.
@Component
public class TicketChanges {
  /// What counts what happened, here and beside the ticket: it goes on, whatever is taken back.
  private static final Set<String> COUNTING =
      Set.of(
          "id",
          "revision",
          "updated_at",
          "opened_at",
          "open_sides",
          "open_team_tasks",
          "has_beside");

  /// What went out to the customer, or set others to work.
  private static final Map<String, String> SENT =
      Map.of(
          "ticket.agent-replied", "an answer to the customer",
          "ticket.message-sent", "a message of a workflow to the customer",
          "ticket.side-begun", "a mail to a partner",
          "ticket.side-written", "a mail to a partner",
          "feedback.survey-sent", "the question how it went");

  /// The rest of the statement that takes a change back.
  private static final String RESTORED =
      """
      , cast(:at as timestamptz), ticket.revision + 1
        from ticket_change as change,
          jsonb_populate_record(
            ticket,
            (select coalesce(jsonb_object_agg(was.key, was.value), '{}')
             from jsonb_each(change.before) as was
             where was.value is distinct from change.after -> was.key)) as restored
        where change.id = :change)
      where id = :id
      returning *
      """;

  private static final int MOST_ENTRIES = 200;

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final Ledger ledger;
  private final DatabaseClock clock;
  private volatile @Nullable String restore;

  TicketChanges(JdbcClient jdbc, TicketWriting writing, Ledger ledger, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// The way back to a change; empty when nothing changed.
  public record Kept<T>(T value, Optional<Long> change) {}

  /// Does it and keeps what it changed.
  @Transactional
  public <T> Outcome<Kept<T>> keep(TicketId id, Agent agent, Supplier<Outcome<T>> verb) {
    writing.locked(id);
    var before = row(id);
    return verb.get()
        .map(value -> {
          var after = row(id);
          return new Kept<>(
              value,
              after.equals(before) ? Optional.empty() : Optional.of(kept(id, agent, before)));
        });
  }

  /// The ticket's row without what only counts.
  private String row(TicketId id) {
    return jdbc.sql(
            """
            select cast(to_jsonb(ticket) - cast(:counting as text[]) as text)
            from ticket
            where id = :id
            """)
        .param("counting", COUNTING.toArray(String[]::new))
        .param("id", id.value())
        .query((row, _) -> row.getString(1))
        .single();
  }

  private long kept(TicketId id, Agent agent, String before) {
    return jdbc.sql(
            """
            insert into ticket_change (ticket_id, agent_id, before, after, revision, at)
            select
              id,
              :agent,
              cast(:before as jsonb),
              to_jsonb(ticket) - cast(:counting as text[]),
              revision,
              :now
            from ticket
            where id = :id
            returning id
            """)
        .param("id", id.value())
        .param("agent", agent.id().value())
        .param("before", before)
        .param("counting", COUNTING.toArray(String[]::new))
        .param("now", TicketRows.stored(clock.instant()))
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  private record Change(long id, long revision, List<String> columns, boolean isUntouched) {}

  /// Takes a change back, for the person who made it.
  ///
  /// @return a sentence that also says what went out and stays so
  @Transactional
  public Outcome<String> undo(TicketId id, long change, Agent agent) {
    writing.locked(id);
    var found = change(id, change, agent);
    if (found.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED, "This was taken back already, or it is not yours to take back.");
    }
    if (!found.get().isUntouched()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Somebody changed the same again meanwhile; nothing was taken back. Look at the ticket.");
    }
    var ticket =
        writing.update(
            restoring(),
            id,
            parameters("change", change, "at", TicketRows.stored(clock.instant())));
    jdbc.sql("update ticket_change set undone_at = :now where id = :id")
        .param("now", TicketRows.stored(clock.instant()))
        .param("id", change)
        .update();
    writing.append(
        ticket,
        "ticket.change-undone",
        agent.actor(),
        Map.of("entry", found.get().revision(), "changed", found.get().columns()));
    return Outcome.accepted(said(sentSince(ticket, found.get().revision())));
  }

  private Optional<Change> change(TicketId id, long change, Agent agent) {
    return jdbc.sql(
            """
            select
              change.id,
              change.revision,
              (select array_agg(key order by key)
               from jsonb_each(change.after) as became
               where became.value is distinct from change.before -> became.key) as columns,
              not exists (
                select from jsonb_each(change.after) as became
                where became.value is distinct from change.before -> became.key
                  and became.value is distinct from to_jsonb(ticket) -> became.key) as untouched
            from ticket_change as change
            join ticket on ticket.id = change.ticket_id
            where change.id = :change
              and change.ticket_id = :id
              and change.agent_id = :agent
              and change.undone_at is null
            """)
        .param("change", change)
        .param("id", id.value())
        .param("agent", agent.id().value())
        .query((row, _) ->
            new Change(
                row.getLong("id"),
                row.getLong("revision"),
                List.of((String[]) row.getArray("columns").getArray()),
                row.getBoolean("untouched")))
        .optional();
  }

  /// Sets every column to what it was where the change changed it. The columns are those that the
  /// table has, so that a new one is taken back like any other.
  private String restoring() {
    var known = restore;
    if (known == null) {
      known =
          "update ticket set ("
              + String.join(", ", columns())
              + ", updated_at, revision) = (select "
              + columns().stream().map(one -> "restored." + one).collect(Collectors.joining(", "))
              + RESTORED;
      restore = known;
    }
    return known;
  }

  private List<String> columns() {
    return jdbc.sql("select * from ticket where false")
        .query(rows -> {
          var names = new ArrayList<String>();
          var about = rows.getMetaData();
          for (int i = 1; i <= about.getColumnCount(); i++) {
            names.add(about.getColumnName(i));
          }
          names.removeAll(COUNTING);
          return List.copyOf(names);
        });
  }

  private Map<String, Long> sentSince(Ticket ticket, long revision) {
    var sent = new HashMap<String, Long>();
    ledger.of(ticket.id().subject(), MOST_ENTRIES).stream()
        .filter(entry -> entry.revision() >= revision)
        .filter(entry -> SENT.containsKey(entry.kind()))
        .forEach(entry -> sent.merge(String.valueOf(SENT.get(entry.kind())), 1L, Long::sum));
    return sent;
  }

  private static String said(Map<String, Long> sent) {
    return sent.isEmpty()
        ? "Taken back."
        : "Taken back. What went out stays out: "
            + sent.entrySet().stream()
                .map(one -> (one.getValue() == 1 ? "" : one.getValue() + " × ") + one.getKey())
                .sorted()
                .collect(Collectors.joining(", "))
            + ".";
  }
}
