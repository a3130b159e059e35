package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.workflow.studio.StepForm.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person fills in, as the text says it and as rows of a form.
final class AnswerRows {
  static final Answer BLANK = new Answer("", "", "text", "", false);

  private static final String OPTIONAL = "optional ";

  private AnswerRows() {}

  /// `solved: boolean`, `size: [small, large]`, `remark: optional text`, or a map of them all.
  static Answer read(String name, @Nullable Object value) {
    return switch (value) {
      case List<?> choices -> new Answer(name, "", "choice", StepSketch.text(choices), false);
      case Map<?, ?> map -> {
        Object choices = map.get("choices");
        yield new Answer(
            name,
            StepSketch.text(map.get("label")),
            choices == null ? orText(StepSketch.text(map.get("type"))) : "choice",
            StepSketch.text(choices),
            StepSketch.text(map.get("optional")).equals("true"));
      }
      case null -> new Answer(name, "", "text", "", false);
      default -> {
        String type = value.toString();
        boolean optional = type.startsWith(OPTIONAL);
        yield new Answer(
            name, "", optional ? type.substring(OPTIONAL.length()) : type, "", optional);
      }
    };
  }

  /// What the text is to say; a row that was not changed says it as before.
  ///
  /// @param rows as they were sent
  /// @param before what the text says
  static Map<String, Object> write(List<Answer> rows, @Nullable Object before) {
    Map<?, ?> old = before instanceof Map<?, ?> map ? map : Map.of();
    var written = new LinkedHashMap<String, Object>();
    for (Answer row : rows) {
      if (row.label().isBlank() && (row.name().isEmpty() || row.type().equals("none"))) {
        continue;
      }
      if (row.type().equals("none")) {
        continue;
      }
      String name = row.name().isEmpty() ? nameFor(row.label(), written) : row.name();
      Object known = old.get(name);
      written.put(name, known != null && read(name, known).equals(row) ? known : value(row));
    }
    return written;
  }

  private static Object value(Answer row) {
    var value = new LinkedHashMap<String, Object>();
    if (!row.label().isBlank()) {
      value.put("label", row.label().strip());
    }
    if (row.type().equals("choice")) {
      var choices = new ArrayList<String>();
      for (String choice : row.choices().split("[,\\n]")) {
        if (!choice.isBlank()) {
          choices.add(choice.strip());
        }
      }
      value.put("choices", choices);
    } else {
      value.put("type", row.type());
    }
    if (row.optional()) {
      value.put("optional", "true");
    }
    return value;
  }

  /// `Is it solved?` is `is_it_solved`.
  static String nameFor(String label, Map<String, ?> taken) {
    String plain =
        label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[_0-9]+|_+$", "");
    String name = plain.isEmpty() ? "answer" : plain.substring(0, Math.min(40, plain.length()));
    String free = name;
    for (int n = 2; taken.containsKey(free); n++) {
      free = name + "_" + n;
    }
    return free;
  }

  private static String orText(String type) {
    return type.isEmpty() ? "text" : type;
  }
}
