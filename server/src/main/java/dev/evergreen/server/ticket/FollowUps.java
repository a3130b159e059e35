package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Tickets that come back at a time: because something was promised to the customer for then, or
/// because they were put aside until then (a snooze). A promise stays until somebody says that it
/// was kept or takes it back; a ticket that was put aside is simply there again. One ticket has one
/// such time.
@Component
public class FollowUps implements DueReaction {
  private static final String KIND = "ticket.follow-up";
  private static final int LONGEST = 200;
  private static final Duration FARTHEST = Duration.ofDays(731);

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final Due due;
  private final DatabaseClock clock;

  FollowUps(JdbcClient jdbc, TicketWriting writing, Due due, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.due = due;
    this.clock = clock;
  }

  public Optional<FollowUp> of(TicketId ticket) {
    return jdbc.sql(
            """
            select follow_up.*, agent.name as agent_name
            from follow_up
            join agent on agent.id = follow_up.agent_id
            where follow_up.ticket_id = :ticket
            """)
        .param("ticket", ticket.value())
        .query(FollowUps::read)
        .optional();
  }

  /// Has a ticket come back, in place of any time set before.
  ///
  /// @param promise what was promised for then; blank to put it aside
  @Transactional
  public Outcome<FollowUp> set(TicketId id, String promise, Instant at, Agent by) {
    var ticket = writing.locked(id);
    var now = clock.instant();
    var text = promise.strip();
    if (ticket.isClosed()) {
      return Outcome.rejected(
          Reason.OUTDATED, "Ticket %s is closed; reopen it before it can come back.".formatted(id));
    }
    if (!at.isAfter(now) || at.isAfter(now.plus(FARTHEST))) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a time to come back at that lies ahead, within two years.");
    }
    if (text.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, "Expected a promise of at most 200 letters.");
    }
    var before = of(id);
    jdbc.sql(
            """
            insert into follow_up (ticket_id, promise, at, agent_id, set_at)
            values (:ticket, :promise, :at, :agent, :now)
            on conflict (ticket_id) do update
            set
              promise = excluded.promise,
              at = excluded.at,
              agent_id = excluded.agent_id,
              set_at = excluded.set_at,
              came_at = null
            """)
        .param("ticket", id.value())
        .param("promise", text)
        .param("at", TicketRows.stored(at))
        .param("agent", by.id().value())
        .param("now", TicketRows.stored(now))
        .update();
    due.set(KIND, "" + id.value(), at, Map.of());
    var data = new HashMap<String, Object>(Map.of("at", at.toString()));
    if (!text.isEmpty()) {
      data.put("promise", text);
    }
    writing.append(
        writing.bump(id),
        before.isPresent() ? "ticket.follow-up-changed" : "ticket.follow-up-set",
        by.actor(),
        data);
    return Outcome.accepted(of(id).orElseThrow());
  }

  /// What was promised has been done.
  @Transactional
  public Outcome<Ticket> kept(TicketId id, Agent by) {
    return ended(id, "ticket.promise-kept", by);
  }

  /// It is not to come back after all, or what was promised no longer holds.
  @Transactional
  public Outcome<Ticket> cancel(TicketId id, Agent by) {
    return ended(id, "ticket.follow-up-canceled", by);
  }

  private Outcome<Ticket> ended(TicketId id, String kind, Agent by) {
    writing.locked(id);
    var before = of(id);
    if (before.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED, "Ticket %s no longer has a time to come back at.".formatted(id));
    }
    due.clear(KIND, "" + id.value());
    forget(id);
    return Outcome.accepted(tell(writing.bump(id), kind, before.get(), by.actor(), null));
  }

  @Override
  public String kind() {
    return KIND;
  }

  /// The ticket is on top again, and open if it waited for somebody. Whoever has it is told, else
  /// whoever set the time. A ticket that is closed by now stays so.
  @Override
  public void fire(Due.Item item) {
    var id = new TicketId(Long.parseLong(item.key()));
    var ticket = writing.locked(id);
    var before = of(id);
    if (before.isEmpty()) {
      return;
    }
    if (ticket.isClosed()) {
      forget(id);
      return;
    }
    var setter = came(id);
    var back =
        writing.update(
            """
            update ticket
            set
              status = case when status in ('pending', 'on_hold') then 'open' else status end,
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            Map.of("at", TicketRows.stored(clock.instant())));
    var agent = ticket.assignment().agent();
    tell(
        back,
        "ticket.came-back",
        before.get(),
        Actor.SYSTEM,
        agent == null ? setter : agent.value());
    if (!before.get().isPromise()) {
      forget(id);
    }
  }

  private long came(TicketId id) {
    return jdbc.sql(
            "update follow_up set came_at = :now where ticket_id = :ticket returning agent_id")
        .param("ticket", id.value())
        .param("now", TicketRows.stored(clock.instant()))
        .query((row, _) -> row.getLong("agent_id"))
        .single();
  }

  private void forget(TicketId id) {
    jdbc.sql("delete from follow_up where ticket_id = :ticket")
        .param("ticket", id.value())
        .update();
  }

  private Ticket tell(
      Ticket ticket, String kind, FollowUp followUp, Actor by, @Nullable Long agent) {
    var data = new HashMap<String, Object>(Map.of("at", followUp.at().toString()));
    if (followUp.isPromise()) {
      data.put("promise", followUp.promise());
    }
    if (agent != null) {
      data.put("agent", agent);
    }
    writing.append(ticket, kind, by, data);
    return ticket;
  }

  private static FollowUp read(ResultSet row, int number) throws SQLException {
    return new FollowUp(
        new TicketId(row.getLong("ticket_id")),
        row.getString("promise"),
        TicketRows.at(row, "at"),
        row.getString("agent_name"),
        row.getObject("came_at") == null ? null : TicketRows.at(row, "came_at"));
  }
}
