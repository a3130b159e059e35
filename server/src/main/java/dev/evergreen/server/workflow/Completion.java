package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Outcome;
import java.util.Map;

/// What became of a person's answer to a task. Only [Done] has changed anything.
public sealed interface Completion {
  /// Done, or done before by the same person in the same way: a second click is no mistake.
  ///
  /// @param task as it was when it was answered
  record Done(Task task) implements Completion {}

  /// Some answers do not fit the form: a sentence by the name of each field that is wrong.
  record Wrong(Map<String, String> fields) implements Completion {
    public Wrong {
      fields = Map.copyOf(fields);
    }
  }

  /// It cannot be done any more, or not like this.
  record Refused(Outcome.Reason reason, String detail) implements Completion {}
}
