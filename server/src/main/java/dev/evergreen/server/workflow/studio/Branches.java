package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import java.util.List;
import java.util.Map;

/// Branches of a decision, or of what is done side by side.
final class Branches {
  private static final Map<String, Object> A_TASK = StepSketch.KINDS.getFirst().beginning();

  private Branches() {}

  /// Adds one with a step in it, under a key that the block does not have yet.
  static WorkflowText add(WorkflowText text, String id) {
    boolean decides = text.part(id).filter(part -> part.kind().equals("decide")).isPresent();
    List<String> keys = text.sequences(id).stream().map(WorkflowText.Sequence::key).toList();
    String start = decides ? "when ticket.priority == " : "branch ";
    List<String> words =
        decides
            ? List.of("\"urgent\"", "\"high\"", "\"normal\"", "\"low\"")
            : List.of("one", "two", "three", "four", "five", "six", "seven", "eight");
    for (String word : words) {
      if (!keys.contains(start + word)) {
        return text.set(id, start + word, List.of(A_TASK));
      }
    }
    return text;
  }
}
