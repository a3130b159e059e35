package dev.evergreen.server.ticket.task;

/// Number of a team task.
public record TeamTaskId(long value) {
  public String domId() {
    return "team-task-" + value;
  }
}
