package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.Kept;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The teams and who belongs to them.
@Component
public class Teams {
  private final JdbcClient database;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Kept<List<Team>> all = new Kept<>(this::stored);
  private final Map<TeamId, String> keys = new ConcurrentHashMap<>();

  Teams(JdbcClient database, AuditTrail audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  public Optional<Team> withId(TeamId id) {
    return database
        .sql("select id, key, name from team where id = :id")
        .param("id", id.value())
        .query(Teams::read)
        .optional();
  }

  /// The key of a team, which it keeps for ever.
  public Optional<String> keyOf(TeamId id) {
    String known = keys.get(id);
    return known != null
        ? Optional.of(known)
        : withId(id)
            .map(team -> {
              keys.put(id, team.key());
              return team.key();
            });
  }

  public Optional<Team> withKey(String key) {
    return database
        .sql("select id, key, name from team where key = :key")
        .param("key", key)
        .query(Teams::read)
        .optional();
  }

  public List<Team> all() {
    return all.get();
  }

  private List<Team> stored() {
    return database
        .sql("select id, key, name from team order by lower(name), id")
        .query(Teams::read)
        .list();
  }

  /// The teams an agent belongs to.
  public List<Team> of(AgentId agent) {
    return database
        .sql(
            """
            select team.id, team.key, team.name
            from membership
            join team on team.id = membership.team
            where membership.agent = :agent
            order by lower(team.name), team.id
            """)
        .param("agent", agent.value())
        .query(Teams::read)
        .list();
  }

  /// The active agents of a team, by name.
  public List<Agent> members(TeamId team) {
    return database
        .sql(
            """
            select agent_in_role.*
            from membership
            join agent_in_role on agent_in_role.id = membership.agent
            where membership.team = :team and agent_in_role.active
            order by lower(agent_in_role.name), agent_in_role.id
            """)
        .param("team", team.value())
        .query(Agents::read)
        .list();
  }

  @Transactional
  public Outcome<Team> create(String key, String name, Actor by) {
    if (!key.matches("[a-z][a-z0-9-]{0,49}")) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected a key of lower-case letters, digits and hyphens that starts with a letter,"
              + " such as frontline.");
    }
    var title = name.strip();
    if (title.isEmpty() || title.length() > 100) {
      return Outcome.rejected(Reason.INVALID, Agents.NAME_EXPECTED);
    }
    var team =
        database
            .sql(
                """
                insert into team (key, name, created_at)
                values (:key, :name, :now)
                on conflict (key) do nothing
                returning id, key, name
                """)
            .param("key", key)
            .param("name", title)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Teams::read)
            .optional();
    if (team.isEmpty()) {
      return Outcome.rejected(Reason.TAKEN, "There already is a team with the key " + key + ".");
    }
    audit.append(team.get().id().subject(), 0, "team.created", by, Map.of("key", key));
    all.changed();
    return Outcome.accepted(team.get());
  }

  /// Every membership at once, for pages that show everybody.
  Map<AgentId, List<TeamId>> memberships() {
    return database
        .sql("select agent, team from membership order by agent, team")
        .query((row, _) ->
            Map.entry(new AgentId(row.getLong("agent")), new TeamId(row.getLong("team"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /// Makes these the teams of an agent, in the caller's transaction, which records it.
  void place(AgentId agent, List<TeamId> memberOf) {
    database
        .sql(
            """
            with gone as (
              delete from membership
              where agent = :agent and not team = any(:teams))
            insert into membership (team, agent)
            select team.id, :agent
            from team
            where team.id = any(:teams)
            on conflict do nothing
            """)
        .param("agent", agent.value())
        .param("teams", memberOf.stream().map(TeamId::value).toArray(Long[]::new))
        .update();
  }

  private static Team read(ResultSet row, int number) throws SQLException {
    return new Team(new TeamId(row.getLong("id")), row.getString("key"), row.getString("name"));
  }
}
