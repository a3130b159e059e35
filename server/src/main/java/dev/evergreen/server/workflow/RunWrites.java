package dev.evergreen.server.workflow;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.language.RunJson;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.RowValues;
import dev.evergreen.server.platform.RowValues.Columns;
import dev.evergreen.server.platform.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes what a transaction has come to in all of its runs, with their entries in the ledger,
/// their tasks, listeners, timers and actions outside, in one statement made of the parts that are
/// needed.
@Component
final class RunWrites {
  private static final String BEGIN =
      """
      begun as (
        insert into run (
          id, version, workflow, subject_kind, subject_id, trigger_entry,
          status, outcome, revision, state, started_at, changed_at, ended_at,
          caller, caller_activation
        )
        select
          new.id, new.version, new.workflow, new.subject_kind, new.subject_id, new.trigger_entry,
          new.status, new.outcome, new.revision, cast(new.state as json), new.started_at,
          new.changed_at, case when new.final then new.changed_at end,
          new.caller, new.caller_activation
        from %s
      )
      """;

  private static final String CHANGE =
      """
      changed as (
        update run
        set
          version = new.version,
          status = new.status,
          outcome = new.outcome,
          revision = new.revision,
          state = cast(new.state as json),
          changed_at = new.changed_at,
          ended_at = case when new.final then new.changed_at end
        from %s
        where run.id = new.id
      )
      """;

  /// Not that its status is open, which says the same: that would offer the database the indexes of
  /// open tasks, and for as long as it believes that there are few of them it reads all of them.
  private static final String END_TASKS =
      """
      ended as (
        update task
        set
          status = ending.status,
          ended_at = ending.at,
          ended_by = ending.agent,
          ended_by_name = ending.name
        from %s
        where task.run = ending.run and task.activation = ending.activation
          and task.ended_at is null
      )
      """;

  private static final String REASSIGN_TASKS =
      """
      reassigned as (
        update task
        set responsible = now.responsible, team = now.team, agent = now.agent
        from %s
        where task.run = now.run and task.activation = now.activation and task.ended_at is null
      )
      """;

  private static final String OPEN_TASKS =
      """
      opened as (
        insert into task (
          run, activation, subject_kind, subject_id, step, title, responsible,
          team, agent, due_at, opened_at, status
        )
        select
          new.run, new.activation, new.subject_kind, new.subject_id, new.step, new.title,
          new.responsible, new.team, new.agent, new.due_at, new.opened_at, 'OPEN'
        from %s
        on conflict (run, activation) do update -- asked otherwise by another version
        set
          step = excluded.step,
          title = excluded.title,
          responsible = excluded.responsible,
          team = excluded.team,
          agent = excluded.agent,
          due_at = excluded.due_at
      )
      """;

  private static final String STOP_LISTENING =
      """
      unheard as (
        delete from run_listener
        using %s
        where run_listener.run = over.run and run_listener.activation = over.activation
      )
      """;

  /// Each hears only what happens after the entry with which its wait began.
  private static final String LISTEN =
      """
      heard as (
        insert into run_listener (run, activation, kind, subject_kind, subject_id, since)
        select
          new.run, new.activation, new.kind, new.subject_kind, new.subject_id,
          coalesce(written.id, new.since)
        from %s
        left join written
          on written.subject_kind = 'run'
          and written.subject_id = new.run
          and written.revision = new.revision
        on conflict (run, activation, kind) do nothing
      )
      """;

  private static final Columns BEGUN =
      Columns.of(
          "new",
          "id BIGINT",
          "version BIGINT",
          "workflow TEXT",
          "subject_kind TEXT",
          "subject_id BIGINT",
          "trigger_entry BIGINT",
          "status TEXT",
          "outcome TEXT",
          "revision BIGINT",
          "state TEXT",
          "started_at TIMESTAMPTZ",
          "changed_at TIMESTAMPTZ",
          "final BOOLEAN",
          "caller BIGINT",
          "caller_activation INT");

  private static final Columns CHANGED =
      Columns.of(
          "new",
          "id BIGINT",
          "version BIGINT",
          "status TEXT",
          "outcome TEXT",
          "revision BIGINT",
          "state TEXT",
          "changed_at TIMESTAMPTZ",
          "final BOOLEAN");

  private static final Columns ENDED =
      Columns.of(
          "ending",
          "run BIGINT",
          "activation INT",
          "status TEXT",
          "at TIMESTAMPTZ",
          "agent BIGINT",
          "name TEXT");

  private static final Columns REASSIGNED =
      Columns.of(
          "now",
          "run BIGINT",
          "activation INT",
          "responsible BOOLEAN",
          "team TEXT",
          "agent BIGINT");

  private static final Columns OPENED =
      Columns.of(
          "new",
          "run BIGINT",
          "activation INT",
          "subject_kind TEXT",
          "subject_id BIGINT",
          "step TEXT",
          "title TEXT",
          "responsible BOOLEAN",
          "team TEXT",
          "agent BIGINT",
          "due_at TIMESTAMPTZ",
          "opened_at TIMESTAMPTZ");

  private static final Columns UNHEARD = Columns.of("over", "run BIGINT", "activation INT");

  private static final Columns HEARD =
      Columns.of(
          "new",
          "run BIGINT",
          "activation INT",
          "kind TEXT",
          "subject_kind TEXT",
          "subject_id BIGINT",
          "since BIGINT",
          "revision BIGINT");

  private final Ledger ledger;
  private final Due due;
  private final RemoteEffects effects;
  private final Responsibilities responsibilities;

  RunWrites(Ledger ledger, Due due, RemoteEffects effects, Responsibilities responsibilities) {
    this.ledger = ledger;
    this.due = due;
    this.effects = effects;
    this.responsibilities = responsibilities;
  }

  /// The statement that writes what these runs have come to.
  Writes of(List<HeldRun> held) {
    Writes writes = ledger.batch().writes();
    runs(writes, held);
    endedTasks(writes, held);
    reassignedTasks(writes, held);
    openedTasks(writes, held);
    listeners(writes, held);
    Due.Change timers = timers(held);
    timers.addTo(writes);
    due.changed(timers);
    RemoteEffects.Change actions = RemoteEffects.change(held);
    actions.addTo(writes);
    effects.changed(actions);
    return writes;
  }

  private static void runs(Writes writes, List<HeldRun> held) {
    var begun = new RowValues(BEGUN);
    var changed = new RowValues(CHANGED);
    for (HeldRun one : held) {
      WorkflowRun run = one.run();
      if (one.isStored()) {
        change(changed, run);
      } else {
        begin(begun, run, one.triggerEntry());
      }
    }
    writes.add(BEGIN, begun);
    writes.add(CHANGE, changed);
  }

  private static void begin(RowValues rows, WorkflowRun run, @Nullable Long triggerEntry) {
    WorkflowRun.Caller caller = run.caller();
    rows.add(
        run.id().value(),
        run.version().id(),
        run.version().name(),
        run.subject().kind(),
        run.subject().id(),
        triggerEntry,
        run.state().status().name(),
        run.state().outcome(),
        run.revision(),
        RunJson.write(run.state()),
        run.moments().startedAt().toString(),
        run.moments().changedAt().toString(),
        run.state().status().isFinal(),
        caller == null ? null : caller.run().value(),
        caller == null ? null : caller.activation());
  }

  private static void change(RowValues rows, WorkflowRun run) {
    rows.add(
        run.id().value(),
        run.version().id(),
        run.state().status().name(),
        run.state().outcome(),
        run.revision(),
        RunJson.write(run.state()),
        run.moments().changedAt().toString(),
        run.state().status().isFinal());
  }

  private static void endedTasks(Writes writes, List<HeldRun> held) {
    var ended = new RowValues(ENDED);
    for (HeldRun one : held) {
      String at = one.run().moments().changedAt().toString();
      one.ended()
          .forEach((activation, ending) ->
              ended.add(
                  one.id().value(),
                  activation,
                  ending.status().name(),
                  at,
                  ending.by().kind().equals("agent") ? ending.by().id() : null,
                  ending.by().name()));
    }
    writes.add(END_TASKS, ended);
  }

  private void reassignedTasks(Writes writes, List<HeldRun> held) {
    var given = new RowValues(REASSIGNED);
    for (HeldRun one : held) {
      List<Effect.OpenTask> opening = one.opened();
      one.reassigned()
          .forEach((activation, to) -> {
            if (opening.stream().noneMatch(task -> task.activation() == activation)) {
              Task.Assignee assignee = responsibilities.assignee(to, one.subject());
              given.add(
                  one.id().value(),
                  activation,
                  isResponsible(to),
                  assignee.team(),
                  agent(assignee));
            }
          });
    }
    writes.add(REASSIGN_TASKS, given);
  }

  private void openedTasks(Writes writes, List<HeldRun> held) {
    var opened = new RowValues(OPENED);
    for (HeldRun one : held) {
      for (Effect.OpenTask task : one.opened()) {
        DoStep.Assignee by = one.reassigned().getOrDefault(task.activation(), task.step().by());
        Task.Assignee assignee = responsibilities.assignee(by, one.subject());
        opened.add(
            one.id().value(),
            task.activation(),
            one.subject().kind(),
            one.subject().id(),
            task.step().id(),
            task.step().title(),
            isResponsible(by),
            assignee.team(),
            agent(assignee),
            task.dueAt() == null ? null : task.dueAt().toString(),
            one.run().moments().changedAt().toString());
      }
    }
    writes.add(OPEN_TASKS, opened);
  }

  private static boolean isResponsible(DoStep.Assignee assignee) {
    return assignee instanceof DoStep.Assignee.Responsible;
  }

  private static @Nullable Long agent(Task.Assignee assignee) {
    return assignee.agent() == null ? null : Long.valueOf(assignee.agent().value());
  }

  private static void listeners(Writes writes, List<HeldRun> held) {
    var unheard = new RowValues(UNHEARD);
    var heard = new RowValues(HEARD);
    for (HeldRun one : held) {
      one.hearings()
          .forEach((activation, hearing) -> {
            if (hearing == null) {
              unheard.add(one.id().value(), activation);
              return;
            }
            for (String kind : hearing.events()) {
              heard.add(
                  one.id().value(),
                  activation,
                  kind,
                  one.subject().kind(),
                  one.subject().id(),
                  hearing.sinceId(),
                  hearing.revision());
            }
          });
    }
    writes.add(STOP_LISTENING, unheard);
    writes.add(LISTEN, heard);
  }

  private static Due.Change timers(List<HeldRun> held) {
    var set = new LinkedHashMap<Due.Key, Instant>();
    var cleared = new ArrayList<Due.Key>();
    for (HeldRun run : held) {
      run.timers()
          .forEach((activation, timer) -> {
            Due.Key key = Timers.key(run.id(), activation);
            if (timer == null) {
              cleared.add(key);
            } else {
              set.put(key, timer.at());
            }
          });
      run.messages().forEach(message -> set.put(message, run.run().moments().changedAt()));
    }
    return new Due.Change(set, cleared);
  }
}
