package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Initials;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person who answers, with what they may. Agents are never deleted, so that history keeps its
/// names; one who left is no longer active and cannot sign in.
///
/// @param teams those that they belong to
public record Agent(
    AgentId id, String name, String email, Role role, Set<TeamId> teams, boolean active) {
  public Agent {
    teams = Set.copyOf(teams);
  }

  /// This agent as the one who does something.
  public Actor actor() {
    return Actor.agent(id.value(), name);
  }

  /// Whether they may do something at all, if only with some tickets.
  public boolean may(Permission permission) {
    return active && role.may(permission);
  }

  public boolean mayEverywhere(Permission permission) {
    return active && role.reach(permission).everywhere();
  }

  /// Whether they may do something with what is given to this team and this agent. What comes with
  /// a task for them is not asked here: finders know it.
  public boolean may(Permission permission, @Nullable TeamId team, @Nullable AgentId agent) {
    var reach = role.reach(permission);
    return active
        && (reach.everywhere()
            || (team != null && reach.teams().contains(team))
            || (reach.own() && (id.equals(agent) || (team != null && teams.contains(team)))));
  }

  public boolean isAdministrator() {
    return may(Permission.ADMINISTER);
  }

  /// At most two letters to stand for a face.
  public String initials() {
    return Initials.of(name);
  }
}
