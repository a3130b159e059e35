package dev.evergreen.server.workflow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Migration;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.GroupCommit;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The executions of workflows. Each input is one transaction: decide, apply, write.
@Component
public class Runs {
  private static final int MOST_EVENTS = 5_000;

  private final JdbcClient database;
  private final RunRows rows;
  private final RunsInHand hand;
  private final GroupCommit group;
  private final Stepping stepping;
  private final Ledger ledger;

  Runs(
      JdbcClient database,
      RunRows rows,
      RunsInHand hand,
      GroupCommit group,
      Stepping stepping,
      Ledger ledger) {
    this.database = database;
    this.rows = rows;
    this.hand = hand;
    this.group = group;
    this.stepping = stepping;
    this.ledger = ledger;
  }

  /// Starts a run on this version.
  public RunId start(Version version, Subject subject) {
    return group.together(
        () ->
            start(version, subject, null)
                .orElseThrow(() ->
                    new IllegalStateException(
                        "expected a run without a trigger to start whenever asked")),
        null);
  }

  /// Starts a run because of a ledger entry, in the caller's transaction; empty when that entry has
  /// started one before. A reader takes an entry once, so that is looked for only when its batch is
  /// done again with care; else a constraint holds.
  Optional<RunId> start(Version version, Subject subject, @Nullable Long triggerEntry) {
    if (triggerEntry != null && !FirstTry.isOn() && rows.hasStarted(triggerEntry, version.name())) {
      return Optional.empty();
    }
    HeldRun run = hand.begin(version, subject, triggerEntry, null);
    expectTaken(run, stepping.take(run, new Input.Start(Map.of()), Actor.SYSTEM));
    return Optional.of(run.id());
  }

  /// Takes what nobody can be told was refused (an event, a timer), in the caller's transaction.
  void take(RunId id, Input input) {
    hand.hold(id)
        .filter(run -> !run.state().status().isFinal())
        .ifPresent(run -> expectTaken(run, stepping.take(run, input, Actor.SYSTEM)));
  }

  /// Tries again what stopped the run.
  public Outcome<WorkflowRun> retry(RunId id, int activation, Agent by) {
    return byPerson(id, new Input.Retry(activation, by.name()), by, true);
  }

  /// Lets the run go on after the step that stopped it.
  public Outcome<WorkflowRun> skip(RunId id, int activation, String reason, Agent by) {
    return reason.isBlank()
        ? Outcome.rejected(Reason.INVALID, REASON_EXPECTED)
        : byPerson(id, new Input.Skip(activation, reason.strip(), by.name()), by, true);
  }

  /// Goes on after an open step as if it had been done: a task, a wait, a whole repeat.
  ///
  /// @param activation the visit that is left out
  public Outcome<WorkflowRun> deviate(RunId id, int activation, String reason, Agent by) {
    return reason.isBlank()
        ? Outcome.rejected(Reason.INVALID, REASON_EXPECTED)
        : byPerson(id, new Input.Skip(activation, reason.strip(), by.name()), by, false);
  }

  /// What would become of a run that followed another version of its workflow from here.
  public Migration preview(WorkflowRun run, Version to) {
    return Migration.preview(run.version().definition(), to.definition(), run.state(), Map.of());
  }

  /// Has the run follow another version of its workflow from here, as the preview says.
  ///
  /// @param seen the revision of the run that the preview was made of
  public Outcome<WorkflowRun> move(RunId id, Version to, long seen, Agent by) {
    return group.alone(() -> moved(id, to, seen, by));
  }

  private Outcome<WorkflowRun> moved(RunId id, Version to, long seen, Agent by) {
    Optional<HeldRun> held = hand.hold(id);
    if (held.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no run " + id.value() + ".");
    }
    WorkflowRun run = held.get().run();
    if (run.revision() != seen) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "This run has gone on since you looked; look again at what would become of it.");
    }
    held.get().moveTo(to);
    return taken(id, new Input.Migrate(preview(run, to), by.name()), by, false);
  }

  /// Ends the run: its tasks, timers and waits are gone.
  public Outcome<WorkflowRun> end(RunId id, String reason, Agent by) {
    return reason.isBlank()
        ? Outcome.rejected(Reason.INVALID, REASON_EXPECTED)
        : byPerson(id, new Input.Cancel(reason.strip(), by.name()), by, false);
  }

  public Optional<WorkflowRun> withId(RunId id) {
    hand.flush();
    return database
        .sql("select * from run where id = :id")
        .param("id", id.value())
        .query(rows::read)
        .optional();
  }

  /// The runs about a subject, newest first.
  public List<WorkflowRun> of(Subject subject) {
    hand.flush();
    return database
        .sql(
            """
            select *
            from run
            where subject_kind = :kind and subject_id = :id
            order by id desc
            limit 50
            """)
        .param("kind", subject.kind())
        .param("id", subject.id())
        .query(rows::read)
        .list();
  }

  /// Runs that wait for somebody to mend them, the longest waiting first.
  public List<WorkflowRun> faults(int limit) {
    hand.flush();
    return database
        .sql(
            """
            select *
            from run
            where status = 'FAULTED'
            order by changed_at, id
            limit :limit
            """)
        .param("limit", limit)
        .query(rows::read)
        .list();
  }

  /// Runs that are under way, newest first.
  public List<WorkflowRun> open(int limit) {
    hand.flush();
    return database
        .sql(
            """
            select *
            from run
            where status in ('NEW', 'RUNNING', 'FAULTED')
            order by id desc
            limit :limit
            """)
        .param("limit", limit)
        .query(rows::read)
        .list();
  }

  /// What happened in a run, oldest first.
  public List<RunEvent> history(RunId id) {
    return log(id).stream().map(Runs::event).toList();
  }

  /// What happened of these kinds in some runs, each with its oldest first.
  public Map<RunId, List<RunEvent>> histories(
      Collection<WorkflowRun> of, Set<Class<? extends Event>> kinds) {
    return ledger
        .of(
            RunId.SUBJECT_KIND,
            of.stream().map(run -> run.id().value()).toList(),
            kinds.stream().map(RunEvents::kind).toList(),
            firstStart(of),
            MOST_EVENTS)
        .stream()
        .collect(
            groupingBy(entry -> new RunId(entry.subject().id()), mapping(Runs::event, toList())));
  }

  /// The newest runs that were not started, and why.
  public List<RefusedStart> refusedStarts(int limit) {
    return database
        .sql(
            """
            select workflow, subject_kind, subject_id, reason, at
            from refused_start
            order by at desc, trigger_entry desc
            limit :limit
            """)
        .param("limit", limit)
        .query((row, _) ->
            new RefusedStart(
                row.getString("workflow"),
                new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
                row.getString("reason"),
                row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /// The ledger's entries about a run, oldest first.
  List<Ledger.Entry> log(RunId id) {
    return ledger.of(id.subject(), MOST_EVENTS);
  }

  /// What happened in each of these runs.
  Map<RunId, List<RunEvent>> histories(List<WorkflowRun> of) {
    return ledger
        .of(RunId.SUBJECT_KIND, of.stream().map(run -> run.id().value()).toList(), firstStart(of))
        .stream()
        .collect(
            Collectors.groupingBy(
                entry -> new RunId(entry.subject().id()),
                Collectors.mapping(Runs::event, Collectors.toList())));
  }

  private static Instant firstStart(Collection<WorkflowRun> runs) {
    return runs.stream()
        .map(run -> run.moments().startedAt())
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /// All runs, so many at a time, in the order of their ids.
  List<WorkflowRun> after(RunId last, int count) {
    hand.flush();
    return database
        .sql("select * from run where id > :last order by id limit :count")
        .param("last", last.value())
        .param("count", count)
        .query(rows::read)
        .list();
  }

  private static RunEvent event(Ledger.Entry entry) {
    return new RunEvent(entry.id(), entry.at(), entry.by(), RunEvents.event(entry));
  }

  private Outcome<WorkflowRun> byPerson(RunId id, Input input, Agent by, boolean faulted) {
    return group.alone(() -> taken(id, input, by, faulted));
  }

  private Outcome<WorkflowRun> taken(RunId id, Input input, Agent by, boolean faulted) {
    Optional<HeldRun> held = hand.hold(id);
    if (held.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no run " + id.value() + ".");
    }
    HeldRun run = held.get();
    if (faulted && !run.run().isFaulted()) {
      return Outcome.rejected(
          Reason.OUTDATED, "Expected a run that is stopped, but somebody has set it going again.");
    }
    Decision.Rejected rejected = stepping.take(run, input, by.actor());
    return rejected == null
        ? Outcome.accepted(run.run())
        : Outcome.rejected(
            switch (rejected.reason()) {
              case WRONG_ANSWERS -> Reason.INVALID;
              case WRONG_MOMENT, ALREADY_ENDED -> Reason.OUTDATED;
            },
            "This run is not as it was on your page: " + rejected.detail() + ".");
  }

  private static void expectTaken(HeldRun run, Decision.@Nullable Rejected rejected) {
    if (rejected != null) {
      throw new IllegalStateException(
          "expected run %d to take its input, but: %s"
              .formatted(run.id().value(), rejected.detail()));
    }
  }

  static final String REASON_EXPECTED =
      "Expected a reason, so that others understand it later; found none.";
}
