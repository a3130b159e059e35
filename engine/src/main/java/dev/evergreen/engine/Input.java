package dev.evergreen.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run is asked to take in. `activation` numbers one visit of one step in one run.
public sealed interface Input {
  record Start() implements Input {}

  record TaskCompleted(int activation, DoStep.Answers answers, String by) implements Input {}

  record TaskSkipped(int activation, String reason, String by) implements Input {}

  record ActionSucceeded(int activation, Map<String, Object> outcome) implements Input {
    public ActionSucceeded {
      outcome = Map.copyOf(outcome);
    }
  }

  record ActionFailed(int activation, String problem) implements Input {}

  record EventArrived(int activation, String event, Map<String, Object> data) implements Input {
    public EventArrived {
      data = Map.copyOf(data);
    }
  }

  record TimerFired(int activation) implements Input {}

  /// Tries again what stopped the run with a fault.
  record Retry(int activation, String by) implements Input {}

  record Cancel(String reason, @Nullable String by) implements Input {}
}
