package dev.evergreen.server.team;

import dev.evergreen.server.platform.Subject;

/// The id of an agent.
public record AgentId(long value) {
  public Subject subject() {
    return new Subject("agent", value);
  }

  /// The id of elements about this agent on a page.
  public String domId() {
    return "agent-" + value;
  }
}
