package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Question;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.StepForm.Branch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;

/// Puts what a form says into the text of its step: what is more to it than that a field stands
/// under its key.
final class StepChange {
  private static final int MOST_STARTS = 200;

  private final Part part;
  private final StepForms forms;
  private final Offers offers;
  private final MultiValueMap<String, String> sent;
  private final FieldChange change;

  private StepChange(
      WorkflowText text, Part part, StepForms forms, MultiValueMap<String, String> sent) {
    this.part = part;
    this.forms = forms;
    this.offers = forms.offers();
    this.sent = sent;
    this.change = new FieldChange(text, part, sent);
  }

  /// @param sent by the names of the fields; one that is not sent at all is left alone
  static WorkflowText apply(
      WorkflowText text, Part part, StepForms forms, MultiValueMap<String, String> sent) {
    return new StepChange(text, part, forms, sent).apply();
  }

  private WorkflowText apply() {
    StepForm form = forms.of(change.text(), part);
    Names names = offers.names(change.text());
    List<Field> fields = Stream.concat(form.fields().stream(), form.more().stream()).toList();
    fields.forEach(this::apply);
    form.branches().forEach(branch -> rename(branch, names));
    if (part.kind().equals("run") || part.kind().equals("call")) {
      with(fields);
    }
    return change.text();
  }

  private void apply(Field field) {
    String key = field.label().name();
    if (key.startsWith(StepForms.WITH)) {
      return;
    }
    switch (field) {
      case Field.Line line -> line(key, line.value());
      case Field.Prose prose -> change.line(key, prose.value());
      case Field.Choice choice when key.equals(StepForms.OCCASION) -> occasion(choice.value());
      case Field.Choice choice -> change.line(key, choice.value());
      case Field.Lines lines -> change.lines(key, lines.values());
      case Field.Choices choices -> choices(key, choices.values());
      case Field.Check check -> change.check(key, check);
      case Field.Answers _ -> change.answers(key);
      case Field.Pairs _ -> change.pairs(key);
      case Field.When _ -> when(key);
      case Field.Starts starts -> starts(starts);
      case Field.Rules _ -> rules();
    }
  }

  /// A wait for nothing but time says the time itself.
  private void line(String key, String before) {
    boolean onlyTime =
        part.kind().equals("wait")
            && key.equals("at most")
            && part.values().get("at most") == null
            && !StepSketch.text(part, "wait").contains(".");
    if (onlyTime && change.isOther(key, before)) {
      change.value("wait", change.one(key));
    } else if (!onlyTime) {
      change.line(key, before);
    }
  }

  private void choices(String key, List<String> before) {
    if (!change.isOtherChoice(key, before)) {
      return;
    }
    List<String> wanted = change.chosen(key);
    if (key.equals("wait")) {
      wait(wanted);
    } else {
      change.value(key, key.equals("approval") ? wanted : oneOrMany(wanted));
    }
  }

  private void wait(List<String> events) {
    String span = StepSketch.text(part, "at most");
    String waited = StepSketch.text(part, "wait");
    if (events.isEmpty()) {
      change.value("wait", span.isEmpty() ? "1 day" : span);
      change.value("at most", "");
      change.value("when", "");
      return;
    }
    change.value("wait", oneOrMany(events));
    if (span.isEmpty() && !waited.contains(".")) {
      change.value("at most", waited.isEmpty() ? "3 business days" : waited);
    }
  }

  /// Another occasion begins as an example of it.
  private void occasion(String before) {
    if (!change.isOther(StepForms.OCCASION, before)) {
      return;
    }
    String wanted = change.one(StepForms.OCCASION);
    switch (wanted) {
      case "event" -> change.value("event", firstEvent());
      case "failure" -> change.value("failure", "any");
      default -> change.value("after", "4 business hours");
    }
    Stream.of("after", "event", "failure", "when")
        .filter(key -> !key.equals(wanted))
        .forEach(key -> change.value(key, ""));
  }

  private String firstEvent() {
    String about = StepSketch.text(change.text().head().get("about"));
    return about + (about.equals("ticket") ? ".customer-replied" : ".updated");
  }

  private void when(String key) {
    List<String> events =
        Fields.list(part.values().get(part.kind().equals("on") ? "event" : "wait"));
    String wanted = ConditionForm.read(key, sent, offers.namesAt(change.text(), events));
    if (wanted != null && !same(wanted, StepSketch.text(part, key))) {
      change.value(key, wanted);
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
            ? sent.containsKey(branch.name()) ? change.one(branch.name()) : null
            : ConditionForm.read(branch.name(), sent, names);
    if (wanted == null || wanted.isEmpty() || same(wanted, branch.words())) {
      return;
    }
    WorkflowText text = change.text();
    String start = branch.key().substring(0, branch.key().indexOf(' ') + 1);
    boolean taken =
        text.sequences(part.id()).stream().anyMatch(it -> it.key().equals(start + wanted));
    if (!taken) {
      change.text(text.rename(part.id(), branch.key(), start + wanted));
    }
  }

  private void starts(Field.Starts starts) {
    String manner = change.one("start");
    if (!sent.containsKey("start")) {
      return;
    }
    if (!manner.equals(HeadForm.EVENTS)) {
      if (!manner.equals(starts.manner())) {
        change.value("start", manner);
      }
      return;
    }
    var wanted = new ArrayList<Object>();
    for (int i = 0; i < MOST_STARTS && sent.containsKey("start." + i + ".on"); i++) {
      String event = change.one("start." + i + ".on");
      if (!event.isEmpty()) {
        wanted.add(start(i, event));
      }
    }
    if (wanted.isEmpty()) {
      wanted.add(Map.of("on", starts.events().isEmpty() ? "" : opening(starts)));
    }
    if (!wanted.equals(part.values().get("start"))) {
      change.value("start", wanted);
    }
  }

  private Object start(int row, String event) {
    String when =
        ConditionForm.read(
            "start." + row + ".when", sent, offers.namesAt(change.text(), List.of(event)));
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

  private void rules() {
    RuleChange rules = RuleChange.of(sent, offers.names(change.text()));
    if (rules == null) {
      return;
    }
    if (!rules.rules().equals(part.values().get("table"))) {
      change.value("table", rules.rules());
    }
    if (!rules.declared().isEmpty()) {
      var data = new LinkedHashMap<String, Object>();
      if (change.text().head().get("data") instanceof Map<?, ?> before) {
        before.forEach((name, type) -> data.put(name.toString(), type));
      }
      data.putAll(rules.declared());
      change.text(change.text().set("", "data", data));
    }
  }

  /// The arguments of an action or a call; another one begins without those it does not take.
  private void with(List<Field> fields) {
    Map<?, ?> before = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    var wanted = new LinkedHashMap<String, Object>();
    before.forEach((name, value) -> wanted.put(name.toString(), value));
    for (Field field : fields) {
      if (field.label().name().startsWith(StepForms.WITH)) {
        argument(field, wanted);
      }
    }
    String kind = part.kind();
    if (change.isOther(kind, StepSketch.text(part, kind))) {
      Set<String> inputs = kind.equals("run") ? offers.inputsOf(change.one(kind)) : Set.of();
      wanted.keySet().retainAll(inputs);
    }
    if (!wanted.equals(before)) {
      change.value("with", wanted);
    }
  }

  private void argument(Field field, Map<String, Object> arguments) {
    String key = field.label().name();
    String name = key.substring(StepForms.WITH.length());
    if (field instanceof Field.Pairs && sent.containsKey(key + ".sent")) {
      String start = name.substring(0, name.length() - 1);
      Map<String, Object> pairs = change.pairsOf(key);
      arguments
          .keySet()
          .removeIf(it -> it.startsWith(start) && !pairs.containsKey(it.substring(start.length())));
      pairs.forEach((behind, value) -> arguments.put(start + behind, value));
    } else if (sent.containsKey(key)) {
      if (change.one(key).isEmpty()) {
        arguments.remove(name);
      } else {
        arguments.put(name, change.one(key));
      }
    }
  }

  private static Object oneOrMany(List<String> wanted) {
    return wanted.size() == 1 ? wanted.getFirst() : wanted;
  }
}
