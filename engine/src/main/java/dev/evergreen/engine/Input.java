package dev.evergreen.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run is asked to take in.
public sealed interface Input {

  /// What concerns one visit of one step, by the number that the visit was given in its run.
  sealed interface OfActivation extends Input {
    int activation();
  }

  record Start() implements Input {}

  record TaskCompleted(int activation, DoStep.Answers answers, String by) implements OfActivation {}

  record TaskSkipped(int activation, String reason, String by) implements OfActivation {}

  record ActionSucceeded(int activation, Map<String, Object> outcome) implements OfActivation {
    public ActionSucceeded {
      outcome = Map.copyOf(outcome);
    }
  }

  record ActionFailed(int activation, String problem) implements OfActivation {}

  record EventArrived(int activation, String event, Map<String, Object> data)
      implements OfActivation {
    public EventArrived {
      data = Map.copyOf(data);
    }
  }

  record TimerFired(int activation) implements OfActivation {}

  /// Tries again what stopped the run with a fault.
  record Retry(int activation, String by) implements OfActivation {}

  /// Goes on after the step that stopped the run with a fault, as if it had been done.
  record SkipFault(int activation, String reason, String by) implements OfActivation {}

  record Cancel(String reason, @Nullable String by) implements Input {}
}
