package dev.evergreen.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be done outside because of a decision. Run and activation together identify it, so
/// that a receiver can tell a repetition.
public sealed interface Effect {
  record OpenTask(int activation, DoStep step, @Nullable Instant dueAt) implements Effect {}

  /// The task is no longer to be done, because the run was canceled.
  record WithdrawTask(int activation) implements Effect {}

  /// Its result comes back as [Input.ActionSucceeded] or [Input.ActionFailed].
  record PerformAction(int activation, String action, Map<String, Object> arguments)
      implements Effect {
    public PerformAction {
      arguments = Map.copyOf(arguments);
    }
  }

  /// The action's result is no longer wanted. It may have been performed already.
  record WithdrawAction(int activation) implements Effect {}

  /// Comes back as [Input.TimerFired] at that time or later. Replaces an earlier one of the same
  /// activation.
  record SetTimer(int activation, Instant at) implements Effect {}

  /// Only for a timer that has not fired.
  record ClearTimer(int activation) implements Effect {}

  /// Any of these events about the run's subject comes back as [Input.EventArrived].
  record Listen(int activation, List<String> events) implements Effect {
    public Listen {
      events = List.copyOf(events);
    }
  }

  record StopListening(int activation) implements Effect {}

  /// The run is over; the outcome of a canceled one is [Definition#CANCELED].
  record Finish(String outcome) implements Effect {}
}
