package dev.evergreen.server.team;

import java.util.List;

/// Somebody to be added: they cannot sign in before they have a password, which they set by an
/// invitation.
public record NewAgent(String name, String email, Role role, List<TeamId> teams) {
  public NewAgent {
    teams = List.copyOf(teams);
  }
}
