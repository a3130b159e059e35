package dev.evergreen.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What reading a file came to.
///
/// @param workflow absent when there is an error among the findings
/// @param findings in the order of the file
public record Checked(@Nullable WorkflowFile workflow, List<Finding> findings) {
  public Checked {
    findings = List.copyOf(findings);
  }

  public boolean isUsable() {
    return workflow != null;
  }
}
