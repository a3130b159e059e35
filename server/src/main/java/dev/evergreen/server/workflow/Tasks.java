package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.GroupCommit;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.PerTransaction;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What workflows ask of people. A task is as visible as its subject: whoever lets a person answer
/// one has loaded the subject through the finder of its module.
@Component
public class Tasks {
  private final JdbcClient database;
  private final RunRows rows;
  private final RunsInHand hand;
  private final GroupCommit group;
  private final Stepping stepping;
  private final Responsibilities responsibilities;
  private final Teams teams;
  private final Consumer<List<TaskId>> lock = this::lockAhead;
  private final PerTransaction<Map<TaskId, RunRows.Held>> locked =
      PerTransaction.kept(HashMap::new, Map::clear);

  Tasks(
      JdbcClient database,
      RunRows rows,
      RunsInHand hand,
      GroupCommit group,
      Stepping stepping,
      Responsibilities responsibilities,
      Teams teams) {
    this.database = database;
    this.rows = rows;
    this.hand = hand;
    this.group = group;
    this.stepping = stepping;
    this.responsibilities = responsibilities;
    this.teams = teams;
  }

  public Optional<Task> withId(TaskId id) {
    hand.flush();
    return database
        .sql("select * from task where id = :id")
        .param("id", id.value())
        .query(Tasks::read)
        .optional();
  }

  /// The open tasks about a subject, the oldest first: the first is what to do next.
  public List<Task> of(Subject subject) {
    hand.flush();
    return database
        .sql(
            """
            select *
            from task
            where subject_kind = :kind and subject_id = :id and status = 'OPEN'
            order by id
            """)
        .param("kind", subject.kind())
        .param("id", subject.id())
        .query(Tasks::read)
        .list();
  }

  /// The first open task about each of these subjects: what a list shows beside them.
  public List<Task> nextOf(String subjectKind, List<Long> subjects) {
    hand.flush();
    return database
        .sql(
            """
            select distinct on (subject_id) *
            from task
            where subject_kind = :kind and subject_id = any(:ids) and status = 'OPEN'
            order by subject_id, id
            """)
        .param("kind", subjectKind)
        .param("ids", subjects.toArray(Long[]::new))
        .query(Tasks::read)
        .list();
  }

  /// The open tasks asked of this agent, or of one of their teams and of no single person, the most
  /// urgent first.
  public List<Task> openFor(Agent agent, int limit) {
    hand.flush();
    return database
        .sql(
            """
            select *
            from task
            where status = 'OPEN'
              and (agent = :agent or (agent is null and team = any(:teams)))
            order by due_at nulls last, id
            limit :limit
            """)
        .param("agent", agent.id().value())
        .param("teams", teams.of(agent.id()).stream().map(Team::key).toArray(String[]::new))
        .param("limit", limit)
        .query(Tasks::read)
        .list();
  }

  /// The step that a task is a visit of: its instructions, checklist and form.
  public DoStep step(Task task) {
    return rows.version(task.origin().run()).definition().step(task.origin().step(), DoStep.class);
  }

  /// Answers a task. The same person's second click is no mistake; a second person is told who was
  /// faster.
  ///
  /// @param answers as the form sent them, by field name
  /// @param zone the person's, for answers that are a date and time
  public Completion complete(TaskId id, Map<String, String> answers, ZoneId zone, Agent by) {
    return end(
        id,
        Task.Status.DONE,
        by,
        held -> {
          var step =
              held.run().version().definition().step(held.task().origin().step(), DoStep.class);
          Forms.Read read = Forms.read(step, answers, zone);
          return read.wrong().isEmpty()
              ? take(
                  held,
                  new Input.TaskCompleted(
                      held.task().origin().activation(), Forms.answers(read), by.name()),
                  by)
              : new Completion.Wrong(read.wrong());
        });
  }

  /// Leaves a step out, with a reason that others can read later.
  public Completion skip(TaskId id, String reason, Agent by) {
    return reason.isBlank()
        ? new Completion.Refused(Reason.INVALID, Runs.REASON_EXPECTED)
        : end(
            id,
            Task.Status.SKIPPED,
            by,
            held ->
                take(
                    held,
                    new Input.Skip(held.task().origin().activation(), reason.strip(), by.name()),
                    by));
  }

  /// Asks somebody else to do it: a team, or whoever is responsible.
  public Completion reassign(TaskId id, DoStep.Assignee to, Agent by) {
    return end(
        id,
        Task.Status.OPEN,
        by,
        held ->
            take(held, new Input.Reassign(held.task().origin().activation(), to, by.name()), by));
  }

  /// The runs with open tasks that are asked of whoever is responsible for one of these subjects.
  List<RunId> runsFollowing(Collection<Subject> subjects) {
    return database
        .sql(
            """
            select distinct task.run
            from task
            join unnest(cast(:kinds as text[]), cast(:ids as bigint[])) as subject (kind, id)
              on task.subject_kind = subject.kind and task.subject_id = subject.id
            where task.status = 'OPEN' and task.responsible
            """)
        .param("kinds", subjects.stream().map(Subject::kind).toArray(String[]::new))
        .param("ids", subjects.stream().map(Subject::id).toArray(Long[]::new))
        .query((row, _) -> new RunId(row.getLong("run")))
        .list();
  }

  /// Asks whoever is responsible for these subjects now, in the caller's transaction, which holds
  /// the runs: a run is locked before its tasks, by everybody.
  void followResponsibility(Collection<Subject> subjects) {
    var kinds = new ArrayList<String>();
    var ids = new ArrayList<Long>();
    var assigned = new ArrayList<@Nullable String>();
    var agents = new ArrayList<@Nullable Long>();
    for (Subject subject : subjects) {
      Task.Assignee assignee = responsibilities.responsibleFor(subject);
      kinds.add(subject.kind());
      ids.add(subject.id());
      assigned.add(assignee.team());
      agents.add(assignee.agent() == null ? null : assignee.agent().value());
    }
    database
        .sql(
            """
            update task
            set team = now.team, agent = now.agent
            from unnest(
              cast(:kinds as text[]),
              cast(:ids as bigint[]),
              cast(:teams as text[]),
              cast(:agents as bigint[])
            ) as now (kind, id, team, agent)
            where task.subject_kind = now.kind
              and task.subject_id = now.id
              and task.status = 'OPEN'
              and task.responsible
            """)
        .param("kinds", kinds.toArray(String[]::new))
        .param("ids", ids.toArray(Long[]::new))
        .param("teams", assigned.toArray(String[]::new))
        .param("agents", agents.toArray(Long[]::new))
        .update();
  }

  private Completion end(
      TaskId id, Task.Status wanted, Agent by, Function<RunRows.Held, Completion> answer) {
    return group.together(() -> ended(id, wanted, by, answer), ahead(id));
  }

  /// What answering a task reads first.
  GroupCommit.Ahead<TaskId> ahead(TaskId id) {
    return new GroupCommit.Ahead<>(lock, id);
  }

  private void lockAhead(List<TaskId> ids) {
    rows.lockFree(ids).forEach(held -> locked.get().put(held.task().id(), held));
  }

  private Optional<RunRows.Held> locked(TaskId id) {
    if (GroupCommit.isShared()) {
      RunRows.Held ahead = locked.get().remove(id);
      if (ahead == null || hand.isChanged(ahead.run().id())) {
        throw GroupCommit.apart(); // somebody else has it, perhaps in this very transaction
      }
      return Optional.of(ahead);
    }
    Optional<RunRows.Held> held = rows.lock(id);
    if (held.isPresent() && hand.isChanged(held.get().run().id())) {
      hand.flush();
      return rows.lock(id);
    }
    return held;
  }

  private Completion ended(
      TaskId id, Task.Status wanted, Agent by, Function<RunRows.Held, Completion> answer) {
    Optional<RunRows.Held> held = locked(id);
    if (held.isEmpty()) {
      return new Completion.Refused(Reason.UNKNOWN, "There is no task " + id.value() + ".");
    }
    Task task = held.get().task();
    Task.Ending ending = task.progress().ending();
    if (ending == null) {
      return answer.apply(held.get());
    }
    return task.progress().status() == wanted && by.id().equals(ending.by())
        ? new Completion.Done(task)
        : new Completion.Refused(Reason.OUTDATED, ended(task, ending, by));
  }

  private Completion take(RunRows.Held held, Input input, Agent by) {
    Decision.Rejected rejected = stepping.take(hand.hold(held.run()), input, by.actor());
    return rejected == null
        ? new Completion.Done(held.task())
        : new Completion.Refused(
            rejected.reason() == Decision.Reason.WRONG_ANSWERS ? Reason.INVALID : Reason.OUTDATED,
            "This step was not taken: " + rejected.detail() + ".");
  }

  private static String ended(Task task, Task.Ending ending, Agent by) {
    String who = by.id().equals(ending.by()) ? "You have" : ending.name() + " has";
    return switch (task.progress().status()) {
      case DONE -> "%s already done “%s”.".formatted(who, task.title());
      case SKIPPED -> "%s already skipped “%s”.".formatted(who, task.title());
      case WITHDRAWN ->
          "%s ended the workflow; “%s” is no longer to be done.".formatted(who, task.title());
      case OPEN ->
          throw new IllegalStateException("expected a task that has ended, but it is open");
    };
  }

  static Task read(ResultSet row, int number) throws SQLException {
    return new Task(
        new TaskId(row.getLong("id")),
        new Task.Origin(
            new RunId(row.getLong("run")), row.getInt("activation"), row.getString("step")),
        new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
        row.getString("title"),
        new Task.Assignee(row.getString("team"), agent(row, "agent")),
        new Task.Progress(
            Task.Status.valueOf(row.getString("status")),
            row.getObject("opened_at", OffsetDateTime.class).toInstant(),
            instant(row, "due_at"),
            ending(row)));
  }

  private static Task.@Nullable Ending ending(ResultSet row) throws SQLException {
    Instant at = instant(row, "ended_at");
    return at == null
        ? null
        : new Task.Ending(at, agent(row, "ended_by"), row.getString("ended_by_name"));
  }

  private static @Nullable AgentId agent(ResultSet row, String column) throws SQLException {
    Long id = row.getObject(column, Long.class);
    return id == null ? null : new AgentId(id);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
