package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import java.util.List;

/// Who can be given something.
public record Addressees(List<Team> teams, List<Agent> agents) {
  public Addressees {
    teams = List.copyOf(teams);
    agents = List.copyOf(agents);
  }
}
