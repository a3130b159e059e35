package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Subject;

/// The id of a run.
public record RunId(long value) {
  static final String SUBJECT_KIND = "run";

  public Subject subject() {
    return new Subject(SUBJECT_KIND, value);
  }

  /// The id of elements about this run on a page.
  public String domId() {
    return "run-" + value;
  }
}
