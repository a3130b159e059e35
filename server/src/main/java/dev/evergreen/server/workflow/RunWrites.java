package dev.evergreen.server.workflow;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.language.RunJson;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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
        from unnest(
          cast(:beginRuns as bigint[]),
          cast(:beginVersions as bigint[]),
          cast(:beginWorkflows as text[]),
          cast(:beginSubjectKinds as text[]),
          cast(:beginSubjects as bigint[]),
          cast(:beginTriggers as bigint[]),
          cast(:beginStatuses as text[]),
          cast(:beginOutcomes as text[]),
          cast(:beginRevisions as bigint[]),
          cast(:beginStates as text[]),
          cast(:beginStartedAts as timestamptz[]),
          cast(:beginChangedAts as timestamptz[]),
          cast(:beginFinals as boolean[]),
          cast(:beginCallers as bigint[]),
          cast(:beginCallerActivations as int[])
        ) as new (
          id, version, workflow, subject_kind, subject_id, trigger_entry,
          status, outcome, revision, state, started_at, changed_at, final, caller, caller_activation
        )
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
        from unnest(
          cast(:changeRuns as bigint[]),
          cast(:changeVersions as bigint[]),
          cast(:changeStatuses as text[]),
          cast(:changeOutcomes as text[]),
          cast(:changeRevisions as bigint[]),
          cast(:changeStates as text[]),
          cast(:changeChangedAts as timestamptz[]),
          cast(:changeFinals as boolean[])
        ) as new (id, version, status, outcome, revision, state, changed_at, final)
        where run.id = new.id
      )
      """;

  private static final String END_TASKS =
      """
      ended as (
        update task
        set
          status = ending.status,
          ended_at = ending.at,
          ended_by = ending.agent,
          ended_by_name = ending.name
        from unnest(
          cast(:endRuns as bigint[]),
          cast(:endActivations as int[]),
          cast(:endStatuses as text[]),
          cast(:endAts as timestamptz[]),
          cast(:endAgents as bigint[]),
          cast(:endNames as text[])
        ) as ending (run, activation, status, at, agent, name)
        where task.run = ending.run and task.activation = ending.activation
          and task.status = 'OPEN'
      )
      """;

  private static final String REASSIGN_TASKS =
      """
      reassigned as (
        update task
        set responsible = now.responsible, team = now.team, agent = now.agent
        from unnest(
          cast(:giveRuns as bigint[]),
          cast(:giveActivations as int[]),
          cast(:giveResponsible as boolean[]),
          cast(:giveTeams as text[]),
          cast(:giveAgents as bigint[])
        ) as now (run, activation, responsible, team, agent)
        where task.run = now.run and task.activation = now.activation and task.status = 'OPEN'
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
        from unnest(
          cast(:openRuns as bigint[]),
          cast(:openActivations as int[]),
          cast(:openSubjectKinds as text[]),
          cast(:openSubjects as bigint[]),
          cast(:openSteps as text[]),
          cast(:openTitles as text[]),
          cast(:openResponsible as boolean[]),
          cast(:openTeams as text[]),
          cast(:openAgents as bigint[]),
          cast(:openDueAts as timestamptz[]),
          cast(:openAts as timestamptz[])
        ) as new (
          run, activation, subject_kind, subject_id, step, title,
          responsible, team, agent, due_at, opened_at
        )
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
        using unnest(cast(:unheardRuns as bigint[]), cast(:unheardActivations as int[]))
          as over (run, activation)
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
        from unnest(
          cast(:heardRuns as bigint[]),
          cast(:heardActivations as int[]),
          cast(:heardKinds as text[]),
          cast(:heardSubjectKinds as text[]),
          cast(:heardSubjects as bigint[]),
          cast(:heardSince as bigint[]),
          cast(:heardRevisions as bigint[])
        ) as new (run, activation, kind, subject_kind, subject_id, since, revision)
        left join written
          on written.subject_kind = 'run'
          and written.subject_id = new.run
          and written.revision = new.revision
        on conflict (run, activation, kind) do nothing
      )
      """;

  private final JdbcClient database;
  private final Ledger ledger;
  private final Due due;
  private final RemoteEffects effects;
  private final Responsibilities responsibilities;

  RunWrites(
      JdbcClient database,
      Ledger ledger,
      Due due,
      RemoteEffects effects,
      Responsibilities responsibilities) {
    this.database = database;
    this.ledger = ledger;
    this.due = due;
    this.effects = effects;
    this.responsibilities = responsibilities;
  }

  void write(List<HeldRun> runs) {
    var statement = new Statement();
    Ledger.Batch entries = ledger.batch();
    statement.add(Ledger.Batch.INSERT, entries.parameters());
    runs(statement, runs);
    tasks(statement, runs);
    listeners(statement, runs);
    Due.Change timers = timers(runs);
    if (!timers.isEmpty()) {
      statement.add(Due.Change.SQL, timers.parameters());
    }
    RemoteEffects.Change actions = RemoteEffects.change(runs);
    if (!actions.isEmpty()) {
      statement.add(RemoteEffects.Change.SQL, actions.parameters());
    }
    entries.wrote(
        database
            .sql(statement.sql("select id from written order by id"))
            .params(statement.parameters)
            .query((row, _) -> row.getLong("id"))
            .list());
    due.changed(timers);
    effects.changed(actions);
  }

  private static void runs(Statement statement, List<HeldRun> held) {
    var begun = new Table();
    var changed = new Table();
    for (HeldRun one : held) {
      WorkflowRun run = one.run();
      var table = one.isStored() ? changed : begun;
      var status = run.state().status();
      table.add("Runs", run.id().value());
      table.add("Versions", run.version().id());
      table.add("Statuses", status.name());
      table.add("Outcomes", run.state().outcome());
      table.add("Revisions", run.revision());
      table.add("States", RunJson.write(run.state()));
      table.add("ChangedAts", run.moments().changedAt().toString());
      table.add("Finals", status.isFinal());
      if (!one.isStored()) {
        table.add("Workflows", run.version().name());
        table.add("SubjectKinds", run.subject().kind());
        table.add("Subjects", run.subject().id());
        WorkflowRun.Caller caller = run.caller();
        table.add("Callers", caller == null ? (Long) null : Long.valueOf(caller.run().value()));
        table.add(
            "CallerActivations",
            caller == null ? (Integer) null : Integer.valueOf(caller.activation()));
        table.add("Triggers", one.triggerEntry());
        table.add("StartedAts", run.moments().startedAt().toString());
      }
    }
    statement.add(BEGIN, begun.parameters("begin"));
    statement.add(CHANGE, changed.parameters("change"));
  }

  private void tasks(Statement statement, List<HeldRun> held) {
    var ended = new Table();
    var given = new Table();
    var opened = new Table();
    for (HeldRun one : held) {
      WorkflowRun run = one.run();
      String at = run.moments().changedAt().toString();
      one.ended()
          .forEach((activation, ending) -> {
            ended.add("Runs", run.id().value());
            ended.add("Activations", activation);
            ended.add("Statuses", ending.status().name());
            ended.add("Ats", at);
            ended.add("Agents", ending.by().kind().equals("agent") ? ending.by().id() : null);
            ended.add("Names", ending.by().name());
          });
      var opening = one.opened();
      one.reassigned()
          .forEach((activation, to) -> {
            if (opening.stream().noneMatch(task -> task.activation() == activation)) {
              Task.Assignee assignee = responsibilities.assignee(to, run.subject());
              given.add("Runs", run.id().value());
              given.add("Activations", activation);
              given.add("Responsible", to instanceof DoStep.Assignee.Responsible);
              given.add("Teams", assignee.team());
              given.add("Agents", assignee.agent() == null ? null : assignee.agent().value());
            }
          });
      for (Effect.OpenTask task : opening) {
        DoStep.Assignee by = one.reassigned().getOrDefault(task.activation(), task.step().by());
        Task.Assignee assignee = responsibilities.assignee(by, run.subject());
        opened.add("Runs", run.id().value());
        opened.add("Activations", task.activation());
        opened.add("SubjectKinds", run.subject().kind());
        opened.add("Subjects", run.subject().id());
        opened.add("Steps", task.step().id());
        opened.add("Titles", task.step().title());
        opened.add("Responsible", by instanceof DoStep.Assignee.Responsible);
        opened.add("Teams", assignee.team());
        opened.add("Agents", assignee.agent() == null ? null : assignee.agent().value());
        opened.add("DueAts", task.dueAt() == null ? null : task.dueAt().toString());
        opened.add("Ats", at);
      }
    }
    statement.add(END_TASKS, ended.parameters("end"));
    statement.add(REASSIGN_TASKS, given.parameters("give"));
    statement.add(OPEN_TASKS, opened.parameters("open"));
  }

  private static void listeners(Statement statement, List<HeldRun> held) {
    var unheard = new Table();
    var heard = new Table();
    for (HeldRun one : held) {
      WorkflowRun run = one.run();
      one.hearings()
          .forEach((activation, hearing) -> {
            if (hearing == null) {
              unheard.add("Runs", run.id().value());
              unheard.add("Activations", activation);
              return;
            }
            for (String kind : hearing.events()) {
              heard.add("Runs", run.id().value());
              heard.add("Activations", activation);
              heard.add("Kinds", kind);
              heard.add("SubjectKinds", run.subject().kind());
              heard.add("Subjects", run.subject().id());
              heard.add("Since", hearing.sinceId());
              heard.add("Revisions", hearing.revision());
            }
          });
    }
    statement.add(STOP_LISTENING, unheard.parameters("unheard"));
    statement.add(LISTEN, heard.parameters("heard"));
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

  /// A statement in the making: parts that write, side by side.
  private static final class Statement {
    final Map<String, Object> parameters = new HashMap<>();
    private final List<String> parts = new ArrayList<>();

    void add(String part, Map<String, Object> values) {
      if (!values.isEmpty()) {
        parts.add(part);
        parameters.putAll(values);
      }
    }

    String sql(String last) {
      return "with " + String.join(", ", parts) + last;
    }
  }

  /// Rows to write, column by column, in the order in which they were added.
  private static final class Table {
    private record Column(List<@Nullable Object> values, IntFunction<Object[]> array) {}

    private final Map<String, Column> columns = new LinkedHashMap<>();

    void add(String column, @Nullable String value) {
      put(column, value, String[]::new);
    }

    void add(String column, @Nullable Long value) {
      put(column, value, Long[]::new);
    }

    void add(String column, @Nullable Integer value) {
      put(column, value, Integer[]::new);
    }

    void add(String column, boolean value) {
      put(column, value, Boolean[]::new);
    }

    private void put(String column, @Nullable Object value, IntFunction<Object[]> array) {
      columns
          .computeIfAbsent(column, _ -> new Column(new ArrayList<>(), array))
          .values()
          .add(value);
    }

    /// Nothing when there is no row.
    Map<String, Object> parameters(String prefix) {
      var parameters = new HashMap<String, Object>();
      columns.forEach(
          (name, column) -> parameters.put(prefix + name, column.values().toArray(column.array())));
      return parameters;
    }
  }
}
