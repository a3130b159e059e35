package dev.evergreen.server.workflow;

/// The id of a task.
public record TaskId(long value) {
  /// The id of elements about this task on a page.
  public String domId() {
    return "task-" + value;
  }
}
