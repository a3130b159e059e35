package dev.evergreen.server.team;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The finder of the roster: for anybody but an administrator there is none.
@Component
public class Rosters {
  private final JdbcClient database;
  private final Agents agents;
  private final Teams teams;
  private final PasswordLinks links;
  private final SecondSteps steps;
  private final Roles roles;

  Rosters(
      JdbcClient database,
      Agents agents,
      Teams teams,
      PasswordLinks links,
      SecondSteps steps,
      Roles roles) {
    this.database = database;
    this.agents = agents;
    this.teams = teams;
    this.links = links;
    this.steps = steps;
    this.roles = roles;
  }

  public Optional<Roster> visibleTo(Agent viewer) {
    return viewer.isAdministrator() ? Optional.of(load()) : Optional.empty();
  }

  private Roster load() {
    var all = teams.all();
    var memberships = teams.memberships();
    var invited = links.invited();
    var withPassword = withPassword();
    var withSecondStep = steps.owners();
    var entries =
        agents.all().stream()
            .map(agent -> {
              var of = memberships.getOrDefault(agent.id(), List.of());
              return new Roster.Entry(
                  agent,
                  all.stream().filter(team -> of.contains(team.id())).toList(),
                  standing(agent, withPassword, invited),
                  withSecondStep.contains(agent.id()));
            })
            .toList();
    return new Roster(entries, all, roles.offered());
  }

  private static Roster.Standing standing(
      Agent agent, Set<AgentId> withPassword, Set<AgentId> invited) {
    if (!agent.active()) {
      return Roster.Standing.LEFT;
    }
    if (withPassword.contains(agent.id())) {
      return Roster.Standing.ACTIVE;
    }
    return invited.contains(agent.id()) ? Roster.Standing.INVITED : Roster.Standing.UNINVITED;
  }

  private Set<AgentId> withPassword() {
    return database
        .sql("select id from agent where password is not null")
        .query((row, _) -> new AgentId(row.getLong("id")))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }
}
