package dev.evergreen.server.ticket.retention;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How long closed tickets keep what was said on them. A rule says after how many months, of which
/// team and category; [RetentionRounds] follows the rules once a day.
@Component
public class Retention {
  /// The kind of subject that a rule's round of erasing is about.
  static final String SUBJECT = "retention-rule";

  /// So many tickets a rule takes in one round.
  private static final int ROUND = 1_000;

  private static final int MOST_COUNTED = 10_000;
  private static final int LONGEST_MONTHS = 600;

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final AuditTrail trail;

  Retention(JdbcClient jdbc, DatabaseClock clock, AuditTrail trail) {
    this.jdbc = jdbc;
    this.trail = trail;
    this.clock = clock;
  }

  /// @param team null for every team and none
  /// @param category empty for every category
  public record Rule(
      long id, int months, @Nullable TeamId team, @Nullable String teamName, String category) {
    /// `Closed for more than 24 months, of Frontline, about refund`
    public String words() {
      return "Closed for more than %d %s%s%s"
          .formatted(
              months,
              months == 1 ? "month" : "months",
              teamName == null ? "" : ", of " + teamName,
              category.isEmpty() ? "" : ", about " + category);
    }
  }

  public List<Rule> rules() {
    return jdbc.sql(
            """
            select retention_rule.*, team.name as team_name
            from retention_rule
            left join team on team.id = retention_rule.team
            order by retention_rule.id
            """)
        .query(Retention::read)
        .list();
  }

  @Transactional
  public Outcome<Rule> add(int months, @Nullable TeamId team, String category, Actor by) {
    if (months < 1 || months > LONGEST_MONTHS || category.length() > 60) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a number of months from 1 to " + LONGEST_MONTHS + ".");
    }
    var id =
        jdbc.sql(
                """
                insert into retention_rule (months, team, category, made_at, made_by_name)
                values (:months, cast(:team as bigint), :category, :now, :name)
                returning id
                """)
            .param("months", months)
            .param("team", team == null ? null : team.value())
            .param("category", category.strip())
            .param("now", TicketRows.stored(clock.instant()))
            .param("name", by.name())
            .query(Long.class)
            .single();
    trail.append(
        new Subject("setting", id), 1, "retention.rule-added", by, Map.of("months", months));
    return Outcome.accepted(rule(id).orElseThrow());
  }

  @Transactional
  public void remove(long id, Actor by) {
    jdbc.sql("delete from retention_rule where id = :id").param("id", id).update();
    trail.append(new Subject("setting", id), 2, "retention.rule-removed", by, Map.of());
  }

  Optional<Rule> rule(long id) {
    return jdbc.sql(
            """
            select retention_rule.*, team.name as team_name
            from retention_rule
            left join team on team.id = retention_rule.team
            where retention_rule.id = :id
            """)
        .param("id", id)
        .query(Retention::read)
        .optional();
  }

  /// How many tickets a rule would take now, counted up to ten thousand.
  public int count(Rule rule) {
    return jdbc.sql(
            """
            select count(*) from (
              select from ticket
              where status = 'closed'
                and erased_at is null
                and closed_at < :before
                and (cast(:team as bigint) is null or team_id = :team)
                and (:category = '' or category = :category)
              limit :most) as found
            """)
        .params(parameters(rule, MOST_COUNTED))
        .query(Integer.class)
        .single();
  }

  /// The tickets that a rule takes in its next round, those closed longest first.
  List<TicketId> due(long id) {
    return rule(id)
        .map(rule ->
            jdbc.sql(
                    """
                    select id from ticket
                    where status = 'closed'
                      and erased_at is null
                      and closed_at < :before
                      and (cast(:team as bigint) is null or team_id = :team)
                      and (:category = '' or category = :category)
                    order by closed_at
                    limit :most
                    """)
                .params(parameters(rule, ROUND))
                .query((row, _) -> new TicketId(row.getLong("id")))
                .list())
        .orElse(List.of());
  }

  private Map<String, @Nullable Object> parameters(Rule rule, int most) {
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("before", TicketRows.stored(before(rule)));
    parameters.put("team", rule.team() == null ? null : rule.team().value());
    parameters.put("category", rule.category());
    parameters.put("most", most);
    return parameters;
  }

  private Instant before(Rule rule) {
    return clock.instant().atOffset(ZoneOffset.UTC).minusMonths(rule.months()).toInstant();
  }

  private static Rule read(ResultSet row, int number) throws SQLException {
    @Nullable Long team = row.getObject("team", Long.class);
    return new Rule(
        row.getLong("id"),
        row.getInt("months"),
        team == null ? null : new TeamId(team),
        row.getString("team_name"),
        row.getString("category"));
  }
}
