package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.Merges;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Does changes of many tickets, and takes them back: some tickets in the transaction of one due
/// time, which sets itself again until none is left.
@Component
final class BulkWork implements DueReaction {
  private static final int AT_ONCE = 25;

  /// Under which the number of a change of one ticket is kept, by which that is taken back.
  private static final String KEPT = "change";

  private static final String MERGED = "merged";
  private static final String MAPPED = "{\"%s\": \"%s\"}";

  private final JdbcClient jdbc;
  private final Due due;
  private final DatabaseClock clock;
  private final Agents agents;
  private final Tickets tickets;
  private final TicketChanges changes;
  private final BulkVerbs verbs;
  private final BulkMacros macros;
  private final Merges merges;

  BulkWork(
      JdbcClient jdbc,
      Due due,
      DatabaseClock clock,
      Agents agents,
      Tickets tickets,
      TicketChanges changes,
      BulkVerbs verbs,
      BulkMacros macros,
      Merges merges) {
    this.jdbc = jdbc;
    this.due = due;
    this.clock = clock;
    this.agents = agents;
    this.tickets = tickets;
    this.changes = changes;
    this.verbs = verbs;
    this.macros = macros;
    this.merges = merges;
  }

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
          case BulkChange.UseMacro(_, _, var writes) ->
              (!writes || ticket.isFor(by, Permission.ANSWER))
                  && ticket.isFor(by, Permission.SORT)
                  && ticket.isFor(by, Permission.ASSIGN)
                  && ticket.isFor(by, Permission.CLOSE);
          case BulkChange.MergeInto _ -> ticket.isFor(by, Permission.MERGE);
        };
  }

  private Result changed(Ticket before, BulkChange change, long seen, Agent by) {
    if (before.isClosed() && change instanceof BulkChange.Close) {
      return Result.skipped("It is closed already.");
    }
    return switch (change) {
      case BulkChange.UseMacro macro -> used(before, macro, seen, by);
      case BulkChange.MergeInto(TicketId target) -> merged(before, target, seen, by);
      case BulkChange.SetStatus _, BulkChange.Tag _, BulkChange.Answer _ ->
          kept(before, change, seen, by);
      case BulkChange.Assign _,
          BulkChange.Prioritize _,
          BulkChange.Categorize _,
          BulkChange.Close _ ->
          plain(before, change, seen, by);
    };
  }

  private Result plain(Ticket before, BulkChange change, long seen, Agent by) {
    return switch (verbs.apply(before, change, seen, by)) {
      case Outcome.Accepted<Ticket>(Ticket after) ->
          new Result(
              after.revision() == before.revision() ? "same" : "changed",
              "",
              BulkChanges.MAPPER.writeValueAsString(BulkVerbs.stood(before)),
              after.revision());
      case Outcome.Rejected<Ticket>(Outcome.Reason _, String detail) -> Result.skipped(detail);
    };
  }

  private Result used(Ticket before, BulkChange.UseMacro macro, long seen, Agent by) {
    return macros
        .use(before, macro, seen, by)
        .fold(
            done ->
                new Result(
                    done.change().isPresent() || macro.writes() ? "changed" : "same",
                    String.join(" ", done.refused()),
                    MAPPED.formatted(KEPT, done.change().map(id -> "" + id).orElse("")),
                    before.revision()),
            refused -> Result.skipped(refused.detail()));
  }

  private Result merged(Ticket before, TicketId target, long seen, Agent by) {
    var into = tickets.visibleTo(by).get(target);
    if (into.filter(one -> one.isFor(by, Permission.MERGE)).isEmpty()) {
      return Result.skipped("The ticket to merge into is not there, or not yours to see.");
    }
    return merges
        .merge(before.id(), seen, target, into.get().revision(), by)
        .fold(
            _ -> new Result("changed", "", MAPPED.formatted(MERGED, "" + target.value()), seen),
            refused -> Result.skipped(refused.detail()));
  }

  /// What the whole row is kept of, so that undoing restores all that was changed.
  private Result kept(Ticket before, BulkChange change, long seen, Agent by) {
    var kept = changes.keep(before.id(), by, () -> verbs.apply(before, change, seen, by));
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

  @SuppressWarnings("unchecked")
  private Result restored(Row row, Agent by) {
    var stood = (Map<String, String>) BulkChanges.MAPPER.readValue(row.before(), Map.class);
    if (stood.containsKey(KEPT)) {
      return takenBack(row, stood.getOrDefault(KEPT, ""), by);
    }
    if (stood.containsKey(MERGED)) {
      return separated(row, new TicketId(Long.parseLong(stood.getOrDefault(MERGED, "0"))), by);
    }
    var outcome = verbs.restore(row.ticket(), stood, row.after(), by);
    return outcome.fold(
        after -> new Result("restored", "", row.before(), after.revision()),
        refused -> new Result("kept", refused.detail(), row.before(), row.after()));
  }

  private Result separated(Row row, TicketId target, Agent by) {
    return merges
        .undo(row.ticket(), target, by)
        .fold(
            _ -> new Result("restored", "", row.before(), row.after()),
            refused -> new Result("kept", refused.detail(), row.before(), row.after()));
  }

  private Result takenBack(Row row, String change, Agent by) {
    if (change.isEmpty()) {
      return new Result("kept", "There was nothing to take back.", row.before(), row.after());
    }
    return changes
        .undo(row.ticket(), Long.parseLong(change), by)
        .fold(
            said -> new Result("restored", sent(said), row.before(), row.after()),
            refused -> new Result("kept", refused.detail(), row.before(), row.after()));
  }

  /// What is said of a ticket that was restored: nothing, unless something went out.
  private static String sent(String said) {
    return said.equals("Taken back.") ? "" : said;
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
}
