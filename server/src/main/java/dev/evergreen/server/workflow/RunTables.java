package dev.evergreen.server.workflow;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Event;
import dev.evergreen.language.RunJson;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of runs: read under their lock, written once per input with all that belongs to them.
@Component
final class RunTables {
  private final JdbcClient database;
  private final Workflows workflows;
  private final Ledger ledger;
  private final Due due;
  private final Responsibilities responsibilities;

  RunTables(
      JdbcClient database,
      Workflows workflows,
      Ledger ledger,
      Due due,
      Responsibilities responsibilities) {
    this.database = database;
    this.workflows = workflows;
    this.ledger = ledger;
    this.due = due;
    this.responsibilities = responsibilities;
  }

  /// A new run with nothing done in it yet; empty when this ledger entry has started one before.
  Optional<WorkflowRun> create(
      Version version, Subject subject, @Nullable Long triggerEntry, Instant now) {
    return database
        .sql(
            """
            insert into run (
              version, workflow, subject_kind, subject_id, trigger_entry,
              status, revision, state, started_at, changed_at
            )
            values (
              :version, :workflow, :subjectKind, :subjectId, :triggerEntry,
              'RUNNING', 0, cast(:state as json), :now, :now
            )
            on conflict (trigger_entry, workflow) do nothing
            returning *
            """)
        .param("version", version.id())
        .param("workflow", version.name())
        .param("subjectKind", subject.kind())
        .param("subjectId", subject.id())
        .param("triggerEntry", triggerEntry)
        .param("state", FRESH)
        .param("now", timestamp(now))
        .query(this::read)
        .optional();
  }

  /// The run, with its row locked until the transaction ends.
  Optional<WorkflowRun> lock(RunId id) {
    return database
        .sql("select * from run where id = :id for update")
        .param("id", id.value())
        .query(this::read)
        .optional();
  }

  /// A task and its run.
  record Held(Task task, WorkflowRun run) {}

  /// The task and its run, with both rows locked until the transaction ends: the run first, as
  /// whoever takes a step does.
  Optional<Held> lock(TaskId id) {
    return database
        .sql(
            """
            select
              task.*, run.version, run.state, run.revision, run.started_at, run.changed_at
            from task join run on run.id = task.run
            where task.id = :id
            for update of run, task
            """)
        .param("id", id.value())
        .query((row, number) ->
            new Held(Tasks.read(row, number), read(row, new RunId(row.getLong("run")))))
        .optional();
  }

  /// The version that a run is on.
  Version version(RunId id) {
    return workflows.withId(
        database
            .sql("select version from run where id = :id")
            .param("id", id.value())
            .query(Long.class)
            .single());
  }

  /// Writes what an input has come to: ledger, state, tasks, listeners, timers.
  void write(WorkflowRun run, Advance advance, Actor by, Instant now) {
    Map<Integer, Long> entries = record(run, advance.events(), by);
    change(run, advance, entries, by, now);
    var set = new LinkedHashMap<String, Instant>();
    advance
        .timersSet()
        .forEach(timer -> set.put(Timers.key(run.id(), timer.activation()), timer.at()));
    var cleared =
        advance.timersCleared().stream()
            .map(activation -> Timers.key(run.id(), activation))
            .toList();
    if (!set.isEmpty() || !cleared.isEmpty()) {
      due.change(Timers.KIND, set, cleared);
    }
  }

  /// The newest entry about each activation.
  private Map<Integer, Long> record(WorkflowRun run, List<Event> events, Actor by) {
    List<Ledger.Entry> written =
        ledger.append(
            run.id().subject(),
            run.revision() + 1,
            events.stream()
                .map(event ->
                    new Ledger.Happening(
                        RunEvents.kind(event),
                        RunEvents.actor(event, run.id(), run.version(), by),
                        RunEvents.data(event, run.version(), run.subject())))
                .toList());
    var entries = new HashMap<Integer, Long>();
    for (int i = 0; i < written.size(); i++) {
      if (events.get(i) instanceof Event.OfActivation of) {
        entries.put(of.activation(), written.get(i).id());
      }
    }
    return entries;
  }

  private void change(
      WorkflowRun run, Advance advance, Map<Integer, Long> entries, Actor by, Instant now) {
    var opened = new OpenedTasks(advance.tasks(), run.subject(), responsibilities);
    var ended = new EndedTasks(advance.events());
    var heard = new Heard(advance.listeners(), entries);
    var state = advance.state();
    database
        .sql(
            """
            with changed as (
              update run
              set
                state = cast(:state as json),
                status = :status,
                outcome = :outcome,
                revision = revision + :happened,
                changed_at = :now,
                ended_at = case when :final then cast(:now as timestamptz) end
              where id = :run
            ),
            ended as (
              update task
              set
                status = ending.status,
                ended_at = :now,
                ended_by = cast(:endedBy as bigint),
                ended_by_name = :endedByName
              from unnest(cast(:endedActivations as int[]), cast(:endedStatuses as text[]))
                as ending (activation, status)
              where task.run = :run and task.activation = ending.activation
            ),
            opened as (
              insert into task (
                run, activation, subject_kind, subject_id, step, title, responsible,
                team, agent, due_at, opened_at, status
              )
              select
                :run, new.activation, :subjectKind, :subjectId, new.step, new.title,
                new.responsible, new.team, new.agent, new.due_at, :now, 'OPEN'
              from unnest(
                cast(:openedActivations as int[]),
                cast(:steps as text[]),
                cast(:titles as text[]),
                cast(:responsible as boolean[]),
                cast(:teams as text[]),
                cast(:agents as bigint[]),
                cast(:dueAts as timestamptz[])
              ) as new (activation, step, title, responsible, team, agent, due_at)
            ),
            unheard as (
              delete from run_listener
              where run = :run and activation = any(:unheard)
            )
            insert into run_listener (run, activation, kind, subject_kind, subject_id, since)
            select :run, new.activation, new.kind, :subjectKind, :subjectId, new.since
            from unnest(
              cast(:heardActivations as int[]),
              cast(:kinds as text[]),
              cast(:since as bigint[])
            ) as new (activation, kind, since)
            on conflict (run, activation, kind) do nothing
            """)
        .param("run", run.id().value())
        .param("state", RunJson.write(state))
        .param("status", state.status().name())
        .param("outcome", state.outcome())
        .param("happened", advance.events().size())
        .param("final", state.status().isFinal())
        .param("now", timestamp(now))
        .param("subjectKind", run.subject().kind())
        .param("subjectId", run.subject().id())
        .param("endedBy", by.kind().equals("agent") ? by.id() : null)
        .param("endedByName", by.name())
        .param("endedActivations", ended.activations)
        .param("endedStatuses", ended.statuses)
        .param("openedActivations", opened.activations)
        .param("steps", opened.steps)
        .param("titles", opened.titles)
        .param("responsible", opened.responsible)
        .param("teams", opened.teams)
        .param("agents", opened.agents)
        .param("dueAts", opened.dueAts)
        .param("unheard", advance.listenersEnded().toArray(Integer[]::new))
        .param("heardActivations", heard.activations)
        .param("kinds", heard.kinds)
        .param("since", heard.since)
        .update();
  }

  WorkflowRun read(ResultSet row, int number) throws SQLException {
    return read(row, new RunId(row.getLong("id")));
  }

  private WorkflowRun read(ResultSet row, RunId id) throws SQLException {
    return new WorkflowRun(
        id,
        workflows.withId(row.getLong("version")),
        new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
        RunJson.read(row.getString("state")),
        row.getLong("revision"),
        new WorkflowRun.Moments(
            row.getObject("started_at", OffsetDateTime.class).toInstant(),
            row.getObject("changed_at", OffsetDateTime.class).toInstant()));
  }

  static OffsetDateTime timestamp(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static final String FRESH = RunJson.write(dev.evergreen.engine.Run.fresh());

  /// New tasks, column by column.
  private static final class OpenedTasks {
    final Integer[] activations;
    final String[] steps;
    final String[] titles;
    final Boolean[] responsible;
    final @Nullable String[] teams;
    final @Nullable Long[] agents;
    final @Nullable String[] dueAts;

    OpenedTasks(List<Effect.OpenTask> tasks, Subject subject, Responsibilities responsibilities) {
      int count = tasks.size();
      activations = new Integer[count];
      steps = new String[count];
      titles = new String[count];
      responsible = new Boolean[count];
      teams = new @Nullable String[count];
      agents = new @Nullable Long[count];
      dueAts = new @Nullable String[count];
      for (int i = 0; i < count; i++) {
        Effect.OpenTask task = tasks.get(i);
        Task.Assignee assignee = responsibilities.assignee(task.step().by(), subject);
        activations[i] = task.activation();
        steps[i] = task.step().id();
        titles[i] = task.step().title();
        responsible[i] = task.step().by() instanceof DoStep.Assignee.Responsible;
        teams[i] = assignee.team();
        agents[i] = assignee.agent() == null ? null : assignee.agent().value();
        dueAts[i] = task.dueAt() == null ? null : task.dueAt().toString();
      }
    }
  }

  private static final class EndedTasks {
    final Integer[] activations;
    final String[] statuses;

    EndedTasks(List<Event> events) {
      var numbers = new ArrayList<Integer>();
      var words = new ArrayList<String>();
      for (Event event : events) {
        Task.@Nullable Status status =
            switch (event) {
              case Event.TaskCompleted _ -> Task.Status.DONE;
              case Event.Skipped _ -> Task.Status.SKIPPED;
              case Event.Withdrawn _ -> Task.Status.WITHDRAWN;
              default -> null;
            };
        if (status != null && event instanceof Event.OfActivation of) {
          numbers.add(of.activation());
          words.add(status.name());
        }
      }
      activations = numbers.toArray(Integer[]::new);
      statuses = words.toArray(String[]::new);
    }
  }

  /// New listeners; each hears only what happens after the entry with which its wait began.
  private static final class Heard {
    final Integer[] activations;
    final String[] kinds;
    final Long[] since;

    Heard(List<Effect.Listen> listeners, Map<Integer, Long> entries) {
      var numbers = new ArrayList<Integer>();
      var words = new ArrayList<String>();
      var begins = new ArrayList<Long>();
      for (Effect.Listen listen : listeners) {
        for (String kind : listen.events()) {
          numbers.add(listen.activation());
          words.add(kind);
          begins.add(entries.getOrDefault(listen.activation(), 0L));
        }
      }
      activations = numbers.toArray(Integer[]::new);
      kinds = words.toArray(String[]::new);
      since = begins.toArray(Long[]::new);
    }
  }
}
