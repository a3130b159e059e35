package dev.evergreen.language;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Span;
import org.jspecify.annotations.Nullable;

/// A workflow as a file says it: the tree that runs follow, and what people want to know about it.
///
/// @param process the goal-level process that it serves, by name
/// @param kind `service`, or a kind of SOP
/// @param text the file as it was read
public record WorkflowFile(
    Definition definition,
    String purpose,
    String owner,
    String process,
    String kind,
    @Nullable Span reviewEvery,
    String text) {

  /// The same file as version `number` of its workflow.
  public WorkflowFile atVersion(int number) {
    return new WorkflowFile(
        definition.atVersion(number), purpose, owner, process, kind, reviewEvery, text);
  }
}
