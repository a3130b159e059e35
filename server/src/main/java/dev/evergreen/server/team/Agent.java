package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Initials;

/// A person who answers. Agents are never deleted, so that history keeps its names; one who left is
/// no longer active and cannot sign in.
public record Agent(AgentId id, String name, String email, Role role, boolean active) {
  /// This agent as the one who does something.
  public Actor actor() {
    return Actor.agent(id.value(), name);
  }

  public boolean isAdministrator() {
    return active && role == Role.ADMINISTRATOR;
  }

  /// At most two letters to stand for a face.
  public String initials() {
    return Initials.of(name);
  }
}
