package dev.evergreen.server.ticket.consulting;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Gives tickets to others with a note, which stands on top of the ticket until whoever got it has
/// read it, and in the timeline for ever.
@Component
public class HandOvers {
  private static final int LONGEST = 4_000;

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final Assignments assignments;
  private final Conversations conversations;
  private final Teams teams;
  private final DatabaseClock clock;

  HandOvers(
      JdbcClient jdbc,
      TicketWriting writing,
      Assignments assignments,
      Conversations conversations,
      Teams teams,
      DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.assignments = assignments;
    this.conversations = conversations;
    this.teams = teams;
    this.clock = clock;
  }

  /// Hands a ticket over that the caller has found for this agent.
  ///
  /// @param seen the revision that the person saw
  @Transactional
  public Outcome<Ticket> handOver(
      TicketId id, Ticket.Assignment to, String note, long seen, Agent by) {
    var text = note.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a note for whoever gets it, of 1 to 4,000 letters.");
    }
    if (to.team() == null && to.agent() == null) {
      return Outcome.rejected(Reason.INVALID, "Expected a team or a colleague to hand it to.");
    }
    if (writing.locked(id).assignment().equals(to)) {
      return Outcome.rejected(Reason.INVALID, "It is theirs already; write a note instead.");
    }
    return assignments
        .assign(id, to.team(), to.agent(), seen, by.actor())
        .map(_ -> handedOver(id, to, text, by));
  }

  private Ticket handedOver(TicketId id, Ticket.Assignment to, String note, Agent by) {
    var team = to.team();
    var agent = to.agent();
    jdbc.sql(
            """
            insert into hand_over (ticket_id, team_id, agent_id, note, by_id, at)
            values (:ticket, cast(:team as bigint), cast(:agent as bigint), :note, :by, :now)
            on conflict (ticket_id) do update
            set
              team_id = excluded.team_id,
              agent_id = excluded.agent_id,
              note = excluded.note,
              by_id = excluded.by_id,
              at = excluded.at,
              read_at = null
            """)
        .params(
            parameters(
                "ticket",
                id.value(),
                "team",
                team == null ? null : team.value(),
                "agent",
                agent == null ? null : agent.value(),
                "note",
                note,
                "by",
                by.id().value(),
                "now",
                TicketRows.stored(clock.instant())))
        .update();
    var told =
        agent == null && team != null
            ? teams.members(team).stream().map(one -> one.id().value()).toList()
            : List.<Long>of();
    writing.append(
        writing.update(
            """
            update ticket set has_beside = true, revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            Map.of()),
        "ticket.handed-over",
        by.actor(),
        Map.of("tell", told));
    return conversations.note(id, note, by).expected();
  }

  /// The note that a reader is to see first: they got the ticket, alone or with their team, have it
  /// still, and nobody has read it.
  public Optional<HandOver> waitingFor(Ticket ticket, Agent reader) {
    return jdbc.sql(
            """
            select hand_over.*, agent.name as by_name
            from hand_over
            join ticket on ticket.id = hand_over.ticket_id
            join agent on agent.id = hand_over.by_id
            where hand_over.ticket_id = :ticket
              and hand_over.read_at is null
              and ticket.team_id is not distinct from hand_over.team_id
              and ticket.agent_id is not distinct from hand_over.agent_id
              and (hand_over.agent_id = :reader
                or hand_over.agent_id is null
                  and hand_over.team_id in (select team from membership where agent = :reader))
            """)
        .param("ticket", ticket.id().value())
        .param("reader", reader.id().value())
        .query((row, _) -> {
          @Nullable Long team = row.getObject("team_id", Long.class);
          @Nullable Long agent = row.getObject("agent_id", Long.class);
          return new HandOver(
              team == null ? null : new TeamId(team),
              agent == null ? null : new AgentId(agent),
              row.getString("note"),
              row.getString("by_name"),
              TicketRows.at(row, "at"));
        })
        .optional();
  }

  /// Whoever got it has read the note; read twice it is read once.
  @Transactional
  public Outcome<Ticket> read(Ticket ticket, Agent by) {
    var locked = writing.locked(ticket.id());
    if (waitingFor(ticket, by).isEmpty()) {
      return Outcome.accepted(locked);
    }
    jdbc.sql("update hand_over set read_at = :now where ticket_id = :ticket")
        .param("now", TicketRows.stored(clock.instant()))
        .param("ticket", ticket.id().value())
        .update();
    var read = writing.bump(ticket.id());
    writing.append(read, "ticket.hand-over-read", by.actor(), Map.of());
    return Outcome.accepted(read);
  }
}
