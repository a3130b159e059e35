package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Savepoints;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
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
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Does changes of many tickets, and takes them back: some tickets in the transaction of one due
/// time, which sets itself again until none is left.
@Component
final class BulkWork implements DueReaction {
  private static final int AT_ONCE = 25;

  /// Under which the number of a change of one ticket is kept, by which that is taken back.
  private static final String KEPT = "change";

  private final JdbcClient jdbc;
  private final Due due;
  private final DatabaseClock clock;
  private final Agents agents;
  private final Tickets tickets;
  private final Verbs verbs;
  private final Savepoints savepoints;

  BulkWork(
      JdbcClient jdbc,
      Due due,
      DatabaseClock clock,
      Agents agents,
      Tickets tickets,
      Verbs verbs,
      Savepoints savepoints) {
    this.jdbc = jdbc;
    this.due = due;
    this.clock = clock;
    this.agents = agents;
    this.tickets = tickets;
    this.verbs = verbs;
    this.savepoints = savepoints;
  }

  /// By what one ticket is changed.
  @Component
  record Verbs(
      Assignments assignments,
      Sorting sorting,
      Settlements settlements,
      Statuses statuses,
      Tags tags,
      TicketChanges changes,
      ObjectProvider<BulkAnswers> answers) {}

  private record Job(long id, AgentId agent, BulkChange change, boolean undoes) {}

  /// One ticket of a job; `before` and `after` are there once it was changed.
  private record Row(TicketId ticket, long seen, String before, long after) {}

  /// What became of it.
  private record Result(String state, String reason, String before, long after) {
    static Result skipped(String reason) {
      return new Result("skipped", reason, "{}", 0);
    }
  }

  @Override
  public String kind() {
    return BulkChanges.DUE;
  }

  @Override
  public void fire(Due.Item item) {
    var job = job(Long.parseLong(item.key()));
    var agent = agents.withId(job.agent()).filter(Agent::active);
    var rows = rows(job);
    for (var row : rows) {
      write(
          job,
          row,
          agent
              .map(by -> result(job, row, by))
              .orElseGet(() -> Result.skipped("Whoever asked for it has left.")));
    }
    if (rows.size() == AT_ONCE) {
      due.set(BulkChanges.DUE, item.key(), clock.instant(), Map.of());
    } else {
      jdbc.sql("update bulk_change set state = :state where id = :id")
          .param("id", job.id())
          .param("state", job.undoes() ? "undone" : "done")
          .update();
    }
  }

  private Job job(long id) {
    return jdbc.sql("select agent_id, change, state from bulk_change where id = :id")
        .param("id", id)
        .query((row, _) ->
            new Job(
                id,
                new AgentId(row.getLong("agent_id")),
                BulkChanges.read(row.getString("change")),
                row.getString("state").equals("undoing")))
        .single();
  }

  /// In the order of their numbers, in which all who lock several tickets lock them.
  private List<Row> rows(Job job) {
    return jdbc.sql(
            """
            select ticket_id, seen, before, after
            from bulk_ticket
            where bulk_id = :id and state = :state
            order by ticket_id
            limit :most
            """)
        .param("id", job.id())
        .param("state", job.undoes() ? "changed" : "waiting")
        .param("most", AT_ONCE)
        .query((row, _) ->
            new Row(
                new TicketId(row.getLong("ticket_id")),
                row.getLong("seen"),
                row.getString("before"),
                row.getLong("after")))
        .list();
  }

  private Result result(Job job, Row row, Agent by) {
    var ticket = tickets.visibleTo(by).get(row.ticket());
    if (ticket.isEmpty()) {
      return Result.skipped("It is not yours to see any more.");
    }
    if (!isFor(ticket.get(), job.change(), by)) {
      return Result.skipped("Your role does not let you do this with it.");
    }
    return job.undoes() ? restored(row, by) : changed(ticket.get(), job.change(), row.seen(), by);
  }

  /// What may be done with one by hand may be done with many by whoever may that at all.
  private static boolean isFor(Ticket ticket, BulkChange change, Agent by) {
    return ticket.isFor(by, Permission.BULK)
        && switch (change) {
          case BulkChange.Assign _ -> ticket.isFor(by, Permission.ASSIGN);
          case BulkChange.Close _, BulkChange.SetStatus _ -> ticket.isFor(by, Permission.CLOSE);
          case BulkChange.Prioritize _, BulkChange.Categorize _, BulkChange.Tag _ ->
              ticket.isFor(by, Permission.SORT);
          case BulkChange.Answer(_, var then) ->
              ticket.isFor(by, Permission.ANSWER)
                  && (then == null || ticket.isFor(by, Permission.CLOSE));
        };
  }

  private Result changed(Ticket before, BulkChange change, long seen, Agent by) {
    if (before.isClosed() && change instanceof BulkChange.Close) {
      return Result.skipped("It is closed already.");
    }
    if (isKept(change)) {
      return kept(before, change, seen, by);
    }
    return switch (apply(before, change, seen, by)) {
      case Outcome.Accepted<Ticket>(Ticket after) ->
          new Result(
              after.revision() == before.revision() ? "same" : "changed",
              "",
              BulkChanges.MAPPER.writeValueAsString(stood(before)),
              after.revision());
      case Outcome.Rejected<Ticket>(Outcome.Reason _, String detail) -> Result.skipped(detail);
    };
  }

  private Outcome<Ticket> apply(Ticket ticket, BulkChange change, long seen, Agent by) {
    var id = ticket.id();
    return switch (change) {
      case BulkChange.Assign(String team, String agent) ->
          verbs
              .assignments()
              .assign(
                  id,
                  team.equals(BulkChange.LEAVE) ? ticket.assignment().team() : team(team),
                  agent.equals(BulkChange.LEAVE) ? ticket.assignment().agent() : agent(agent),
                  seen,
                  by.actor());
      case BulkChange.Prioritize(Priority priority) ->
          verbs.sorting().update(id, new Changes(null, priority, null), seen, by.actor());
      case BulkChange.Categorize(String category) ->
          verbs.sorting().update(id, new Changes(category, null, null), seen, by.actor());
      case BulkChange.Close(String outcome) ->
          verbs.settlements().close(id, outcome, seen, by.actor());
      case BulkChange.SetStatus status -> put(id, status, seen, by);
      case BulkChange.Tag(String add, String remove) ->
          (add.isEmpty() ? Outcome.accepted(ticket) : verbs.tags().add(id, add, by.actor()))
              .then(after ->
                  remove.isEmpty()
                      ? Outcome.accepted(after)
                      : verbs.tags().remove(id, remove, by.actor()));
      case BulkChange.Answer(String text, BulkChange.SetStatus then) ->
          answer(id, text, then, seen, by);
    };
  }

  private Outcome<Ticket> put(
      TicketId id, BulkChange.SetStatus status, @Nullable Long seen, Agent by) {
    return verbs
        .statuses()
        .set(id, new StatusId(status.status()), status.outcome(), seen, by.actor());
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
        verbs.answers().forEach(answers -> answers.answer(id, text, by));
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

  /// What the whole row is kept of, so that undoing restores all that was changed.
  private static boolean isKept(BulkChange change) {
    return change instanceof BulkChange.SetStatus
        || change instanceof BulkChange.Tag
        || change instanceof BulkChange.Answer;
  }

  private Result kept(Ticket before, BulkChange change, long seen, Agent by) {
    var kept = verbs.changes().keep(before.id(), by, () -> apply(before, change, seen, by));
    return kept.fold(
        done ->
            new Result(
                done.change().isPresent() || change instanceof BulkChange.Answer
                    ? "changed"
                    : "same",
                "",
                BulkChanges.MAPPER.writeValueAsString(
                    Map.of(KEPT, done.change().map(id -> "" + id).orElse(""))),
                done.value().revision()),
        refused -> Result.skipped(refused.detail()));
  }

  /// What a change may alter, as it was.
  private static Map<String, String> stood(Ticket ticket) {
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

  @SuppressWarnings("unchecked")
  private Result restored(Row row, Agent by) {
    var stood = (Map<String, String>) BulkChanges.MAPPER.readValue(row.before(), Map.class);
    if (stood.containsKey(KEPT)) {
      return takenBack(row, stood.getOrDefault(KEPT, ""), by);
    }
    var outcome = restore(row.ticket(), stood, row.after(), by);
    return outcome.fold(
        after -> new Result("restored", "", row.before(), after.revision()),
        refused -> new Result("kept", refused.detail(), row.before(), row.after()));
  }

  private Result takenBack(Row row, String change, Agent by) {
    if (change.isEmpty()) {
      return new Result("kept", "There was nothing to take back.", row.before(), row.after());
    }
    return verbs
        .changes()
        .undo(row.ticket(), Long.parseLong(change), by)
        .fold(
            said -> new Result("restored", sent(said), row.before(), row.after()),
            refused -> new Result("kept", refused.detail(), row.before(), row.after()));
  }

  /// What is said of a ticket that was restored: nothing, unless something went out.
  private static String sent(String said) {
    return said.equals("Taken back.") ? "" : said;
  }

  /// Everything that a change may alter is set to what it was; what is so already is no event.
  private Outcome<Ticket> restore(TicketId id, Map<String, String> stood, long seen, Agent by) {
    var ticket = tickets.withId(id).orElseThrow();
    if (ticket.isClosed() && stood.getOrDefault("closed", "").equals("false")) {
      return verbs.settlements().reopen(id, seen, by.actor());
    }
    var priority =
        Priority.valueOf(stood.getOrDefault("priority", "normal").toUpperCase(Locale.ROOT));
    var changes = new Changes(stood.get("category"), priority, null);
    return switch (verbs.sorting().update(id, changes, seen, by.actor())) {
      case Outcome.Rejected<Ticket> refused -> refused;
      case Outcome.Accepted<Ticket>(Ticket sorted) ->
          verbs
              .assignments()
              .assign(
                  id,
                  team(stood.getOrDefault("team", BulkChange.NOBODY)),
                  agent(stood.getOrDefault("agent", BulkChange.NOBODY)),
                  sorted.revision(),
                  by.actor());
    };
  }

  private void write(Job job, Row row, Result result) {
    jdbc.sql(
            """
            update bulk_ticket
            set state = :state, reason = :reason, before = cast(:before as jsonb), after = :after
            where bulk_id = :bulk and ticket_id = :ticket
            """)
        .param("state", result.state().equals("skipped") && job.undoes() ? "kept" : result.state())
        .param("reason", result.reason())
        .param("before", result.before())
        .param("after", result.after())
        .param("bulk", job.id())
        .param("ticket", row.ticket().value())
        .update();
  }

  private static @Nullable TeamId team(String number) {
    return number.equals(BulkChange.NOBODY) ? null : new TeamId(Long.parseLong(number));
  }

  private static @Nullable AgentId agent(String number) {
    return number.equals(BulkChange.NOBODY) ? null : new AgentId(Long.parseLong(number));
  }
}
