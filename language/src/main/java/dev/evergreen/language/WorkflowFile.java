package dev.evergreen.language;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A workflow as a file says it: the tree that runs follow, and what people want to know about it.
///
/// @param inputs what whoever starts it, or calls it, gives it; those required are the definition's
///   inputs
/// @param milestones names by the id of the step that reaches them
/// @param promises by when each milestone is reached, counted from the start of a run
/// @param text the file as it was read
public record WorkflowFile(
    Definition definition,
    Profile profile,
    List<DoStep.Field> inputs,
    Map<String, String> milestones,
    Map<String, Span> promises,
    String text) {

  /// The milestone that the closing action reaches when no step is marked with it.
  public static final String RESOLUTION = "resolution";

  public WorkflowFile {
    inputs = List.copyOf(inputs);
    milestones = Map.copyOf(milestones);
    promises = Map.copyOf(promises);
  }

  /// The same file as version `number` of its workflow.
  public WorkflowFile atVersion(int number) {
    return new WorkflowFile(
        definition.atVersion(number), profile, inputs, milestones, promises, text);
  }

  /// A file's text for a workflow that none was read from. Reading it gives the same tree.
  public static String write(WorkflowFile file) {
    return WorkflowWriter.write(file);
  }

  public String purpose() {
    return profile.purpose();
  }

  public String owner() {
    return profile.owner();
  }

  public String process() {
    return profile.process();
  }

  public String kind() {
    return profile.kind();
  }

  public @Nullable Span reviewEvery() {
    return profile.review().every();
  }
}
