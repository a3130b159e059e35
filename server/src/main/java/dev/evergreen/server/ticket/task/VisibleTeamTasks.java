package dev.evergreen.server.ticket.task;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Sight;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.Tickets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds the team tasks that exist for an agent: those on tickets that exist for them. A ticket
/// with a task for somebody or for their team exists for them, see [Tickets#visibleTo].
@Component
public class VisibleTeamTasks {
  private static final int MOST_ON_TICKET = 100;

  private static final String FOUND =
      """
      select
        team_task.*,
        coalesce(team.name, '') as team_name,
        coalesce(agent.name, '') as agent_name,
        ticket.subject
      from team_task
      join ticket on ticket.id = team_task.ticket_id
      left join team on team.id = team_task.team_id
      left join agent on agent.id = team_task.agent_id
      """;

  private final JdbcClient jdbc;
  private final Tickets tickets;

  VisibleTeamTasks(JdbcClient jdbc, Tickets tickets) {
    this.jdbc = jdbc;
    this.tickets = tickets;
  }

  /// Which tasks a list is about.
  public enum Part {
    /// For me alone, or for a team of mine and nobody of it.
    MINE(
        """
        team_task.state = 'open'
        and (team_task.agent_id = :me
          or team_task.agent_id is null
            and team_task.team_id in (select team from membership where agent = :me))
        """),
    TEAM(
        """
        team_task.state = 'open'
        and team_task.team_id in (select team from membership where agent = :me)
        """),
    GIVEN("team_task.state = 'open' and team_task.by_id = :me"),
    ALL("team_task.state = 'open'"),
    ENDED("team_task.state <> 'open'");

    private final String condition;

    Part(String condition) {
      this.condition = condition;
    }

    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Part> of(String key) {
      return java.util.Arrays.stream(values()).filter(part -> part.key().equals(key)).findFirst();
    }
  }

  /// A task with what its ticket is about.
  public record Row(TeamTask task, String subject) {}

  /// Where a page ends. Open tasks stand in the order in which they are wanted, those that ended in
  /// the order in which they did, the last one first.
  public record Cursor(String place, long id) {
    static final String NEVER = "infinity";

    @Override
    public String toString() {
      return place + "_" + id;
    }

    /// Reads what [#toString] wrote; empty for anything else.
    public static Optional<Cursor> of(String text) {
      int bar = text.indexOf('_');
      if (bar < 0 || !text.substring(bar + 1).matches("\\d{1,18}")) {
        return Optional.empty();
      }
      var place = text.substring(0, bar);
      try {
        return Optional.of(
            new Cursor(
                place.equals(NEVER) ? NEVER : Instant.parse(place).toString(),
                Long.parseLong(text.substring(bar + 1))));
      } catch (java.time.DateTimeException _) {
        return Optional.empty();
      }
    }
  }

  public record Page(List<Row> rows, @Nullable Cursor next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /// One page, at most `rows` long. Reading on costs the same at any depth.
  public Page page(Part part, @Nullable Cursor after, int rows, Agent reader) {
    boolean ended = part == Part.ENDED;
    var place = ended ? "team_task.ended_at" : "coalesce(team_task.due_at, 'infinity')";
    var way = ended ? " desc" : " asc";
    var sight = tickets.visibleTo(reader).sight();
    var parameters = new HashMap<String, Object>(sight.parameters());
    parameters.put("me", reader.id().value());
    parameters.put("limit", rows + 1);
    if (after != null) {
      parameters.put("place", after.place());
      parameters.put("last", after.id());
    }
    var found =
        jdbc.sql(
                FOUND
                    + "where %s and %s and %s order by %s%s, team_task.id%s limit :limit"
                        .formatted(
                            part.condition,
                            sight.condition(),
                            after == null
                                ? "true"
                                : "(%s, team_task.id) %s (cast(:place as timestamptz), :last)"
                                    .formatted(place, ended ? "<" : ">"),
                            place,
                            way,
                            way))
            .params(parameters)
            .query((row, _) -> new Row(read(row), row.getString("subject")))
            .list();
    if (found.size() <= rows) {
      return new Page(found, null);
    }
    var last = found.get(rows - 1).task();
    return new Page(found.subList(0, rows), new Cursor(placeOf(last, ended), last.id().value()));
  }

  private static String placeOf(TeamTask task, boolean ended) {
    var ending = task.ending();
    var at = ended && ending != null ? ending.at() : task.dueAt();
    return at == null ? Cursor.NEVER : at.toString();
  }

  /// A task that exists for this agent, with what its ticket is about.
  public Optional<Row> get(TeamTaskId id, Agent reader) {
    Sight sight = tickets.visibleTo(reader).sight();
    return jdbc.sql(FOUND + "where team_task.id = :id and " + sight.condition())
        .params(sight.parameters())
        .param("id", id.value())
        .query((row, _) -> new Row(read(row), row.getString("subject")))
        .optional();
  }

  /// Those of a ticket found for whoever looks, and of what lives on in it: the open ones as they
  /// are wanted, then what ended.
  public List<TeamTask> of(TicketId ticket) {
    return jdbc.sql(
            FOUND
                + """
                where team_task.ticket_id in (
                  select :ticket
                  union all
                  select ticket_id from merge where into_id = :ticket)
                order by
                  team_task.state <> 'open',
                  team_task.ended_at desc,
                  team_task.due_at,
                  team_task.id
                limit :most
                """)
        .param("ticket", ticket.value())
        .param("most", MOST_ON_TICKET)
        .query((row, _) -> read(row))
        .list();
  }

  static Optional<TeamTask> withId(JdbcClient jdbc, TeamTaskId id) {
    return jdbc.sql(FOUND + "where team_task.id = :id")
        .param("id", id.value())
        .query((row, _) -> read(row))
        .optional();
  }

  private static TeamTask read(ResultSet row) throws SQLException {
    @Nullable Long team = row.getObject("team_id", Long.class);
    @Nullable Long agent = row.getObject("agent_id", Long.class);
    @Nullable Long by = row.getObject("by_id", Long.class);
    @Nullable OffsetDateTime dueAt = row.getObject("due_at", OffsetDateTime.class);
    var state = TeamTask.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    return new TeamTask(
        new TeamTaskId(row.getLong("id")),
        new TicketId(row.getLong("ticket_id")),
        row.getString("text"),
        new TeamTask.Addressee(
            team == null ? null : new TeamId(team),
            row.getString("team_name"),
            agent == null ? null : new AgentId(agent),
            row.getString("agent_name")),
        new TeamTask.Giving(
            by == null ? null : new AgentId(by),
            row.getString("by_name"),
            TicketRows.at(row, "given_at")),
        dueAt == null ? null : dueAt.toInstant(),
        state == TeamTask.State.OPEN
            ? null
            : new TeamTask.Ending(
                state,
                row.getString("ended_by"),
                TicketRows.at(row, "ended_at"),
                row.getString("note")));
  }
}
