package dev.evergreen.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What reading a file came to.
///
/// @param workflow absent when there is an error among the findings, or the file is a process's
/// @param process the same for a process
/// @param findings in the order of the file
public record Checked(
    @Nullable WorkflowFile workflow, @Nullable ProcessFile process, List<Finding> findings) {
  public Checked {
    findings = List.copyOf(findings);
  }

  public boolean isUsable() {
    return workflow != null || process != null;
  }
}
