package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowFile;

/// Two texts of a workflow side by side, in words and line by line.
///
/// @param with what it is compared with: `version 3`
public record Comparison(String with, Difference steps, TextDifference text) {
  static Comparison of(WorkflowFile before, WorkflowFile after, String with) {
    return new Comparison(
        with, Difference.between(before, after), TextDifference.of(before.text(), after.text()));
  }
}
