package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import dev.evergreen.server.workflow.studio.Field.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a new step begins as: an example that is right already, so that it only has to be changed.
final class Beginnings {
  private Beginnings() {}

  /// @param text with what the step needs elsewhere
  record Begun(WorkflowText text, Map<String, Object> values) {}

  /// @param callable the workflows that can be gone through
  static Begun of(String kind, WorkflowText text, List<Option> callable) {
    Map<String, Object> example =
        StepSketch.KINDS.stream()
            .filter(it -> it.name().equals(kind))
            .findFirst()
            .orElse(StepSketch.KINDS.getFirst())
            .beginning();
    return switch (kind) {
      case "call" -> new Begun(text, callable.isEmpty() ? example : call(callable.getFirst()));
      case "table" -> new Begun(declaring(text, "urgent", "boolean"), example);
      default -> new Begun(text, example);
    };
  }

  private static Map<String, Object> call(Option workflow) {
    return Map.of("call", workflow.value());
  }

  private static WorkflowText declaring(WorkflowText text, String name, String type) {
    var data = new LinkedHashMap<String, Object>();
    if (text.head().get("data") instanceof Map<?, ?> before) {
      before.forEach((key, value) -> data.put(key.toString(), value));
    }
    return data.putIfAbsent(name, type) == null ? text.set("", "data", data) : text;
  }
}
