package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How tickets end: the customer judges the answer, they are closed, and opened again.
@Component
public class Settlements {
  private final TicketWriting writing;
  private final SettlingRules rules;
  private final DatabaseClock clock;

  Settlements(TicketWriting writing, SettlingRules rules, DatabaseClock clock) {
    this.writing = writing;
    this.rules = rules;
    this.clock = clock;
  }

  /// The customer says that the answer helped. Said twice it is said once.
  @Transactional
  public Ticket confirmSolution(TicketId id, Actor by) {
    return judge(id, Solution.CONFIRMED, "ticket.solution-confirmed", by);
  }

  /// The customer says that the answer did not help.
  @Transactional
  public Ticket rejectSolution(TicketId id, Actor by) {
    return judge(id, Solution.REJECTED, "ticket.solution-rejected", by);
  }

  private Ticket judge(TicketId id, Solution solution, String kind, Actor by) {
    var before = writing.locked(id);
    if (before.state().solution() == solution || before.isClosed()) {
      return before;
    }
    var ticket =
        writing.update(
            """
            update ticket
            set
              solution = :solution,
              status = case when :solution = 'confirmed' then 'solved' else 'open' end,
              status_id = case
                when status = case when :solution = 'confirmed' then 'solved' else 'open' end
                  then status_id
              end,
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            Map.of("solution", solution.key(), "at", TicketRows.stored(clock.instant())));
    writing.append(ticket, kind, by, Map.of());
    return ticket;
  }

  /// Nothing more is to be done, and why: `resolved`, `silent`, … A closed ticket stays as it is.
  ///
  /// @param seen as in [Assignments#assign]
  @Transactional
  public Outcome<Ticket> close(TicketId id, String outcome, @Nullable Long seen, Actor by) {
    var objection = rules.toClosing(writing.locked(id), outcome, Set.of(), by);
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    return writing.whenSeen(
        id,
        seen,
        before -> {
          if (before.isClosed()) {
            return before;
          }
          var ticket =
              writing.update(
                  """
                  update ticket
                  set
                    status = 'closed',
                    status_id = null,
                    outcome = :outcome,
                    closed_at = :at,
                    updated_at = :at,
                    revision = revision + 1
                  where id = :id
                  returning *
                  """,
                  id,
                  Map.of("outcome", outcome, "at", TicketRows.stored(clock.instant())));
          writing.append(ticket, "ticket.closed", by, Map.of("outcome", outcome));
          return ticket;
        });
  }

  /// Opens a closed ticket again by hand.
  @Transactional
  public Outcome<Ticket> reopen(TicketId id, @Nullable Long seen, Actor by) {
    return writing.whenSeen(
        id,
        seen,
        before -> {
          if (!before.isClosed()) {
            return before;
          }
          var ticket =
              writing.update(
                  """
                  update ticket
                  set
                    status = 'open',
                    status_id = null,
                    archived_at = null,
                    solution = 'none',
                    outcome = '',
                    closed_at = null,
                    reopened = reopened + 1,
                    updated_at = :at,
                    revision = revision + 1
                  where id = :id
                  returning *
                  """,
                  id,
                  Map.of("at", TicketRows.stored(clock.instant())));
          writing.append(ticket, "ticket.reopened", by, Map.of());
          return ticket;
        });
  }
}
