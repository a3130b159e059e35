package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.Field.Label;
import dev.evergreen.server.workflow.studio.Field.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// The form of a process: what it is for, what is to be reached, which workflows serve it.
///
/// @param goals with a new one at the end
/// @param workflows those that say themselves that they serve it
public record ProcessForm(
    Field.Line title,
    Field purpose,
    List<Goal> goals,
    Field standards,
    Field workflows,
    List<Field> more) {
  private static final int MOST_GOALS = 100;

  public ProcessForm {
    goals = List.copyOf(goals);
    more = List.copyOf(more);
  }

  /// One goal as it is typed; what is not said is empty.
  public record Goal(String goal, String measure, String baseline, String target, String by) {
    static final Goal NEW = new Goal("", "", "", "", "");

    private static final List<String> KEYS = List.of("goal", "measure", "baseline", "target", "by");

    static Goal read(@Nullable Object value) {
      return value instanceof Map<?, ?> map
          ? new Goal(
              StepSketch.text(map.get("goal")),
              StepSketch.text(map.get("measure")),
              StepSketch.text(map.get("baseline")),
              StepSketch.text(map.get("target")),
              StepSketch.text(map.get("by")))
          : new Goal(StepSketch.text(value), "", "", "", "");
    }

    static Goal sent(MultiValueMap<String, String> sent, int row) {
      List<String> typed =
          KEYS.stream().map(key -> Typed.one(sent, "goals." + row + "." + key)).toList();
      return new Goal(typed.get(0), typed.get(1), typed.get(2), typed.get(3), typed.get(4));
    }

    /// As a file says it.
    Object written() {
      var said = new LinkedHashMap<String, Object>();
      List<String> values = List.of(goal, measure, baseline, target, by);
      for (int i = 0; i < KEYS.size(); i++) {
        if (!values.get(i).isEmpty()) {
          said.put(KEYS.get(i), values.get(i));
        }
      }
      return said;
    }
  }

  /// @param known the workflows that there are
  static ProcessForm of(WorkflowText text, List<WorkflowFile> known) {
    Part head = head(text);
    String name = StepSketch.text(head, "process");
    List<String> named = Fields.list(head.values().get("workflows"));
    Map<String, String> titles =
        known.stream()
            .collect(
                Collectors.toMap(
                    file -> file.definition().name(), file -> file.definition().title()));
    Stream<String> serving =
        known.stream()
            .filter(file -> file.process().equals(name))
            .map(file -> file.definition().name());
    List<Option> workflows =
        Stream.concat(named.stream(), serving)
            .distinct()
            .map(it -> new Option(it, titles.getOrDefault(it, Heads.words(it))))
            .toList();
    return new ProcessForm(
        new Field.Line(
            Label.of("title", "What people call it"), StepSketch.text(head, "title"), List.of()),
        Fields.prose(head, "purpose", "What is better for the customer when all of this works?"),
        Stream.concat(goals(head).stream().map(Goal::read), Stream.of(Goal.NEW)).toList(),
        Fields.lines(head, "standards", "What always holds"),
        new Field.Choices(
            new Label(
                "workflows",
                "Which workflows serve it?",
                "Those are offered whose own form says that they serve “%s”.".formatted(name)),
            named,
            workflows),
        List.of(
            Fields.line(head, "owner", "Who keeps it true?"),
            Fields.span(head, "review every", "Looked at every"),
            Fields.line(head, "reviewed", "Found right last on (2026-03-31)")));
  }

  private static Part head(WorkflowText text) {
    return new Part("", "process", text.head(), 1);
  }

  private static List<?> goals(Part head) {
    Object goals = head.values().get("goals");
    return goals instanceof List<?> list
        ? list
        : goals == null || StepSketch.text(goals).isEmpty() ? List.of() : List.of(goals);
  }

  /// Puts what was sent into the text; what was not changed stays to the character.
  static WorkflowText apply(WorkflowText text, MultiValueMap<String, String> sent) {
    Part head = head(text);
    var change = new FieldChange(text, head, sent);
    for (String key : List.of("title", "purpose", "owner", "review every", "reviewed")) {
      change.line(key, StepSketch.text(head, key));
    }
    change.lines("standards", Fields.list(head.values().get("standards")));
    if (change.isOtherChoice("workflows", Fields.list(head.values().get("workflows")))) {
      change.value("workflows", change.chosen("workflows"));
    }
    goals(goals(head), sent, change);
    return change.text();
  }

  private static void goals(
      List<?> before, MultiValueMap<String, String> sent, FieldChange change) {
    if (!sent.containsKey("goals.0.goal")) {
      return;
    }
    var wanted = new ArrayList<Object>();
    for (int row = 0; row < MOST_GOALS && sent.containsKey("goals." + row + ".goal"); row++) {
      Goal goal = Goal.sent(sent, row);
      Object old = row < before.size() ? before.get(row) : null;
      if (old != null && Goal.read(old).equals(goal)) {
        wanted.add(old);
      } else if (!goal.goal().isEmpty()) {
        wanted.add(goal.written());
      }
    }
    if (!wanted.equals(before)) {
      change.value("goals", wanted);
    }
  }
}
