package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Question;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.StepForm.Answer;
import dev.evergreen.server.workflow.studio.StepForm.Branch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;

/// Puts what a form says into the text of its step, and nothing else: what was not changed stays to
/// the character.
final class StepChange {
  private static final int MOST_ROWS = 200;

  private final Part part;
  private final StepForms forms;
  private final MultiValueMap<String, String> sent;
  private WorkflowText text;

  private StepChange(
      WorkflowText text, Part part, StepForms forms, MultiValueMap<String, String> sent) {
    this.text = text;
    this.part = part;
    this.forms = forms;
    this.sent = sent;
  }

  /// @param sent by the names of the fields; one that is not sent at all is left alone
  static WorkflowText apply(
      WorkflowText text, Part part, StepForms forms, MultiValueMap<String, String> sent) {
    return new StepChange(text, part, forms, sent).apply();
  }

  private WorkflowText apply() {
    StepForm form = forms.of(text, part);
    Names names = forms.names(text);
    List<Field> fields = Stream.concat(form.fields().stream(), form.more().stream()).toList();
    fields.forEach(this::apply);
    form.branches().forEach(branch -> rename(branch, names));
    if (part.kind().equals("run") || part.kind().equals("call")) {
      with(fields);
    }
    return text;
  }

  private void apply(Field field) {
    String key = field.label().name();
    if (key.startsWith(StepForms.WITH)) {
      return;
    }
    switch (field) {
      case Field.Line line -> line(key, line.value());
      case Field.Prose prose -> line(key, prose.value());
      case Field.Choice choice when key.equals(StepForms.OCCASION) -> occasion(choice.value());
      case Field.Choice choice -> line(key, choice.value());
      case Field.Lines lines -> lines(key, lines.values());
      case Field.Choices choices -> choices(key, choices.values());
      case Field.Check check -> check(key, check);
      case Field.Answers _ -> answers(key);
      case Field.Pairs _ -> pairs(key);
      case Field.When _ -> when(key);
      case Field.Starts starts -> starts(starts);
      case Field.Rules _ -> rules();
    }
  }

  /// A wait for nothing but time says the time itself.
  private void line(String key, String before) {
    String wanted = one(key);
    if (!sent.containsKey(key) || wanted.equals(before.strip())) {
      return;
    }
    boolean onlyTime =
        part.kind().equals("wait")
            && key.equals("at most")
            && part.values().get("at most") == null
            && !StepSketch.text(part, "wait").contains(".");
    value(onlyTime ? "wait" : key, wanted);
  }

  private void lines(String key, List<String> before) {
    List<String> wanted = one(key).lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
    if (sent.containsKey(key) && !wanted.equals(before)) {
      value(key, wanted);
    }
  }

  private void check(String key, Field.Check check) {
    boolean wanted = sent.containsKey(key);
    if (sent.containsKey(key + ".sent") && wanted != check.on()) {
      value(key, wanted ? check.value() : "");
    }
  }

  private void choices(String key, List<String> before) {
    List<String> wanted = sent.getOrDefault(key, List.of());
    if (!sent.containsKey(key + ".sent") || wanted.equals(before)) {
      return;
    }
    if (key.equals("wait")) {
      wait(wanted);
    } else {
      value(key, key.equals("approval") ? wanted : oneOrMany(wanted));
    }
  }

  private void wait(List<String> events) {
    String span = StepSketch.text(part, "at most");
    String waited = StepSketch.text(part, "wait");
    if (events.isEmpty()) {
      value("wait", span.isEmpty() ? "1 day" : span);
      value("at most", "");
      value("when", "");
      return;
    }
    value("wait", oneOrMany(events));
    if (span.isEmpty() && !waited.contains(".")) {
      value("at most", waited.isEmpty() ? "3 business days" : waited);
    }
  }

  /// Another occasion begins as an example of it.
  private void occasion(String before) {
    String wanted = one(StepForms.OCCASION);
    if (!sent.containsKey(StepForms.OCCASION) || wanted.equals(before)) {
      return;
    }
    switch (wanted) {
      case "event" -> value("event", firstEvent());
      case "failure" -> value("failure", "any");
      default -> value("after", "4 business hours");
    }
    Stream.of("after", "event", "failure", "when")
        .filter(key -> !key.equals(wanted))
        .forEach(key -> value(key, ""));
  }

  private String firstEvent() {
    String about = StepSketch.text(text.head().get("about"));
    return about + (about.equals("ticket") ? ".customer-replied" : ".updated");
  }

  private void when(String key) {
    List<String> events =
        Fields.list(part.values().get(part.kind().equals("on") ? "event" : "wait"));
    String wanted = ConditionForm.read(key, sent, forms.namesAt(text, events));
    if (wanted != null && !same(wanted, StepSketch.text(part, key))) {
      value(key, wanted);
    }
  }

  /// Whether two formulas ask the same, so that the one in the text need not be written anew.
  private static boolean same(String wanted, String before) {
    return wanted.equals(before)
        || (!wanted.isEmpty()
            && !before.isEmpty()
            && Question.of(wanted)
                .filter(it -> Question.of(before).stream().anyMatch(it::equals))
                .isPresent());
  }

  private void rename(Branch branch, Names names) {
    String wanted =
        branch.condition() == null
            ? sent.containsKey(branch.name()) ? one(branch.name()) : null
            : ConditionForm.read(branch.name(), sent, names);
    if (wanted == null || wanted.isEmpty() || same(wanted, branch.words())) {
      return;
    }
    String start = branch.key().substring(0, branch.key().indexOf(' ') + 1);
    boolean taken =
        text.sequences(part.id()).stream().anyMatch(it -> it.key().equals(start + wanted));
    if (!taken) {
      text = text.rename(part.id(), branch.key(), start + wanted);
    }
  }

  private void starts(Field.Starts starts) {
    String manner = one("start");
    if (!sent.containsKey("start")) {
      return;
    }
    if (!manner.equals(HeadForm.EVENTS)) {
      if (!manner.equals(starts.manner())) {
        value("start", manner);
      }
      return;
    }
    var wanted = new ArrayList<Object>();
    for (int i = 0; i < MOST_ROWS && sent.containsKey("start." + i + ".on"); i++) {
      String event = one("start." + i + ".on");
      if (!event.isEmpty()) {
        wanted.add(start(i, event));
      }
    }
    if (wanted.isEmpty()) {
      wanted.add(Map.of("on", starts.events().isEmpty() ? "" : opening(starts)));
    }
    if (!wanted.equals(part.values().get("start"))) {
      value("start", wanted);
    }
  }

  private Object start(int row, String event) {
    String when =
        ConditionForm.read("start." + row + ".when", sent, forms.namesAt(text, List.of(event)));
    List<?> before = part.values().get("start") instanceof List<?> list ? list : List.of();
    String old =
        row < before.size() && before.get(row) instanceof Map<?, ?> map
            ? StepSketch.text(map.get("when"))
            : "";
    var start = new LinkedHashMap<String, Object>();
    start.put("on", event);
    if (when != null && !when.isEmpty()) {
      start.put("when", same(when, old) ? old : when);
    }
    return start;
  }

  private static String opening(Field.Starts starts) {
    return starts.events().stream()
        .map(Field.Option::value)
        .filter(event -> event.endsWith(".opened"))
        .findFirst()
        .orElse(starts.events().getFirst().value());
  }

  private void answers(String key) {
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
    Map<String, Object> wanted = AnswerRows.write(rows, before);
    if (!wanted.equals(before == null ? Map.of() : before)) {
      value(key, wanted);
    }
  }

  private void pairs(String key) {
    if (!sent.containsKey(key + ".sent")) {
      return;
    }
    var wanted = new LinkedHashMap<String, Object>();
    for (int i = 0; i < MOST_ROWS && sent.containsKey(key + "." + i + ".name"); i++) {
      String name = one(key + "." + i + ".name");
      String value = one(key + "." + i + ".text");
      if (!name.isEmpty()) {
        wanted.put(name, value);
      }
    }
    Object before = part.values().get(key);
    if (!wanted.equals(before == null ? Map.of() : before)) {
      value(key, wanted);
    }
  }

  private void rules() {
    RuleChange change = RuleChange.of(sent, forms.names(text));
    if (change == null) {
      return;
    }
    if (!change.rules().equals(part.values().get("table"))) {
      value("table", change.rules());
    }
    if (!change.declared().isEmpty()) {
      var data = new LinkedHashMap<String, Object>();
      if (text.head().get("data") instanceof Map<?, ?> before) {
        before.forEach((name, type) -> data.put(name.toString(), type));
      }
      data.putAll(change.declared());
      text = text.set("", "data", data);
    }
  }

  /// The arguments of an action or a call; another one begins without those it does not take.
  private void with(List<Field> fields) {
    Map<?, ?> before = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    var wanted = new LinkedHashMap<String, Object>();
    before.forEach((name, value) -> wanted.put(name.toString(), value));
    for (Field field : fields) {
      String key = field.label().name();
      if (key.startsWith(StepForms.WITH) && sent.containsKey(key)) {
        String name = key.substring(StepForms.WITH.length());
        if (one(key).isEmpty()) {
          wanted.remove(name);
        } else {
          wanted.put(name, one(key));
        }
      }
    }
    String kind = part.kind();
    if (sent.containsKey(kind) && !one(kind).equals(StepSketch.text(part, kind))) {
      Set<String> inputs = kind.equals("run") ? forms.inputsOf(one(kind)) : Set.of();
      wanted.keySet().retainAll(inputs);
    }
    if (!wanted.equals(before)) {
      value("with", wanted);
    }
  }

  /// Sets the value, or takes the key out when there is none.
  private void value(String key, Object wanted) {
    boolean none =
        switch (wanted) {
          case String line -> line.isEmpty();
          case List<?> list -> list.isEmpty();
          case Map<?, ?> map -> map.isEmpty();
          default -> false;
        };
    if (!none) {
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

  private static Object oneOrMany(List<String> wanted) {
    return wanted.size() == 1 ? wanted.getFirst() : wanted;
  }

  private String one(String key) {
    return Typed.one(sent, key);
  }
}
