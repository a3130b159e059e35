package dev.evergreen.server.ticket;

/// A list of tickets that every agent has. Each is served by an index of its own.
public enum View {
  MINE("agent_id = :agent and status <> 'closed'"),
  UNASSIGNED("agent_id is null and status <> 'closed'"),
  ALL("true"),
  CLOSED("status = 'closed'");

  final String condition;

  View(String condition) {
    this.condition = condition;
  }
}
