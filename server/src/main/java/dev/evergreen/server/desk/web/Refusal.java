package dev.evergreen.server.desk.web;

import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was sent from a ticket's page and could not be taken: the page comes back with the reason,
/// and with what was typed.
public sealed interface Refusal {

  /// Nothing was refused.
  record None() implements Refusal {}

  /// A choice that no longer fits: the page shows how things stand now.
  record OfChoice(String reason) implements Refusal {}

  /// Words that were not sent.
  record OfWords(Composer.Draft typed, String reason) implements Refusal {}

  /// Words that cross a colleague's: sent again they go out.
  record OfCrossing(Composer.Draft typed, String colleague) implements Refusal {}

  /// Words with which a ticket is to be settled on which others still work: sent again they settle
  /// it all the same.
  record OfUnfinished(Composer.Draft typed, String open) implements Refusal {}

  /// The form of a step.
  record OfStep(Task task, Map<String, String> answers, Completion completion) implements Refusal {}

  /// What was typed in the composer; null for what is kept as a draft.
  default Composer.@Nullable Draft typed() {
    return switch (this) {
      case OfWords(var typed, _) -> typed;
      case OfCrossing(var typed, _) -> typed;
      case OfUnfinished(var typed, _) -> typed;
      case None _, OfChoice _, OfStep _ -> null;
    };
  }

  /// Why words were not sent; empty when none were refused.
  default String aboutWords() {
    return switch (this) {
      case OfWords(_, var reason) -> reason;
      case OfCrossing(_, var colleague) ->
          "Not sent yet: "
              + colleague
              + " has answered since you began. Read that first; when you send again, yours goes out"
              + " as well.";
      case OfUnfinished(_, var open) ->
          "Not sent yet: "
              + open
              + " still open here. When you send again, it is settled all the same.";
      case None _, OfChoice _, OfStep _ -> "";
    };
  }

  /// What the page as a whole says about it.
  default String problem() {
    return this instanceof OfChoice(String reason) ? reason : "";
  }
}
