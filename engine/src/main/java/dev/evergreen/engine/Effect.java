package dev.evergreen.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be done outside because of a decision. Run and activation together identify it, so
/// that a receiver can tell a repetition.
public sealed interface Effect {
  record OpenTask(int activation, DoStep step, @Nullable Instant dueAt) implements Effect {}

  record WithdrawTask(int activation) implements Effect {}

  record PerformAction(int activation, String action, Map<String, Object> arguments)
      implements Effect {
    public PerformAction {
      arguments = Map.copyOf(arguments);
    }
  }

  record SetTimer(int activation, Instant at) implements Effect {}

  record ClearTimer(int activation) implements Effect {}

  record Listen(int activation, List<String> events) implements Effect {
    public Listen {
      events = List.copyOf(events);
    }
  }

  record StopListening(int activation) implements Effect {}

  record Finish(String outcome) implements Effect {}
}
