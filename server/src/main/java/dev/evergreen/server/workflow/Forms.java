package dev.evergreen.server.workflow;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.DoStep.Field;
import dev.evergreen.engine.ValueType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what a page sends for a step's form into typed answers.
public final class Forms {
  /// What the field for evidence is called; no field of a form has a name like it.
  public static final String EVIDENCE = "evidence.";

  private static final int LONGEST = 10_000;

  private Forms() {}

  /// The answers and the evidence that could be read, and a sentence for each field that could not.
  record Read(Map<String, Object> answers, @Nullable String evidence, Map<String, String> wrong) {}

  /// @param sent by field name; a field that is missing or blank has no answer, and every box of
  ///   the checklist is to be checked
  /// @param zone of the person, for moments
  static Read read(DoStep step, Map<String, String> sent, ZoneId zone) {
    var wrong = new LinkedHashMap<>(Checklist.unchecked(step, sent));
    Read form = read(step.form(), sent, zone);
    wrong.putAll(form.wrong());
    String evidence = sent.getOrDefault(EVIDENCE, "").strip();
    if (step.evidence() && (evidence.isEmpty() || evidence.length() > LONGEST)) {
      wrong.put(
          EVIDENCE,
          evidence.isEmpty()
              ? "Expected what shows that it was done (a number, a link, a few words), but found nothing."
              : "Expected at most %,d characters, but found %,d."
                  .formatted(LONGEST, evidence.length()));
    }
    return new Read(form.answers(), step.evidence() ? evidence : null, wrong);
  }

  /// The same of fields that belong to no step: what a workflow is started with.
  static Read read(List<Field> fields, Map<String, String> sent, ZoneId zone) {
    var answers = new HashMap<String, Object>();
    var wrong = new LinkedHashMap<String, String>();
    for (Field field : fields) {
      String text = sent.getOrDefault(field.name(), "").strip();
      if (text.isEmpty()) {
        if (field.required()) {
          wrong.put(field.name(), sentence(field, "no answer"));
        }
        continue;
      }
      Object value = value(field.type(), text, zone);
      if (value == null) {
        wrong.put(field.name(), sentence(field, "“" + shortened(text) + "”"));
      } else {
        answers.put(field.name(), value);
      }
    }
    return new Read(answers, null, wrong);
  }

  static DoStep.Answers answers(Read read) {
    return new DoStep.Answers(read.answers(), read.evidence());
  }

  private static String sentence(Field field, String found) {
    return "Expected %s, but found %s.".formatted(field.type().inWords(), found);
  }

  static @Nullable Object value(ValueType type, String text, ZoneId zone) {
    try {
      return switch (type) {
        case ValueType.Text _ -> text.length() <= LONGEST ? text : null;
        case ValueType.Flag _ -> flag(text);
        case ValueType.Whole _ -> Long.valueOf(text);
        case ValueType.Decimal _ -> decimal(text);
        case ValueType.Moment _ -> moment(text, zone);
        case ValueType.Choice choice -> choice.options().contains(text) ? text : null;
      };
    } catch (NumberFormatException | DateTimeException _) {
      return null;
    }
  }

  private static @Nullable Boolean flag(String text) {
    return switch (text) {
      case "yes", "true", "on" -> true;
      case "no", "false" -> false;
      default -> null;
    };
  }

  private static @Nullable Double decimal(String text) {
    double value = Double.parseDouble(text.replace(',', '.'));
    return Double.isFinite(value) ? value : null;
  }

  /// What a browser's date-and-time field sends, or an instant.
  private static Instant moment(String text, ZoneId zone) {
    return text.endsWith("Z")
        ? Instant.parse(text)
        : LocalDateTime.parse(text).atZone(zone).toInstant();
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
