package dev.evergreen.server.workflow;

import dev.evergreen.language.RunJson;
import dev.evergreen.server.platform.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How rows of `run` are read, and read under their locks.
@Component
final class RunRows {
  private final JdbcClient database;
  private final Workflows workflows;

  RunRows(JdbcClient database, Workflows workflows) {
    this.database = database;
    this.workflows = workflows;
  }

  /// The runs, with their rows locked until the transaction ends, in the order of their ids:
  /// whoever locks several does it in this order.
  List<WorkflowRun> lock(Collection<RunId> ids) {
    return database
        .sql("select * from run where id = any(:ids) order by id for update")
        .param("ids", ids.stream().map(RunId::value).toArray(Long[]::new))
        .query(this::read)
        .list();
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
              task.*, run.version, run.state, run.revision, run.started_at, run.changed_at,
              run.caller, run.caller_activation
            from task join run on run.id = task.run
            where task.id = :id
            for update of run, task
            """)
        .param("id", id.value())
        .query(this::held)
        .optional();
  }

  /// The same of several tasks, without those that somebody else has locked or that are none. Both
  /// tables are told their keys: a plan that is kept from when they were small would else go
  /// through all runs in their order.
  List<Held> lockFree(List<TaskId> ids) {
    return database
        .sql(
            """
            select
              task.*, run.version, run.state, run.revision, run.started_at, run.changed_at,
              run.caller, run.caller_activation
            from task join run on run.id = task.run
            where task.id = any(:ids)
              and run.id = any(array(select run from task where id = any(:ids)))
            order by run.id, task.id
            for update of run, task skip locked
            """)
        .param("ids", ids.stream().map(TaskId::value).toArray(Long[]::new))
        .query(this::held)
        .list();
  }

  private Held held(ResultSet row, int number) throws SQLException {
    return new Held(Tasks.read(row, number), read(row, new RunId(row.getLong("run"))));
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

  /// The run that this step called.
  Optional<RunId> calledBy(WorkflowRun.Caller caller) {
    return database
        .sql("select id from run where caller = :run and caller_activation = :activation")
        .param("run", caller.run().value())
        .param("activation", caller.activation())
        .query((row, _) -> new RunId(row.getLong("id")))
        .optional();
  }

  /// Whether this ledger entry has started a run of that workflow.
  boolean hasStarted(long entry, String workflow) {
    return database
        .sql(
            """
            select exists (select from run where trigger_entry = :entry and workflow = :workflow)
            """)
        .param("entry", entry)
        .param("workflow", workflow)
        .query(Boolean.class)
        .single();
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
            row.getObject("changed_at", OffsetDateTime.class).toInstant()),
        caller(row));
  }

  private static WorkflowRun.@Nullable Caller caller(ResultSet row) throws SQLException {
    @Nullable Long run = row.getObject("caller", Long.class);
    return run == null
        ? null
        : new WorkflowRun.Caller(new RunId(run), row.getInt("caller_activation"));
  }

  static OffsetDateTime timestamp(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
