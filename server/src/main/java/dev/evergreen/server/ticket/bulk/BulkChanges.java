package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketId;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// Changes of many tickets at once. They are written down with the tickets and the revisions that
/// the person saw, and done in the background, some in a transaction: what was done before a crash
/// stays done and is not done again. Each ticket is changed by the verb that one ticket is changed
/// by, or left alone with a reason. The whole can be undone.
@Component
public class BulkChanges {
  /// How many tickets one change may be about.
  public static final int MOST = 5_000;

  static final String DUE = "ticket.bulk";
  private static final int REASONS = 50;

  /// Before the first answer leaves, there is time to think again.
  private static final Duration SECOND_THOUGHTS = Duration.ofSeconds(15);

  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final Due due;
  private final DatabaseClock clock;

  BulkChanges(JdbcClient jdbc, Due due, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.due = due;
    this.clock = clock;
  }

  /// Begins a change of these tickets.
  ///
  /// @param seen the revisions that the person saw
  @Transactional
  public Outcome<Long> begin(BulkChange change, Map<TicketId, Long> seen, Agent by) {
    if (seen.isEmpty() || seen.size() > MOST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected 1 to %,d tickets, but found %,d.".formatted(MOST, seen.size()));
    }
    long id =
        jdbc.sql(
                """
                insert into bulk_change (agent_id, change, total, made_at)
                values (:agent, cast(:change as jsonb), :total, :now)
                returning id
                """)
            .param("agent", by.id().value())
            .param("change", MAPPER.writeValueAsString(change.stored()))
            .param("total", seen.size())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into bulk_ticket (bulk_id, ticket_id, seen)
            select :bulk, chosen.ticket, chosen.seen
            from unnest(cast(:tickets as bigint[]), cast(:seen as bigint[])) as chosen (ticket, seen)
            """)
        .param("bulk", id)
        .param("tickets", seen.keySet().stream().map(TicketId::value).toArray(Long[]::new))
        .param("seen", seen.values().toArray(Long[]::new))
        .update();
    var at = change.isWriting() ? clock.instant().plus(SECOND_THOUGHTS) : clock.instant();
    due.set(DUE, "" + id, at, Map.of());
    return Outcome.accepted(id);
  }

  /// Leaves alone what is still to be looked at; what was done stays done, and can be undone.
  @Transactional
  public Outcome<Long> stop(long id, Agent by) {
    int stopped =
        jdbc.sql(
                """
                update bulk_change set state = 'done'
                where id = :id and agent_id = :agent and state = 'going'
                """)
            .param("id", id)
            .param("agent", by.id().value())
            .update();
    if (stopped == 0) {
      return Outcome.rejected(Reason.OUTDATED, "There is nothing left to stop.");
    }
    jdbc.sql(
            """
            update bulk_ticket
            set state = 'skipped', reason = 'Stopped before it was its turn.'
            where bulk_id = :id and state = 'waiting'
            """)
        .param("id", id)
        .update();
    due.clear(DUE, "" + id);
    return Outcome.accepted(id);
  }

  /// Begins to take back what was done; nothing happens unless it is done.
  @Transactional
  public Outcome<Long> undo(long id, Agent by) {
    int begun =
        jdbc.sql(
                """
                update bulk_change set state = 'undoing'
                where id = :id and agent_id = :agent and state = 'done'
                """)
            .param("id", id)
            .param("agent", by.id().value())
            .update();
    if (begun == 0) {
      return Outcome.rejected(
          Reason.OUTDATED, "Expected a change that is done; this one is not, or is undone.");
    }
    due.set(DUE, "" + id, clock.instant(), Map.of());
    return Outcome.accepted(id);
  }

  /// How far it is, for whoever began it: for others it is not there.
  public Optional<BulkProgress> progress(long id, Agent reader) {
    return jdbc.sql(
            """
            select change, state from bulk_change where id = :id and agent_id = :agent
            """)
        .param("id", id)
        .param("agent", reader.id().value())
        .query((row, _) ->
            new BulkProgress(
                id,
                read(row.getString("change")).words(),
                BulkProgress.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                numbers(id),
                skipped(id)))
        .optional();
  }

  @SuppressWarnings("unchecked")
  static BulkChange read(String stored) {
    return BulkChange.of((Map<String, String>) MAPPER.readValue(stored, Map.class));
  }

  /// Of the few thousand rows that one change has at most.
  private BulkProgress.Numbers numbers(long id) {
    return jdbc.sql(
            """
            select
              count(*) as total,
              count(*) filter (where state = 'waiting') as waiting,
              count(*) filter (where state in ('changed', 'same')) as changed,
              count(*) filter (where state = 'skipped') as skipped,
              count(*) filter (where state = 'restored') as restored
            from bulk_ticket
            where bulk_id = :id
            """)
        .param("id", id)
        .query((row, _) ->
            new BulkProgress.Numbers(
                row.getInt("total"),
                row.getInt("waiting"),
                row.getInt("changed"),
                row.getInt("skipped"),
                row.getInt("restored")))
        .single();
  }

  private List<BulkProgress.Skipped> skipped(long id) {
    return jdbc.sql(
            """
            select ticket_id, reason
            from bulk_ticket
            where bulk_id = :id and reason <> ''
            order by ticket_id
            limit :most
            """)
        .param("id", id)
        .param("most", REASONS)
        .query((row, _) ->
            new BulkProgress.Skipped(
                new TicketId(row.getLong("ticket_id")), row.getString("reason")))
        .list();
  }
}
