package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Subject;

/// The id of a run.
public record RunId(long value) {
  public Subject subject() {
    return new Subject("run", value);
  }

  /// The id of elements about this run on a page.
  public String domId() {
    return "run-" + value;
  }
}
