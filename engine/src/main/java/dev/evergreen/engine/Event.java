package dev.evergreen.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened in a run. Events record the branch taken and the instants computed, so that replay
/// looks nothing up and needs no facts.
public sealed interface Event {
  record RunStarted(String workflow, int version) implements Event {}

  record TaskOpened(int activation, String step, @Nullable Instant dueAt) implements Event {}

  record TaskCompleted(int activation, Map<String, Object> answers, String by) implements Event {
    public TaskCompleted {
      answers = Map.copyOf(answers);
    }
  }

  record TaskSkipped(int activation, String reason, String by) implements Event {}

  record TaskWithdrawn(int activation) implements Event {}

  record ActionRequested(int activation, String step, String action, Map<String, Object> arguments)
      implements Event {
    public ActionRequested {
      arguments = Map.copyOf(arguments);
    }
  }

  record ActionSucceeded(int activation, Map<String, Object> outcome) implements Event {
    public ActionSucceeded {
      outcome = Map.copyOf(outcome);
    }
  }

  record BranchTaken(int activation, String step, int branch) implements Event {}

  record RoundBegan(int activation, String step, int round) implements Event {}

  record RoundsEnded(int activation, boolean exhausted) implements Event {}

  record WaitBegan(int activation, String step, List<String> events, Instant until)
      implements Event {
    public WaitBegan {
      events = List.copyOf(events);
    }
  }

  record WaitMet(int activation, String event) implements Event {}

  record WaitEnded(int activation) implements Event {}

  record FaultRaised(int activation, String step, String problem) implements Event {}

  record FaultCleared(int activation, String by) implements Event {}

  /// Something came for what was no longer open; nothing changes but the record of it.
  record Ignored(String what) implements Event {}

  record RunEnded(String outcome) implements Event {}

  record RunCanceled(String reason, @Nullable String by) implements Event {}
}
