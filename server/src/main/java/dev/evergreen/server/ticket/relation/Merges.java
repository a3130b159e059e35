package dev.evergreen.server.ticket.relation;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Two tickets about one thing become one. Nothing is moved: the conversation of the one that goes
/// on shows both, in the order in which things happened, so a merge can be taken back at any time
/// and both are again as they were. A merged ticket is one step away from the one that holds it:
/// there are no chains to follow.
@Component
public class Merges {
  /// As many as a ticket can have.
  private static final int MOST_TAGS = 30;

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final DatabaseClock clock;

  Merges(JdbcClient jdbc, TicketWriting writing, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.clock = clock;
  }

  /// What the conversation that went on has heard and said since a merge: it stays there when the
  /// merge is taken back.
  public record Since(Merge merge, long sent, long received) {}

  /// How much there is on a ticket that a merge brings along.
  public record Contents(long messages, long notes, long attachments, long followers) {
    public long total() {
      return messages + notes + attachments;
    }
  }

  public Contents contentsOf(TicketId id) {
    return jdbc.sql(
            """
            select
              (select count(*) from message where ticket_id = :id) as messages,
              (select count(*) from note where ticket_id = :id) as notes,
              (select count(*)
                from attachment
                join message on message.id = attachment.message_id
                where message.ticket_id = :id) as attachments,
              (select count(*) from follower where ticket_id = :id) as followers
            """)
        .param("id", id.value())
        .query((row, _) ->
            new Contents(
                row.getLong("messages"),
                row.getLong("notes"),
                row.getLong("attachments"),
                row.getLong("followers")))
        .single();
  }

  /// Where what is said about this ticket belongs now: itself, or the ticket that it lives on in.
  public TicketId current(TicketId id) {
    return jdbc.sql("select into_id from merge where ticket_id = :id")
        .param("id", id.value())
        .query((row, _) -> new TicketId(row.getLong("into_id")))
        .optional()
        .orElse(id);
  }

  public Optional<Merge> of(TicketId merged) {
    return jdbc.sql(
            """
            select merge.*, ticket.subject
            from merge
            join ticket on ticket.id = merge.ticket_id
            where merge.ticket_id = :id
            """)
        .param("id", merged.value())
        .query(Merges::read)
        .optional();
  }

  /// What lives on in this ticket, in the order in which it came.
  public List<Merge> into(TicketId id) {
    return jdbc.sql(
            """
            select merge.*, ticket.subject
            from merge
            join ticket on ticket.id = merge.ticket_id
            where merge.into_id = :id
            order by merge.at, merge.ticket_id
            """)
        .param("id", id.value())
        .query(Merges::read)
        .list();
  }

  /// Why these two cannot become one, in a sentence; empty when they can.
  public Optional<String> obstacle(Ticket from, Ticket into) {
    if (from.id().equals(into.id())) {
      return Optional.of("A ticket cannot be merged into itself: choose another one.");
    }
    var gone = current(from.id());
    if (!gone.equals(from.id())) {
      return Optional.of("Ticket %s lives on in %s already.".formatted(from.id(), gone));
    }
    var farther = current(into.id());
    if (!farther.equals(into.id())) {
      return Optional.of(
          "Ticket %s lives on in %s; merge into %s instead."
              .formatted(into.id(), farther, farther));
    }
    var held = into(from.id());
    if (!held.isEmpty()) {
      return Optional.of(
          "Ticket %s holds %s already; merge %s into %s instead, or take that merge back first."
              .formatted(from.id(), held.getFirst().ticket(), into.id(), from.id()));
    }
    return into.isClosed()
        ? Optional.of(
            "Expected an open ticket to merge into, but %s is closed; reopen it first."
                .formatted(into.id()))
        : Optional.empty();
  }

  /// Has a ticket live on in another: it closes with a pointer, and whoever follows it follows the
  /// other. Of two who merge or change one of them at once, one wins.
  ///
  /// @param seen the revision of the ticket that closes, as the person saw it
  /// @param seenInto that of the one that goes on
  @Transactional
  public Outcome<Merge> merge(TicketId from, long seen, TicketId into, long seenInto, Agent by) {
    lockBoth(from, into);
    var before = writing.locked(from);
    var target = writing.locked(into);
    if (before.revision() != seen || target.revision() != seenInto) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Ticket %s has changed since you looked; nothing was merged. Look at both and try again."
              .formatted(before.revision() == seen ? into : from));
    }
    var obstacle = obstacle(before, target);
    if (obstacle.isPresent()) {
      return Outcome.rejected(Reason.INVALID, obstacle.get());
    }
    var added = added(before, target);
    keep(from, into, added, by);
    var closed =
        writing.update(
            """
            update ticket
            set
              status = 'closed',
              outcome = 'merged',
              closed_at = coalesce(closed_at, :at),
              revision = revision + 1
            where id = :id
            returning *
            """,
            from,
            Map.of("at", TicketRows.stored(clock.instant())));
    writing.append(closed, "ticket.merged", by.actor(), Map.of("ticket", into.value()));
    var grown =
        writing.update(
            """
            update ticket
            set
              tags = nullif(coalesce(tags, '{}') || cast(:added as bigint[]), '{}'),
              has_beside = nullif(coalesce(has_beside, false) or :beside, false),
              revision = revision + 1
            where id = :id
            returning *
            """,
            into,
            Map.of("added", added, "beside", before.beside().any()));
    writing.append(grown, "ticket.took-over", by.actor(), Map.of("ticket", from.value()));
    return Outcome.accepted(of(from).orElseThrow());
  }

  /// The tags that only the one has, as far as the other has room for them.
  private static Long[] added(Ticket from, Ticket into) {
    var has = into.state().sorted().tags();
    return from.state().sorted().tags().stream()
        .filter(tag -> !has.contains(tag))
        .limit(Math.max(0, MOST_TAGS - has.size()))
        .toArray(Long[]::new);
  }

  private void keep(TicketId from, TicketId into, Long[] tags, Agent by) {
    jdbc.sql(
            """
            with new as (
              insert into follower (ticket_id, agent_id, since)
              select :into, agent_id, :at from follower where ticket_id = :from
              on conflict do nothing
              returning agent_id
            )
            insert into merge (ticket_id, into_id, agent_id, followers, tags, before, at)
            select
              :from,
              :into,
              :agent,
              array(select agent_id from new),
              cast(:tags as bigint[]),
              to_jsonb(ticket),
              :at
            from ticket
            where ticket.id = :from
            """)
        .param("from", from.value())
        .param("into", into.value())
        .param("agent", by.id().value())
        .param("tags", tags)
        .param("at", TicketRows.stored(clock.instant()))
        .update();
  }

  /// What taking a merge back would leave where it is.
  public Optional<Since> since(TicketId merged) {
    return of(merged)
        .map(merge ->
            jdbc.sql(
                    """
                    select
                      count(*) filter (where direction = 'out') as sent,
                      count(*) filter (where direction = 'in') as received
                    from message
                    where ticket_id = :into and at > :at
                    """)
                .param("into", merge.into().value())
                .param("at", TicketRows.stored(merge.at()))
                .query((row, _) -> new Since(merge, row.getLong("sent"), row.getLong("received")))
                .single());
  }

  /// Takes a merge back: both tickets are as they were before. One that had been open says that it
  /// is back, so that its workflow begins anew.
  @Transactional
  public Outcome<Since> undo(TicketId merged, TicketId from, Agent by) {
    lockBoth(merged, from);
    var kept = since(merged).filter(since -> since.merge().into().equals(from));
    if (kept.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Ticket %s no longer lives on in %s; somebody was faster.".formatted(merged, from));
    }
    jdbc.sql(
            """
            delete from follower
            using merge
            where merge.ticket_id = :merged
              and follower.ticket_id = merge.into_id
              and follower.agent_id = any(merge.followers)
            """)
        .param("merged", merged.value())
        .update();
    var restored =
        writing.update(
            """
            update ticket
            set
              status = was.status,
              outcome = was.outcome,
              closed_at = was.closed_at,
              revision = ticket.revision + 1
            from merge, jsonb_populate_record(null::ticket, merge.before) as was
            where ticket.id = :id and merge.ticket_id = ticket.id
            returning ticket.*
            """,
            merged,
            Map.of());
    var shrunk =
        writing.update(
            """
            update ticket
            set
              tags = nullif(
                array(
                  select tag.id
                  from unnest(ticket.tags) with ordinality as tag (id, place)
                  where tag.id <> all (
                    select unnest(merge.tags) from merge where merge.ticket_id = :merged)
                  order by tag.place),
                '{}'),
              revision = revision + 1
            where id = :id
            returning *
            """,
            from,
            Map.of("merged", merged.value()));
    jdbc.sql("delete from merge where ticket_id = :merged")
        .param("merged", merged.value())
        .update();
    writing.append(restored, "ticket.unmerged", by.actor(), Map.of("ticket", from.value()));
    if (!restored.isClosed()) {
      writing.append(writing.bump(merged), "ticket.reopened", by.actor(), Map.of());
    }
    writing.append(shrunk, "ticket.gave-back", by.actor(), Map.of("ticket", merged.value()));
    return Outcome.accepted(kept.get());
  }

  /// In the order of their numbers, so that two who merge crosswise wait for one another.
  private void lockBoth(TicketId one, TicketId other) {
    writing.locked(one.value() < other.value() ? one : other);
    writing.locked(one.value() < other.value() ? other : one);
  }

  private static Merge read(ResultSet row, int number) throws SQLException {
    return new Merge(
        new TicketId(row.getLong("ticket_id")),
        row.getString("subject"),
        new TicketId(row.getLong("into_id")),
        new AgentId(row.getLong("agent_id")),
        TicketRows.at(row, "at"));
  }
}
