package dev.evergreen.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened in a run. Events record the branch taken and the instants computed, so that replay
/// looks nothing up and needs no facts.
public sealed interface Event {

  /// What happened to one visit of one step.
  sealed interface OfActivation extends Event {
    int activation();
  }

  record RunStarted(String workflow, int version) implements Event {}

  record TaskOpened(int activation, String step, @Nullable Instant dueAt) implements OfActivation {}

  record TaskCompleted(int activation, Map<String, Object> answers, String by)
      implements OfActivation {
    public TaskCompleted {
      answers = Map.copyOf(answers);
    }
  }

  record TaskSkipped(int activation, String reason, String by) implements OfActivation {}

  record TaskWithdrawn(int activation) implements OfActivation {}

  record ActionRequested(int activation, String step, String action, Map<String, Object> arguments)
      implements OfActivation {
    public ActionRequested {
      arguments = Map.copyOf(arguments);
    }
  }

  /// @param outcome the part of the action's outcome that the definition declares as run data
  record ActionSucceeded(int activation, Map<String, Object> outcome) implements OfActivation {
    public ActionSucceeded {
      outcome = Map.copyOf(outcome);
    }
  }

  record ActionWithdrawn(int activation) implements OfActivation {}

  /// @param branch counted from 0; [#NONE] when no condition held and the run went on
  record BranchTaken(int activation, String step, int branch) implements OfActivation {
    public static final int NONE = -1;
  }

  /// @param round counted from 1
  record RoundBegan(int activation, String step, int round) implements OfActivation {}

  /// @param exhausted whether the last round was over before the condition held
  record RoundsEnded(int activation, boolean exhausted) implements OfActivation {}

  record WaitBegan(int activation, String step, List<String> events, Instant until)
      implements OfActivation {
    public WaitBegan {
      events = List.copyOf(events);
    }
  }

  /// One of the events that were waited for came.
  record WaitMet(int activation, String event) implements OfActivation {}

  /// The time passed.
  record WaitEnded(int activation) implements OfActivation {}

  record WaitWithdrawn(int activation) implements OfActivation {}

  record FaultRaised(int activation, String step, String problem) implements OfActivation {}

  /// A person had the step tried again; what came of it follows.
  record FaultCleared(int activation, String by) implements OfActivation {}

  /// A person had the run go on after the step that could not.
  record FaultSkipped(int activation, String reason, String by) implements OfActivation {}

  /// Something came for what was no longer open, or did not fit it; nothing changes but the record
  /// of it.
  record Ignored(String what) implements Event {}

  record RunEnded(String outcome) implements Event {}

  record RunCanceled(String reason, @Nullable String by) implements Event {}
}
