package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.Field.Label;
import dev.evergreen.server.workflow.studio.Field.Option;
import dev.evergreen.server.workflow.studio.Field.Pairs.Pair;
import dev.evergreen.server.workflow.studio.StepForm.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the fields of a form from what a step says under a key.
final class Fields {
  private Fields() {}

  static Field line(Part part, String key, String label) {
    return line(part, key, label, List.of());
  }

  static Field line(Part part, String key, String label, List<Option> suggestions) {
    return new Field.Line(Label.of(key, label), StepSketch.text(part, key), suggestions);
  }

  /// A length of time, with a few that are often meant.
  static Field span(Part part, String key, String label) {
    return line(part, key, label, SPANS);
  }

  private static final List<Option> SPANS =
      Stream.of(
              "30 minutes",
              "1 business hour",
              "4 business hours",
              "1 business day",
              "3 business days",
              "5 days",
              "30 days")
          .map(span -> new Option(span, ""))
          .toList();

  static List<Option> spans() {
    return SPANS;
  }

  static Field times(Part part, String key, String label) {
    return line(
        part,
        key,
        label,
        Stream.of("2 times", "3 times", "5 times").map(it -> new Option(it, "")).toList());
  }

  static Field prose(Part part, String key, String label) {
    return new Field.Prose(Label.of(key, label), StepSketch.text(part, key));
  }

  static Field lines(Part part, String key, String label) {
    return new Field.Lines(new Label(key, label, "One a line."), list(part.values().get(key)));
  }

  static Field check(Part part, String key, String label, String value) {
    return new Field.Check(Label.of(key, label), StepSketch.text(part, key).equals(value), value);
  }

  /// @param assumed what it means when the text does not say it; empty when it has to
  static Field choice(Part part, String key, String label, List<Option> options, String assumed) {
    String value = StepSketch.text(part, key);
    String shown = value.isEmpty() ? assumed : value;
    return new Field.Choice(
        Label.of(key, label),
        shown,
        shown.isEmpty() ? withEmpty(options, shown) : known(options, shown));
  }

  static Field.Answers answers(Part part, String key, Label label) {
    var rows = new ArrayList<Answer>();
    if (part.values().get(key) instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> rows.add(AnswerRows.read(String.valueOf(name), value)));
    }
    if (!key.equals("into") || rows.isEmpty()) {
      rows.add(AnswerRows.BLANK);
    }
    return new Field.Answers(label, rows);
  }

  static Field pairs(Part part, Label label, Field.Pairs.Columns columns, List<Option> names) {
    var rows = new ArrayList<Pair>();
    if (part.values().get(label.name()) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> rows.add(new Pair(name.toString(), StepSketch.text(value))));
    }
    rows.add(new Pair("", ""));
    return new Field.Pairs(label, columns, rows, Field.Pairs.Suggestions.ofNames(names));
  }

  static Field when(Part part, String key, String label, Names names) {
    return new Field.When(
        Label.of(key, label), ConditionForm.of(key, StepSketch.text(part, key), names));
  }

  static List<Option> withEmpty(List<Option> options, String value) {
    return Stream.concat(Stream.of(new Option("", "–")), known(options, value).stream()).toList();
  }

  /// The options, and the value when it is none of them: what stands in the text is never lost.
  static List<Option> known(List<Option> options, String value) {
    boolean there = options.stream().anyMatch(option -> option.value().equals(value));
    return there || value.isEmpty()
        ? options
        : Stream.concat(options.stream(), Stream.of(new Option(value, value))).toList();
  }

  static List<String> list(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list.stream().map(StepSketch::text).toList();
      default -> StepSketch.text(value).isEmpty() ? List.of() : List.of(StepSketch.text(value));
    };
  }
}
