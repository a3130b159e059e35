package dev.evergreen.server.ticket.reopening;

import dev.evergreen.server.team.TeamId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What each team does with closed tickets whose customers write again. A team that has not said
/// does what everybody does, and everybody opens them again until somebody says otherwise.
@Component
public class ReopenPolicies {
  private final JdbcClient jdbc;

  ReopenPolicies(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What holds for a ticket of this team, or of none.
  public ReopenPolicy of(@Nullable TeamId team) {
    return jdbc.sql(
            """
            select days from reopen_policy
            where team_id is null or team_id = cast(:team as bigint)
            order by team_id nulls last
            limit 1
            """)
        .param("team", team == null ? null : team.value())
        .query((row, _) -> policy(row.getObject("days", Integer.class)))
        .optional()
        .orElseGet(ReopenPolicy.Always::new);
  }

  /// What has been said for everybody, if anything has.
  public Optional<ReopenPolicy> general() {
    return jdbc.sql("select days from reopen_policy where team_id is null")
        .query((row, _) -> policy(row.getObject("days", Integer.class)))
        .optional();
  }

  /// What single teams have said.
  public Map<TeamId, ReopenPolicy> ofTeams() {
    var policies = new HashMap<TeamId, ReopenPolicy>();
    jdbc.sql("select team_id, days from reopen_policy where team_id is not null")
        .query((row, _) ->
            Map.entry(
                new TeamId(row.getLong("team_id")), policy(row.getObject("days", Integer.class))))
        .list()
        .forEach(one -> policies.put(one.getKey(), one.getValue()));
    return policies;
  }

  /// Says what holds for a team, or with null for everybody who has not said; an empty policy is
  /// that a team does what everybody does.
  @Transactional
  public void set(@Nullable TeamId team, Optional<ReopenPolicy> policy) {
    jdbc.sql("delete from reopen_policy where team_id is not distinct from cast(:team as bigint)")
        .param("team", team == null ? null : team.value())
        .update();
    policy.ifPresent(wanted ->
        jdbc.sql("insert into reopen_policy (team_id, days) values (:team, :days)")
            .param("team", team == null ? null : team.value())
            .param("days", days(wanted))
            .update());
  }

  /// Stored as days: none at all for always, zero for never.
  private static @Nullable Integer days(ReopenPolicy policy) {
    return switch (policy) {
      case ReopenPolicy.Always _ -> null;
      case ReopenPolicy.Never _ -> 0;
      case ReopenPolicy.Within(int days) -> days;
    };
  }

  private static ReopenPolicy policy(@Nullable Integer days) {
    if (days == null) {
      return new ReopenPolicy.Always();
    }
    return days == 0 ? new ReopenPolicy.Never() : new ReopenPolicy.Within(days);
  }
}
