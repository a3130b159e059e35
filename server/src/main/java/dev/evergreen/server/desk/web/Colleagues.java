package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The teams and agents of one page: read when first asked for, then known to all of its regions.
public final class Colleagues implements Happening.Names {
  private final Teams storedTeams;
  private final Agents storedAgents;
  private @Nullable List<Team> teams;
  private @Nullable List<Agent> agents;

  public Colleagues(Teams teams, Agents agents) {
    storedTeams = teams;
    storedAgents = agents;
  }

  List<Team> teams() {
    if (teams == null) {
      teams = storedTeams.all();
    }
    return teams;
  }

  /// Those who still work here.
  List<Agent> agents() {
    if (agents == null) {
      agents = storedAgents.active();
    }
    return agents;
  }

  @Override
  public String team(long id) {
    return teams().stream()
        .filter(team -> team.id().value() == id)
        .findAny()
        .map(Team::name)
        .orElse("a team");
  }

  @Override
  public String agent(long id) {
    return agents().stream()
        .filter(agent -> agent.id().value() == id)
        .findAny()
        .or(() -> storedAgents.withId(new AgentId(id)))
        .map(Agent::name)
        .orElse("somebody");
  }
}
