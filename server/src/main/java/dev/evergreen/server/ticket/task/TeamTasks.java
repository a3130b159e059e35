package dev.evergreen.server.ticket.task;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Gives tasks to teams and colleagues, and says what became of them. Who is asked is told at once,
/// and again with whoever asked when it is late; whoever asked is told how it ended. Which tasks
/// exist for somebody is said by [VisibleTeamTasks].
@Component
public class TeamTasks implements DueReaction {
  private static final String KIND = "ticket.team-task";
  private static final int LONGEST = 2_000;
  private static final Duration FARTHEST = Duration.ofDays(731);

  private static final String COUNTED =
      """
      update ticket
      set
        open_team_tasks = nullif(
          (select count(*) from team_task where ticket_id = :id and state = 'open'), 0),
        has_beside = true,
        updated_at = :at,
        revision = revision + 1
      where id = :id
      returning *
      """;

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final Due due;
  private final Teams teams;
  private final Agents agents;
  private final DatabaseClock clock;

  TeamTasks(
      JdbcClient jdbc,
      TicketWriting writing,
      Due due,
      Teams teams,
      Agents agents,
      DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.due = due;
    this.teams = teams;
    this.agents = agents;
    this.clock = clock;
  }

  /// Gives a task on a ticket, which the caller has found for whoever gives it. Asked twice for one
  /// effect, it is given once.
  @Transactional
  public Outcome<TeamTaskId> give(TicketId ticket, NewTeamTask task, Actor by) {
    var now = clock.instant();
    var text = task.text().strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected what is to be done, in 1 to 2,000 letters.");
    }
    if (!isSomebody(task)) {
      return Outcome.rejected(Reason.INVALID, "Expected a team or a colleague who is to do it.");
    }
    var dueAt = task.dueAt();
    if (dueAt != null && (!dueAt.isAfter(now) || dueAt.isAfter(now.plus(FARTHEST)))) {
      return Outcome.rejected(Reason.INVALID, "Expected a day that lies ahead, within two years.");
    }
    var locked = writing.locked(ticket);
    if (locked.isClosed()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Ticket %s is closed; reopen it before you give tasks.".formatted(ticket));
    }
    var given = insert(ticket, task, text, by);
    if (given.isEmpty()) {
      return Outcome.accepted(withEffect(String.valueOf(task.effect())));
    }
    var id = given.get();
    if (dueAt != null) {
      due.set(KIND, "" + id.value(), dueAt, Map.of());
    }
    tell(get(id), "ticket.task-given", by, "", asked(get(id)));
    return Outcome.accepted(id);
  }

  private boolean isSomebody(NewTeamTask task) {
    var team = task.team();
    var agent = task.agent();
    return (team != null || agent != null)
        && (team == null || teams.withId(team).isPresent())
        && (agent == null || agents.withId(agent).filter(Agent::active).isPresent());
  }

  private Optional<TeamTaskId> insert(TicketId ticket, NewTeamTask task, String text, Actor by) {
    var team = task.team();
    var agent = task.agent();
    var dueAt = task.dueAt();
    return jdbc.sql(
            """
            insert into team_task
              (ticket_id, text, team_id, agent_id, due_at, by_id, by_name, given_at, effect)
            values (
              :ticket,
              :text,
              cast(:team as bigint),
              cast(:agent as bigint),
              cast(:due as timestamptz),
              cast(:by as bigint),
              :name,
              :now,
              cast(:effect as text))
            on conflict (effect) do nothing
            returning id
            """)
        .params(
            parameters(
                "ticket",
                ticket.value(),
                "text",
                text,
                "team",
                team == null ? null : team.value(),
                "agent",
                agent == null ? null : agent.value(),
                "due",
                dueAt == null ? null : TicketRows.stored(dueAt),
                "by",
                by.kind().equals("agent") ? by.id() : null,
                "name",
                by.name(),
                "now",
                TicketRows.stored(clock.instant()),
                "effect",
                task.effect()))
        .query((row, _) -> new TeamTaskId(row.getLong("id")))
        .optional();
  }

  private TeamTaskId withEffect(String effect) {
    return jdbc.sql("select id from team_task where effect = :effect")
        .param("effect", effect)
        .query((row, _) -> new TeamTaskId(row.getLong("id")))
        .single();
  }

  /// It is done; the note may be empty.
  @Transactional
  public Outcome<TeamTask> done(TeamTaskId id, String note, Agent by) {
    return ended(id, TeamTask.State.DONE, note, by);
  }

  /// It is not going to be done, and why.
  @Transactional
  public Outcome<TeamTask> decline(TeamTaskId id, String note, Agent by) {
    return note.isBlank()
        ? Outcome.rejected(Reason.INVALID, "Expected why it is declined, for whoever asked.")
        : ended(id, TeamTask.State.DECLINED, note, by);
  }

  /// It is no longer wanted.
  @Transactional
  public Outcome<TeamTask> withdraw(TeamTaskId id, Agent by) {
    return ended(id, TeamTask.State.WITHDRAWN, "", by);
  }

  private Outcome<TeamTask> ended(TeamTaskId id, TeamTask.State state, String note, Agent by) {
    var said = note.strip();
    if (said.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, "Expected a note of at most 2,000 letters.");
    }
    writing.locked(get(id).ticket());
    var task = get(id);
    if (!task.isOpen()) {
      return Outcome.rejected(
          Reason.OUTDATED, "This task is no longer open; somebody was faster. Look at it.");
    }
    jdbc.sql(
            """
            update team_task
            set state = :state, note = :note, ended_by = :by, ended_at = :now
            where id = :id
            """)
        .param("state", state.name().toLowerCase(java.util.Locale.ROOT))
        .param("note", said)
        .param("by", by.name())
        .param("now", TicketRows.stored(clock.instant()))
        .param("id", id.value())
        .update();
    due.clear(KIND, "" + id.value());
    var giver = task.giving().agent();
    tell(
        get(id),
        "ticket.task-" + state.name().toLowerCase(java.util.Locale.ROOT),
        by.actor(),
        said,
        state == TeamTask.State.WITHDRAWN ? asked(task) : giver == null ? Set.of() : Set.of(giver));
    return Outcome.accepted(get(id));
  }

  @Override
  public String kind() {
    return KIND;
  }

  /// It was wanted by now.
  @Override
  public void fire(Due.Item item) {
    var found = VisibleTeamTasks.withId(jdbc, new TeamTaskId(Long.parseLong(item.key())));
    if (found.isEmpty()) {
      return;
    }
    writing.locked(found.get().ticket());
    var task = get(found.get().id());
    if (task.isOpen()) {
      var told = new LinkedHashSet<>(asked(task));
      @Nullable AgentId giver = task.giving().agent();
      if (giver != null) {
        told.add(giver);
      }
      tell(task, "ticket.task-late", Actor.SYSTEM, "", told);
    }
  }

  private TeamTask get(TeamTaskId id) {
    return VisibleTeamTasks.withId(jdbc, id)
        .orElseThrow(() -> new IllegalStateException("expected team task " + id.value()));
  }

  /// The person who is asked, or everybody of the team.
  private Set<AgentId> asked(TeamTask task) {
    var agent = task.to().agent();
    var team = task.to().team();
    if (agent != null) {
      return Set.of(agent);
    }
    var members = new LinkedHashSet<AgentId>();
    if (team != null) {
      teams.members(team).forEach(member -> members.add(member.id()));
    }
    return members;
  }

  private void tell(TeamTask task, String kind, Actor by, String note, Set<AgentId> told) {
    var data = new HashMap<String, Object>();
    data.put("task", task.id().value());
    data.put("text", task.text());
    data.put("to", task.to().shown());
    data.put("tell", List.copyOf(told).stream().map(AgentId::value).toList());
    if (!note.isEmpty()) {
      data.put("note", note);
    }
    writing.append(
        writing.update(COUNTED, task.ticket(), Map.of("at", TicketRows.stored(clock.instant()))),
        kind,
        by,
        data);
  }
}
