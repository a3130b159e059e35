package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.StepForm.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/// Puts what was sent for one field under its key in a block of the text, and nothing else: what
/// was not changed stays to the character. A field that was not sent at all is left alone.
final class FieldChange {
  private static final int MOST_ROWS = 200;

  private final Part part;
  private final MultiValueMap<String, String> sent;
  private WorkflowText text;

  /// @param part the block as it was before
  FieldChange(WorkflowText text, Part part, MultiValueMap<String, String> sent) {
    this.text = text;
    this.part = part;
    this.sent = sent;
  }

  WorkflowText text() {
    return text;
  }

  void text(WorkflowText changed) {
    text = changed;
  }

  /// What was sent under a name, first of several; empty when nothing was.
  String one(String name) {
    return Typed.one(sent, name);
  }

  void line(String key, String before) {
    if (isOther(key, before)) {
      value(key, one(key));
    }
  }

  /// Whether something else was sent than stands in the text.
  boolean isOther(String key, String before) {
    return sent.containsKey(key) && !one(key).equals(before.strip());
  }

  void lines(String key, List<String> before) {
    List<String> wanted = one(key).lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
    if (sent.containsKey(key) && !wanted.equals(before)) {
      value(key, wanted);
    }
  }

  void check(String key, Field.Check check) {
    boolean wanted = sent.containsKey(key);
    if (sent.containsKey(key + ".sent") && wanted != check.on()) {
      value(key, wanted ? check.value() : "");
    }
  }

  /// What was chosen of several.
  List<String> chosen(String key) {
    return sent.getOrDefault(key, List.of());
  }

  boolean isOtherChoice(String key, List<String> before) {
    return sent.containsKey(key + ".sent") && !chosen(key).equals(before);
  }

  void answers(String key) {
    if (!sent.containsKey(key + ".sent")) {
      return;
    }
    var rows = new ArrayList<Answer>();
    for (int i = 0; i < MOST_ROWS && sent.containsKey(key + "." + i + ".type"); i++) {
      String row = key + "." + i + ".";
      rows.add(
          new Answer(
              one(row + "name"),
              one(row + "label"),
              one(row + "type"),
              one(row + "choices"),
              sent.containsKey(row + "optional")));
    }
    Object before = part.values().get(key);
    map(key, AnswerRows.write(rows, before));
  }

  void pairs(String key) {
    if (sent.containsKey(key + ".sent")) {
      map(key, pairsOf(key));
    }
  }

  /// The rows of names with a text each; a row without a name is gone.
  Map<String, Object> pairsOf(String key) {
    var pairs = new LinkedHashMap<String, Object>();
    for (int i = 0; i < MOST_ROWS && sent.containsKey(key + "." + i + ".name"); i++) {
      String name = one(key + "." + i + ".name");
      if (!name.isEmpty()) {
        pairs.put(name, one(key + "." + i + ".text"));
      }
    }
    return pairs;
  }

  private void map(String key, Map<String, Object> wanted) {
    Object before = part.values().get(key);
    if (!wanted.equals(before == null ? Map.of() : before)) {
      value(key, wanted);
    }
  }

  /// Sets the value, or takes the key out when there is none.
  void value(String key, Object wanted) {
    if (!isNothing(wanted)) {
      text = text.set(part.id(), key, wanted);
      return;
    }
    boolean there =
        part.id().isEmpty()
            ? text.head().containsKey(key)
            : text.part(part.id()).filter(it -> it.values().containsKey(key)).isPresent();
    if (there && !key.equals(part.kind())) {
      text = text.remove(part.id(), key);
    }
  }

  private static boolean isNothing(Object wanted) {
    return switch (wanted) {
      case String line -> line.isEmpty();
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }
}
