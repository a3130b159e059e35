package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowText;
import java.util.List;
import java.util.Optional;

/// What the checks remark, and the step where it is mended.
///
/// @param step as it is called in an address
public record Mending(Finding finding, String step) {
  static List<Mending> of(String content, List<Finding> findings) {
    Optional<WorkflowText> text = WorkflowText.of(content);
    return findings.stream()
        .map(finding ->
            new Mending(
                finding, Editor.named(text.flatMap(it -> it.partAt(finding.line())).orElse(""))))
        .toList();
  }
}
