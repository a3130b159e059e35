package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.StepForm.Answer;
import dev.evergreen.server.workflow.studio.StepForm.Branch;
import dev.evergreen.server.workflow.studio.StepForm.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/// Puts what a form says into the text of its step, and nothing else: what was not changed stays to
/// the character.
final class StepChange {
  private StepChange() {}

  /// @param sent by the names of the fields; one that is not sent at all is left alone
  static WorkflowText apply(
      WorkflowText text, Part part, StepForms forms, MultiValueMap<String, String> sent) {
    StepForm form = forms.of(text, part);
    WorkflowText changed = text;
    for (Field field : form.fields()) {
      changed = apply(changed, part, field, sent);
    }
    for (Branch branch : form.branches()) {
      String words = one(sent, "branch." + branch.number());
      if (sent.containsKey("branch." + branch.number())
          && !words.isBlank()
          && !words.equals(branch.words())) {
        String start = branch.key().substring(0, branch.key().indexOf(' ') + 1);
        changed = changed.rename(part.id(), branch.key(), start + words);
      }
    }
    return part.kind().equals("run") && sent.containsKey("run")
        ? with(changed, part, form, forms.inputsOf(one(sent, "run")), sent)
        : changed;
  }

  private static WorkflowText apply(
      WorkflowText text, Part part, Field field, MultiValueMap<String, String> sent) {
    String key = field.name();
    if (key.startsWith(StepForms.WITH)) {
      return text;
    }
    return switch (field.control()) {
      case LINE, PROSE, CHOICE ->
          sent.containsKey(key) && !one(sent, key).equals(field.first().strip())
              ? line(text, part, key, one(sent, key))
              : text;
      case LIST -> sent.containsKey(key) ? list(text, part, field, one(sent, key)) : text;
      case CHOICES -> sent.containsKey(key + ".sent") ? choices(text, part, field, sent) : text;
      case CHECK -> {
        boolean wanted = sent.containsKey(key);
        yield sent.containsKey(key + ".sent") && wanted == field.value().isEmpty()
            ? value(text, part, key, wanted ? field.options().getFirst().value() : "")
            : text;
      }
      case ANSWERS -> sent.containsKey(key + ".sent") ? answers(text, part, field, sent) : text;
    };
  }

  /// A wait for nothing but time says the time itself.
  private static WorkflowText line(WorkflowText text, Part part, String key, String wanted) {
    return part.kind().equals("wait")
            && key.equals("at most")
            && part.values().get("at most") == null
            && !StepSketch.text(part, "wait").contains(".")
        ? value(text, part, "wait", wanted)
        : value(text, part, key, wanted);
  }

  private static WorkflowText list(WorkflowText text, Part part, Field field, String lines) {
    List<String> wanted = lines.lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
    return wanted.equals(field.value()) ? text : value(text, part, field.name(), wanted);
  }

  private static WorkflowText choices(
      WorkflowText text, Part part, Field field, MultiValueMap<String, String> sent) {
    List<String> wanted = sent.getOrDefault(field.name(), List.of());
    if (wanted.equals(field.value())) {
      return text;
    }
    if (field.name().equals("start")) {
      return value(text, part, "start", starts(part.values().get("start"), wanted));
    }
    if (field.name().equals("wait")) {
      return wait(text, part, wanted);
    }
    return field.name().equals("approval")
        ? value(text, part, "approval", wanted)
        : value(text, part, field.name(), oneOrMany(wanted));
  }

  private static WorkflowText wait(WorkflowText text, Part part, List<String> events) {
    String span = StepSketch.text(part, "at most");
    String waited = StepSketch.text(part, "wait");
    if (events.isEmpty()) {
      WorkflowText timed = value(text, part, "wait", span.isEmpty() ? "1 day" : span);
      return span.isEmpty() ? timed : value(timed, part, "at most", "");
    }
    WorkflowText eventful = value(text, part, "wait", oneOrMany(events));
    return span.isEmpty() && !waited.contains(".")
        ? value(eventful, part, "at most", waited.isEmpty() ? "3 business days" : waited)
        : eventful;
  }

  /// The starts whose events are still wanted stay as they are, with their conditions.
  private static List<Object> starts(@Nullable Object before, List<String> wanted) {
    var starts = new ArrayList<Object>();
    var there = new ArrayList<String>();
    if (before instanceof List<?> list) {
      for (Object item : list) {
        String event = item instanceof Map<?, ?> map ? StepSketch.text(map.get("on")) : "";
        if (wanted.contains(event)) {
          starts.add(item);
          there.add(event);
        }
      }
    }
    for (String event : wanted) {
      if (!there.contains(event)) {
        starts.add(Map.of("on", event));
      }
    }
    return starts;
  }

  private static WorkflowText answers(
      WorkflowText text, Part part, Field field, MultiValueMap<String, String> sent) {
    var rows = new ArrayList<Answer>();
    for (int i = 0; sent.containsKey(field.name() + "." + i + ".type"); i++) {
      String row = field.name() + "." + i + ".";
      rows.add(
          new Answer(
              one(sent, row + "name"),
              one(sent, row + "label"),
              one(sent, row + "type"),
              one(sent, row + "choices"),
              sent.containsKey(row + "optional")));
    }
    Object before = part.values().get(field.name());
    Map<String, Object> wanted = AnswerRows.write(rows, before);
    return wanted.equals(before == null ? Map.of() : before)
        ? text
        : value(text, part, field.name(), wanted);
  }

  /// The arguments of an action; another action begins without those it does not take.
  private static WorkflowText with(
      WorkflowText text,
      Part part,
      StepForm form,
      Set<String> inputs,
      MultiValueMap<String, String> sent) {
    Map<?, ?> before = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    var wanted = new LinkedHashMap<String, Object>();
    before.forEach((name, value) -> wanted.put(name.toString(), value));
    for (Field field : form.fields()) {
      if (field.name().startsWith(StepForms.WITH) && sent.containsKey(field.name())) {
        String name = field.name().substring(StepForms.WITH.length());
        String value = one(sent, field.name());
        if (value.isEmpty()) {
          wanted.remove(name);
        } else if (!value.equals(field.first())) {
          wanted.put(name, value);
        }
      }
    }
    if (!inputs.isEmpty() && !one(sent, "run").equals(StepSketch.text(part, "run"))) {
      wanted.keySet().retainAll(inputs);
    }
    return wanted.equals(before) ? text : value(text, part, "with", wanted);
  }

  /// Sets the value, or takes the key out when there is none.
  private static WorkflowText value(WorkflowText text, Part part, String key, Object wanted) {
    boolean none =
        switch (wanted) {
          case String line -> line.isEmpty();
          case List<?> list -> list.isEmpty();
          case Map<?, ?> map -> map.isEmpty();
          default -> false;
        };
    if (!none) {
      return text.set(part.id(), key, wanted);
    }
    boolean there =
        part.id().isEmpty()
            ? text.head().containsKey(key)
            : text.part(part.id()).filter(it -> it.values().containsKey(key)).isPresent();
    return there && !key.equals(part.kind()) ? text.remove(part.id(), key) : text;
  }

  private static Object oneOrMany(List<String> wanted) {
    return wanted.size() == 1 ? wanted.getFirst() : wanted;
  }

  private static String one(MultiValueMap<String, String> sent, String key) {
    String value = sent.getFirst(key);
    return value == null ? "" : value.replace("\r\n", "\n").strip();
  }
}
