package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import java.util.Map;

/// What a text that is being written calls itself; empty where it does not say, or cannot be read.
public record Called(String title, String purpose) {
  static Called in(String text) {
    Map<String, Object> written = WorkflowText.of(text).map(WorkflowText::head).orElse(Map.of());
    return new Called(
        StepSketch.text(written.get("title")), StepSketch.text(written.get("purpose")));
  }
}
