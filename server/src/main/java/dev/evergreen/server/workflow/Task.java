package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A step that waits for a person.
public record Task(
    TaskId id, Origin origin, Subject subject, String title, Assignee assignee, Progress progress) {

  /// Which visit of which step of which run it is.
  ///
  /// @param step the id of the step in the run's version
  public record Origin(RunId run, int activation, String step) {}

  /// Whom it is asked of. Both may be absent, when nobody is responsible yet.
  ///
  /// @param team the key of a team
  public record Assignee(@Nullable String team, @Nullable AgentId agent) {}

  public record Progress(
      Status status, Instant openedAt, @Nullable Instant dueAt, @Nullable Ending ending) {}

  public enum Status {
    OPEN,
    DONE,
    SKIPPED,
    /// No longer to be done, because the run was ended.
    WITHDRAWN
  }

  /// Who ended it, and when.
  public record Ending(Instant at, @Nullable AgentId by, String name) {}

  public boolean isOpen() {
    return progress.status() == Status.OPEN;
  }
}
