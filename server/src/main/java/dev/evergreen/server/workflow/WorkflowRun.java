package dev.evergreen.server.workflow;

import dev.evergreen.engine.Run;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One execution of a workflow, as it is stored. It stays on its version.
///
/// @param revision how many events it has had: the revision of its newest ledger entry
/// @param caller the step of another run that waits for this one's end
public record WorkflowRun(
    RunId id,
    Version version,
    Subject subject,
    Run state,
    long revision,
    Moments moments,
    @Nullable Caller caller) {

  /// A visit of a step that calls another workflow.
  public record Caller(RunId run, int activation) {
    String key() {
      return run.value() + "/" + activation;
    }
  }

  /// When it started, and when something last happened in it.
  public record Moments(Instant startedAt, Instant changedAt) {}

  public boolean isFaulted() {
    return state.status() == Run.Status.FAULTED;
  }
}
