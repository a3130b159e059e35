package dev.evergreen.engine;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A person's step: what to do, who does it, by when, and what to fill in.
///
/// Its form's answers become run data of the same names.
///
/// @param evidence whether it may only be completed with a reference to what proves it
public record DoStep(
    String id,
    String title,
    String instructions,
    Assignee by,
    @Nullable Span within,
    List<Field> form,
    List<String> checklist,
    boolean evidence,
    List<Handler> handlers)
    implements Step {

  public DoStep {
    form = List.copyOf(form);
    checklist = List.copyOf(checklist);
    handlers = List.copyOf(handlers);
  }

  @Nullable Step enter(Walk walk, int activation) {
    Instant dueAt = within == null ? null : walk.after(within);
    walk.record(new Event.TaskOpened(activation, walk.scope(), id, dueAt));
    walk.effect(new Effect.OpenTask(activation, this, dueAt));
    return null;
  }

  Decision complete(Walk walk, Input.TaskCompleted completed) {
    Map<String, Object> answers = completed.answers().values();
    String evidence = completed.answers().evidence();
    String problem = problemWith(answers);
    if (problem == null && this.evidence && (evidence == null || evidence.isBlank())) {
      problem = "expected evidence that it was done, but found none";
    }
    if (problem != null) {
      return new Decision.Rejected(Decision.Reason.WRONG_ANSWERS, problem);
    }
    walk.record(new Event.TaskCompleted(completed.activation(), answers, evidence, completed.by()));
    return walk.goOn(walk.following(this));
  }

  static Decision reassign(Walk walk, Input.Reassign reassign) {
    walk.record(new Event.TaskReassigned(reassign.activation(), reassign.to(), reassign.by()));
    walk.effect(new Effect.ReassignTask(reassign.activation(), reassign.to()));
    return walk.accepted();
  }

  /// What is wrong with the answers, in a sentence; null when they fit the form.
  private @Nullable String problemWith(Map<String, Object> answers) {
    int known = 0;
    for (Field field : form) {
      Object answer = answers.get(field.name());
      if (answer != null) {
        known++;
      }
      String problem = field.problemWith(answer);
      if (problem != null) {
        return problem;
      }
    }
    return known == answers.size() ? null : unknownField(answers);
  }

  private String unknownField(Map<String, Object> answers) {
    var unknown = new TreeSet<>(answers.keySet());
    form.forEach(field -> unknown.remove(field.name()));
    return form.isEmpty()
        ? "expected no answers, because this step has no form, but found " + unknown.first()
        : "expected only answers to %s, but found %s"
            .formatted(form.stream().map(Field::name).collect(joining(", ")), unknown.first());
  }

  /// Who is asked.
  public sealed interface Assignee {
    /// One person, to whom a task can only be reassigned: a workflow outlives who works here.
    record Person(String id) implements Assignee {}

    record Team(String key) implements Assignee {}

    /// Whoever is free next: the work waits in that queue, the most urgent first.
    record Queue(String key) implements Assignee {}

    /// Whoever is responsible for the subject of the run, also when that changes.
    record Responsible() implements Assignee {}
  }

  /// One thing to fill in.
  public record Field(String name, String label, ValueType type, boolean required) {
    private @Nullable String problemWith(@Nullable Object answer) {
      boolean missing = answer == null || (answer instanceof String text && text.isBlank());
      if (missing && required) {
        return "expected %s for “%s”, but found no answer".formatted(type.inWords(), label);
      }
      if (answer != null && !type.accepts(answer)) {
        return "expected %s for “%s”, but found “%s”".formatted(type.inWords(), label, answer);
      }
      return null;
    }
  }

  /// The form's answers as given, already of the declared types.
  ///
  /// @param evidence a reference to what proves that the step was done, a file for example
  public record Answers(Map<String, Object> values, @Nullable String evidence) {
    public Answers {
      values = Map.copyOf(values);
    }

    public Answers(Map<String, Object> values) {
      this(values, null);
    }
  }
}
