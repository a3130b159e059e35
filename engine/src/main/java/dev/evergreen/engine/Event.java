package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
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

  /// What says of a visit which step it is of, and inside of which open scope: another visit, or 0
  /// for the run.
  sealed interface OfStep extends OfActivation {
    int scope();

    String step();
  }

  /// @param data what the run was started with
  record RunStarted(String workflow, int version, Map<String, Object> data) implements Event {
    public RunStarted {
      data = Map.copyOf(data);
    }
  }

  record TaskOpened(int activation, int scope, String step, @Nullable Instant dueAt)
      implements OfStep {}

  record TaskReassigned(int activation, DoStep.Assignee to, String by) implements OfActivation {}

  /// @param evidence a reference to what proves it
  record TaskCompleted(
      int activation, Map<String, Object> answers, @Nullable String evidence, String by)
      implements OfActivation {
    public TaskCompleted {
      answers = Map.copyOf(answers);
    }
  }

  /// @param attempt counted from 1
  record ActionRequested(
      int activation,
      int scope,
      String step,
      String action,
      Map<String, Object> arguments,
      int attempt)
      implements OfStep {
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

  /// An attempt failed that is not the last.
  record ActionFailed(int activation, String problem, Instant retryAt) implements OfActivation {}

  /// @param attempt counted from 1
  record QuestionAsked(int activation, int scope, String step, int attempt, Instant until)
      implements OfStep {}

  /// The customer answered something else than what was asked for.
  record AnswerRefused(int activation, String problem) implements OfActivation {}

  record QuestionAnswered(int activation, Map<String, Object> answer) implements OfActivation {
    public QuestionAnswered {
      answer = Map.copyOf(answer);
    }
  }

  /// No answer that fits came in time, or in as many attempts as there are.
  record QuestionEnded(int activation) implements OfActivation {}

  /// @param rule counted from 0; [BranchTaken#NONE] when no rule applied
  /// @param set the run data that the rule sets
  record RuleApplied(int activation, int scope, String step, int rule, Map<String, Object> set)
      implements OfStep {
    public RuleApplied {
      set = Map.copyOf(set);
    }
  }

  /// @param branch counted from 0; [#NONE] when no condition held and the run went on
  record BranchTaken(int activation, int scope, String step, int branch) implements OfStep {
    public static final int NONE = -1;
  }

  record TogetherBegan(int activation, int scope, String step) implements OfStep {}

  /// @param branch counted from 0
  record BranchBegan(int activation, int scope, String step, int branch) implements OfStep {}

  record BranchEnded(int activation) implements OfActivation {}

  record TogetherEnded(int activation) implements OfActivation {}

  /// @param round counted from 1
  record RoundBegan(int activation, int scope, String step, int round) implements OfStep {}

  /// @param exhausted whether the last round was over before the condition held
  record RoundsEnded(int activation, boolean exhausted) implements OfActivation {}

  record WaitBegan(int activation, int scope, String step, List<String> events, Instant until)
      implements OfStep {
    public WaitBegan {
      events = List.copyOf(events);
    }
  }

  /// One of the events that were waited for came.
  record WaitMet(int activation, String event) implements OfActivation {}

  /// The time passed.
  record WaitEnded(int activation) implements OfActivation {}

  record CallBegan(
      int activation, int scope, String step, String workflow, Map<String, Object> data)
      implements OfStep {
    public CallBegan {
      data = Map.copyOf(data);
    }
  }

  /// @param data the part of what the called run gives back that the step takes over
  record CallEnded(int activation, String outcome, Map<String, Object> data)
      implements OfActivation {
    public CallEnded {
      data = Map.copyOf(data);
    }
  }

  /// A step with handlers began, or the run when it has some: `step` is empty then.
  record BlockEntered(int activation, int scope, String step) implements OfStep {}

  /// @param scope the block
  /// @param until when it fires; null when it waits for events
  record HandlerArmed(
      int activation, int scope, String step, String handler, @Nullable Instant until)
      implements OfStep {}

  /// @param scope the block
  record HandlerFired(int activation, int scope, String step, String handler) implements OfStep {}

  record HandlerDone(int activation) implements OfActivation {}

  /// The block's own steps are over or were interrupted, while steps of its handlers go on.
  record MainFlowEnded(int activation) implements OfActivation {}

  record BlockLeft(int activation) implements OfActivation {}

  /// The step could not go on, and a handler takes it from here.
  record StepFailed(int activation, int scope, String step, String problem) implements OfStep {}

  /// The step could not go on, and stops there until a person acts.
  record FaultRaised(int activation, int scope, String step, String problem) implements OfStep {}

  /// A person had the step tried again; what came of it follows.
  record FaultCleared(int activation, String by) implements OfActivation {}

  /// A person had the run go on after the step, whatever was open in it.
  record Skipped(int activation, int scope, String step, String reason, String by)
      implements OfStep {}

  /// No longer open, because what it was a part of is over.
  record Withdrawn(int activation) implements OfActivation {}

  /// Something came for what was no longer open, or did not fit it; nothing changes but the record
  /// of it.
  record Ignored(String what) implements Event {}

  /// The run follows another version of its workflow from here.
  ///
  /// @param open where each open visit stands there
  record RunMigrated(int version, List<Activation> open, String by) implements Event {
    public RunMigrated {
      open = List.copyOf(open);
    }
  }

  record RunEnded(String outcome) implements Event {}

  record RunCanceled(String reason, @Nullable String by) implements Event {}
}
