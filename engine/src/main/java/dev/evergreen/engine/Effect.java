package dev.evergreen.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be done outside because of a decision. Run and activation together identify it, so
/// that a receiver can tell a repetition.
///
/// What has come to its end outside (a completed task, a fired timer, an answered question) is gone
/// there without an effect that takes it away.
public sealed interface Effect {

  /// Replaces an earlier one of the same activation.
  record OpenTask(int activation, DoStep step, @Nullable Instant dueAt) implements Effect {}

  record ReassignTask(int activation, DoStep.Assignee to) implements Effect {}

  /// The task is no longer to be done.
  record WithdrawTask(int activation) implements Effect {}

  /// Its result comes back as [Input.ActionSucceeded] or [Input.Failed]. Asked for again after a
  /// failure under the same activation, because it may have been performed all the same.
  record PerformAction(int activation, String action, Map<String, Object> arguments)
      implements Effect {
    public PerformAction {
      arguments = Map.copyOf(arguments);
    }
  }

  /// The action's result is no longer wanted. It may have been performed already.
  record WithdrawAction(int activation) implements Effect {}

  /// What the customer answers comes back as [Input.Answered].
  ///
  /// @param attempt counted from 1
  record AskCustomer(int activation, AskStep step, int attempt) implements Effect {}

  /// An answer is no longer expected.
  record WithdrawQuestion(int activation) implements Effect {}

  /// Comes back as [Input.TimerFired] at that time or later. Replaces an earlier one of the same
  /// activation.
  record SetTimer(int activation, Instant at) implements Effect {}

  /// Only for a timer that has not fired.
  record ClearTimer(int activation) implements Effect {}

  /// Any of these events about the run's subject comes back as [Input.EventArrived]. Replaces an
  /// earlier one of the same activation.
  ///
  /// @param since the id of a step: what has happened since the run last began that step counts
  ///   too, if it ever did; null when only what comes from now on counts
  record Listen(int activation, List<String> events, @Nullable String since) implements Effect {
    public Listen {
      events = List.copyOf(events);
    }
  }

  record StopListening(int activation) implements Effect {}

  /// The end of the run that is started comes back as [Input.RunFinished].
  record StartRun(int activation, String workflow, Map<String, Object> data) implements Effect {
    public StartRun {
      data = Map.copyOf(data);
    }
  }

  /// The run that was started is to be canceled.
  record CancelRun(int activation) implements Effect {}

  /// The run is over; the outcome of a canceled one is [Definition#CANCELED].
  record Finish(String outcome) implements Effect {}
}
