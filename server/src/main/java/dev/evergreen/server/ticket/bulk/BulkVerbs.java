package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Savepoints;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Changes one ticket of many, and sets it to what it was.
@Component
final class BulkVerbs {
  private final Tickets tickets;
  private final Assignments assignments;
  private final Sorting sorting;
  private final Settlements settlements;
  private final Statuses statuses;
  private final Tags tags;
  private final ObjectProvider<BulkAnswers> answers;
  private final Savepoints savepoints;

  BulkVerbs(
      Tickets tickets,
      Assignments assignments,
      Sorting sorting,
      Settlements settlements,
      Statuses statuses,
      Tags tags,
      ObjectProvider<BulkAnswers> answers,
      Savepoints savepoints) {
    this.tickets = tickets;
    this.assignments = assignments;
    this.sorting = sorting;
    this.settlements = settlements;
    this.statuses = statuses;
    this.tags = tags;
    this.answers = answers;
    this.savepoints = savepoints;
  }

  Outcome<Ticket> apply(Ticket ticket, BulkChange change, long seen, Agent by) {
    var id = ticket.id();
    return switch (change) {
      case BulkChange.Assign(String team, String agent) ->
          assignments.assign(
              id,
              team.equals(BulkChange.LEAVE) ? ticket.assignment().team() : team(team),
              agent.equals(BulkChange.LEAVE) ? ticket.assignment().agent() : agent(agent),
              seen,
              by.actor());
      case BulkChange.Prioritize(Priority priority) ->
          sorting.update(id, new Changes(null, priority, null), seen, by.actor());
      case BulkChange.Categorize(String category) ->
          sorting.update(id, new Changes(category, null, null), seen, by.actor());
      case BulkChange.Close(String outcome) -> settlements.close(id, outcome, seen, by.actor());
      case BulkChange.SetStatus status -> put(id, status, seen, by);
      case BulkChange.Tag(String add, String remove) ->
          (add.isEmpty() ? Outcome.accepted(ticket) : tags.add(id, add, by.actor()))
              .then(after ->
                  remove.isEmpty() ? Outcome.accepted(after) : tags.remove(id, remove, by.actor()));
      case BulkChange.Answer(String text, BulkChange.SetStatus then) ->
          answer(id, text, then, seen, by);
      case BulkChange.UseMacro _, BulkChange.MergeInto _ ->
          throw new IllegalStateException("expected a change of one row, but found " + change);
    };
  }

  private Outcome<Ticket> put(
      TicketId id, BulkChange.SetStatus status, @Nullable Long seen, Agent by) {
    return statuses.set(id, new StatusId(status.status()), status.outcome(), seen, by.actor());
  }

  /// Whoever has written since it was begun is not answered without a look.
  private Outcome<Ticket> answer(
      TicketId id, String text, BulkChange.@Nullable SetStatus then, long seen, Agent by) {
    var ticket = tickets.withId(id).orElseThrow();
    if (ticket.revision() != seen) {
      return Outcome.rejected(
          Outcome.Reason.OUTDATED, "It has changed since; look at it before you answer.");
    }
    try {
      savepoints.within(() -> {
        answers.forEach(one -> one.answer(id, text, by));
        if (then != null && put(id, then, null, by) instanceof Outcome.Rejected<Ticket> refused) {
          throw new Refused(refused);
        }
      });
    } catch (Refused refused) {
      return refused.outcome;
    }
    return Outcome.accepted(tickets.withId(id).orElseThrow());
  }

  /// Has a letter not go out whose ticket cannot be put where it was to be put.
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Outcome.Rejected<Ticket> outcome;

    Refused(Outcome.Rejected<Ticket> outcome) {
      super(outcome.detail());
      this.outcome = outcome;
    }
  }

  /// What a change may alter, as it was.
  static Map<String, String> stood(Ticket ticket) {
    var stood = new HashMap<String, String>();
    stood.put("priority", ticket.state().priority().key());
    stood.put("category", ticket.state().category());
    stood.put("closed", "" + ticket.isClosed());
    var team = ticket.assignment().team();
    var agent = ticket.assignment().agent();
    stood.put("team", team == null ? BulkChange.NOBODY : "" + team.value());
    stood.put("agent", agent == null ? BulkChange.NOBODY : "" + agent.value());
    return stood;
  }

  /// Everything that a change may alter is set to what it was; what is so already is no event.
  Outcome<Ticket> restore(TicketId id, Map<String, String> stood, long seen, Agent by) {
    var ticket = tickets.withId(id).orElseThrow();
    if (ticket.isClosed() && stood.getOrDefault("closed", "").equals("false")) {
      return settlements.reopen(id, seen, by.actor());
    }
    var priority =
        Priority.valueOf(stood.getOrDefault("priority", "normal").toUpperCase(Locale.ROOT));
    var changes = new Changes(stood.get("category"), priority, null);
    return switch (sorting.update(id, changes, seen, by.actor())) {
      case Outcome.Rejected<Ticket> refused -> refused;
      case Outcome.Accepted<Ticket>(Ticket sorted) ->
          assignments.assign(
              id,
              team(stood.getOrDefault("team", BulkChange.NOBODY)),
              agent(stood.getOrDefault("agent", BulkChange.NOBODY)),
              sorted.revision(),
              by.actor());
    };
  }

  private static @Nullable TeamId team(String number) {
    return number.equals(BulkChange.NOBODY) ? null : new TeamId(Long.parseLong(number));
  }

  private static @Nullable AgentId agent(String number) {
    return number.equals(BulkChange.NOBODY) ? null : new AgentId(Long.parseLong(number));
  }
}
