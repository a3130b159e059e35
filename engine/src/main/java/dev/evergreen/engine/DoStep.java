package dev.evergreen.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A person's step: what to do, who does it, by when, and what to fill in.
///
/// Its form's answers become run data of the same names.
public record DoStep(
    String id,
    String title,
    String instructions,
    Assignee by,
    @Nullable Span within,
    List<Field> form,
    List<String> checklist)
    implements Step {

  public DoStep {
    form = List.copyOf(form);
    checklist = List.copyOf(checklist);
  }

  /// Who is asked: a team by its key, or whoever is responsible for the subject of the run.
  public sealed interface Assignee {
    record Team(String key) implements Assignee {}

    record Responsible() implements Assignee {}
  }

  /// One thing to fill in.
  public record Field(String name, String label, ValueType type, boolean required) {}

  /// The form's answers as given, already of the declared types.
  public record Answers(Map<String, Object> values) {
    public Answers {
      values = Map.copyOf(values);
    }
  }
}
