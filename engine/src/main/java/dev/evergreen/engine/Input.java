package dev.evergreen.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run is asked to take in.
public sealed interface Input {

  /// What concerns one visit of one step, by the number that the visit was given in its run.
  sealed interface OfActivation extends Input {
    int activation();
  }

  /// @param data what the run starts with, by the names of its data
  record Start(Map<String, Object> data) implements Input {
    public Start {
      data = Map.copyOf(data);
    }
  }

  record TaskCompleted(int activation, DoStep.Answers answers, String by) implements OfActivation {}

  record Reassign(int activation, DoStep.Assignee to, String by) implements OfActivation {}

  record ActionSucceeded(int activation, Map<String, Object> outcome) implements OfActivation {
    public ActionSucceeded {
      outcome = Map.copyOf(outcome);
    }
  }

  /// An action, a question or a called run that could not be had.
  record Failed(int activation, String problem) implements OfActivation {}

  record EventArrived(int activation, String event, Map<String, Object> data)
      implements OfActivation {
    public EventArrived {
      data = Map.copyOf(data);
    }
  }

  record TimerFired(int activation) implements OfActivation {}

  /// @param answer of the type that the question asks for when it could be read so, else the text
  ///   itself
  record Answered(int activation, Object answer) implements OfActivation {}

  /// @param data the called run's, whole
  record RunFinished(int activation, String outcome, Map<String, Object> data)
      implements OfActivation {
    public RunFinished {
      data = Map.copyOf(data);
    }
  }

  /// Tries again what stopped with a fault.
  record Retry(int activation, String by) implements OfActivation {}

  /// Goes on after a step as if it had been done, whatever is open in it: a task, a wait, a fault,
  /// a whole repeat. Nobody who deviates does so without a reason.
  record Skip(int activation, String reason, String by) implements OfActivation {}

  /// Has the run follow another version of its workflow, as the preview said.
  record Migrate(Migration migration, String by) implements Input {}

  record Cancel(String reason, @Nullable String by) implements Input {}
}
