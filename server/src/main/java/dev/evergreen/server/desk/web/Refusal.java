package dev.evergreen.server.desk.web;

import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Task;
import java.util.Map;

/// What was sent from a ticket's page and could not be taken: the page comes back with the reason,
/// and with what was typed.
public sealed interface Refusal {

  /// Nothing was refused.
  record None() implements Refusal {}

  /// A choice that no longer fits: the page shows how things stand now.
  record OfChoice(String reason) implements Refusal {}

  /// Words that were not sent.
  record OfWords(Composer.Draft typed, String reason) implements Refusal {}

  /// The form of a step.
  record OfStep(Task task, Map<String, String> answers, Completion completion) implements Refusal {}

  /// What the page as a whole says about it.
  default String problem() {
    return this instanceof OfChoice(String reason) ? reason : "";
  }
}
