package dev.evergreen.language.bpmn;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Spans;
import dev.evergreen.language.TypeNames;
import dev.evergreen.language.bpmn.Graph.Edge;
import dev.evergreen.language.bpmn.Graph.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// Reads single elements of a model: our details where they are, what BPMN itself says where not.
final class Inlet {
  private final Map<String, String> messages = new HashMap<>();
  private final Map<String, String> lanes = new HashMap<>();

  Inlet(Element definitions, Element process) {
    for (var kind : List.of("message", "signal")) {
      for (Element one : Dom.children(definitions, kind)) {
        var name = one.getAttribute("name");
        messages.put(one.getAttribute("id"), name.isBlank() ? one.getAttribute("id") : name);
      }
    }
    for (Element set : Dom.children(process, "laneSet")) {
      for (Element lane : Dom.children(set, "lane")) {
        for (Element node : Dom.children(lane, "flowNodeRef")) {
          lanes.put(node.getTextContent().strip(), lane.getAttribute("name"));
        }
      }
    }
  }

  static List<Definition.Trigger> starts(Element process) {
    return Dom.details(process, "workflow").stream()
        .flatMap(it -> Dom.ours(it, "start").stream())
        .map(
            it -> new Definition.Trigger(it.getAttribute("on"), condition(it.getAttribute("when"))))
        .toList();
  }

  static Map<String, ValueType> data(Element process) {
    var data = new LinkedHashMap<String, ValueType>();
    Dom.details(process, "workflow").stream()
        .flatMap(it -> Dom.ours(it, "data").stream())
        .forEach(it -> data.put(it.getAttribute("name"), type(it)));
    return data;
  }

  DoStep task(Vertex at) {
    var details = Dom.details(at.element(), "do");
    var instructions =
        Dom.child(at.element(), "documentation").map(Element::getTextContent).orElse("");
    var form = new ArrayList<DoStep.Field>();
    var checklist = new ArrayList<String>();
    details.ifPresent(it -> {
      for (Element field : Dom.ours(it, "field")) {
        form.add(
            new DoStep.Field(
                field.getAttribute("name"),
                field.getAttribute("label"),
                type(field),
                field.getAttribute("required").equals("true")));
      }
      Dom.ours(it, "check").forEach(check -> checklist.add(check.getAttribute("text")));
    });
    return new DoStep(
        "",
        at.name(),
        instructions,
        details
            .flatMap(it -> Dom.attribute(it, "by"))
            .flatMap(Assignees::read)
            .orElseGet(() -> owner(at)),
        details.flatMap(it -> span(it, "within")).orElse(null),
        form,
        checklist,
        details.filter(it -> it.getAttribute("evidence").equals("true")).isPresent(),
        List.of());
  }

  /// The group that may do it, the lane that it stands in, or whoever is responsible.
  private DoStep.Assignee owner(Vertex at) {
    var owner =
        Dom.child(at.element(), "potentialOwner")
            .or(() -> Dom.child(at.element(), "humanPerformer"))
            .map(Element::getTextContent)
            .map(text -> text.replaceFirst("^\\s*group\\((.*)\\)\\s*$", "$1"))
            .or(() -> Optional.ofNullable(lanes.get(at.id())))
            .map(Inlet::key)
            .filter(key -> !key.isEmpty());
    return owner
        .<DoStep.Assignee>map(DoStep.Assignee.Team::new)
        .orElseGet(DoStep.Assignee.Responsible::new);
  }

  RunStep action(Vertex at) throws Blocked {
    var details =
        Dom.details(at.element(), "run")
            .orElseThrow(() ->
                new Blocked(
                    at,
                    "it does not say which action it performs",
                    "name one in `evergreen:run`, or make it a user task"));
    RunStep.Retry retry = null;
    for (Element it : Dom.ours(details, "retry")) {
      retry =
          new RunStep.Retry(
              whole(at, it, "times"),
              span(it, "first").orElseThrow(() -> unreadable(at, "first")),
              factor(at, it.getAttribute("factor")));
    }
    return new RunStep(
        "",
        at.name(),
        details.getAttribute("action"),
        terms(details, "with"),
        into(details),
        retry,
        List.of());
  }

  CallStep call(Vertex at) throws Blocked {
    var workflow = at.element().getAttribute("calledElement");
    if (workflow.isBlank()) {
      throw new Blocked(at, "it does not say what it calls", "name the workflow that it calls");
    }
    var details = Dom.details(at.element(), "call");
    var into = details.map(Inlet::into).orElse(Map.of());
    var with = details.map(it -> terms(it, "with")).orElse(Map.of());
    return new CallStep("", at.name(), workflow, with, into, List.of());
  }

  private static Map<String, String> into(Element details) {
    var into = new HashMap<String, String>();
    Dom.ours(details, "into")
        .forEach(it -> into.put(it.getAttribute("name"), it.getAttribute("from")));
    return into;
  }

  /// Without what follows when no answer comes.
  Optional<AskStep> question(Vertex at) throws Blocked {
    var details = Dom.details(at.element(), "ask");
    if (details.isEmpty()) {
      return Optional.empty();
    }
    var it = details.get();
    return Optional.of(
        new AskStep(
            "",
            at.name(),
            it.getAttribute("question"),
            it.getAttribute("into"),
            type(it),
            whole(at, it, "attempts"),
            span(it, "atMost").orElseThrow(() -> unreadable(at, "atMost")),
            List.of(),
            List.of()));
  }

  static DecideStep.@Nullable Table table(Vertex at) {
    return Dom.details(at.element(), "decide").stream()
        .flatMap(it -> Dom.ours(it, "table").stream())
        .findFirst()
        .map(Inlet::table)
        .orElse(null);
  }

  private static DecideStep.Table table(Element table) {
    var rules =
        Dom.ours(table, "rule").stream()
            .map(it ->
                new DecideStep.Table.Rule(condition(it.getAttribute("when")), terms(it, "set")))
            .toList();
    return new DecideStep.Table(
        rules,
        table.getAttribute("hit").equals("unique")
            ? DecideStep.Table.Hit.UNIQUE
            : DecideStep.Table.Hit.FIRST);
  }

  /// The names of what a message or signal event waits for; empty for another kind of event.
  List<String> events(Vertex at) {
    var names = new ArrayList<String>();
    for (var kind : List.of("message", "signal")) {
      for (Element definition : Dom.children(at.element(), kind + "EventDefinition")) {
        var ref = definition.getAttribute(kind + "Ref");
        names.add(messages.getOrDefault(ref, ref.isEmpty() ? key(at.name()) : ref));
      }
    }
    if (at.kind().equals("receiveTask")) {
      var ref = at.element().getAttribute("messageRef");
      names.add(messages.getOrDefault(ref, ref.isEmpty() ? key(at.name()) : ref));
    }
    return names;
  }

  static boolean isTimer(Vertex at) {
    return Dom.child(at.element(), "timerEventDefinition").isPresent();
  }

  /// After how long a timer event fires.
  private static Span timer(Vertex at) throws Blocked {
    var ours = Dom.details(at.element(), "timer").flatMap(it -> span(it, "after"));
    if (ours.isPresent()) {
      return ours.get();
    }
    return Dom.child(at.element(), "timerEventDefinition")
        .flatMap(it -> Dom.child(it, "timeDuration"))
        .flatMap(it -> IsoDuration.read(it.getTextContent()))
        .orElseThrow(() ->
            new Blocked(
                at,
                "its time is no plain duration",
                "give a `timeDuration` such as `PT4H` or `P3D`; dates, cycles, months and"
                    + " seconds cannot be taken"));
  }

  /// @param timer the event at whose time the wait ends
  WaitStep waiting(Vertex at, List<String> events, Vertex timer, List<Step> otherwise)
      throws Blocked {
    var details = Dom.details(at.element(), "wait");
    return new WaitStep(
        "",
        at.name(),
        events,
        details.flatMap(it -> Dom.attribute(it, "when")).map(Inlet::condition).orElse(null),
        timer(timer),
        details.flatMap(it -> Dom.attribute(it, "until")).map(Inlet::term).orElse(null),
        details.flatMap(it -> Dom.attribute(it, "since")).orElse(null),
        otherwise,
        List.of());
  }

  /// @param interrupts what BPMN itself says of it
  Handler handler(Vertex event, List<Step> steps, String interrupts) throws Blocked {
    var details = Dom.details(event.element(), "handler");
    boolean alongside =
        details
            .map(it -> it.getAttribute("alongside").equals("true"))
            .orElse(interrupts.equals("false"));
    var unless =
        details.flatMap(it -> Dom.attribute(it, "unless")).map(Inlet::condition).orElse(null);
    return new Handler("", trigger(event), unless, alongside, steps);
  }

  private Handler.Trigger trigger(Vertex at) throws Blocked {
    if (isTimer(at)) {
      return new Handler.Trigger.After(timer(at));
    }
    if (Dom.child(at.element(), "errorEventDefinition").isPresent()) {
      return new Handler.Trigger.OnFailure();
    }
    var events = events(at);
    if (events.isEmpty()) {
      throw new Blocked(
          at,
          "nothing that a workflow knows sets it off",
          "use a timer, a message, a signal or an error event");
    }
    var when =
        Dom.details(at.element(), "handler")
            .flatMap(it -> Dom.attribute(it, "when"))
            .map(Inlet::condition)
            .orElse(null);
    return new Handler.Trigger.OnEvent(events, when);
  }

  /// What the flow is taken for; empty when it says nothing.
  static Optional<Condition> condition(Edge edge) {
    return Dom.child(edge.element(), "conditionExpression")
        .map(Element::getTextContent)
        .or(() -> Dom.attribute(edge.element(), "name"))
        .map(text -> text.strip().replaceFirst("^[$#]\\{(.*)\\}$", "$1"))
        .filter(text -> !text.isEmpty())
        .map(Inlet::condition);
  }

  static Condition condition(String source) {
    return source.equals(Condition.ALWAYS.source())
        ? Condition.ALWAYS
        : new Condition(source, _ -> notCompiled(source));
  }

  private static Map<String, Term> terms(Element parent, String name) {
    var terms = new HashMap<String, Term>();
    for (Element it : Dom.ours(parent, name)) {
      terms.put(it.getAttribute("name"), term(it.getAttribute("value")));
    }
    return terms;
  }

  static Term term(String source) {
    return source.startsWith("=") ? new Term(source, _ -> notCompiled(source)) : Term.of(source);
  }

  private static boolean notCompiled(String source) {
    throw new UnsupportedOperationException(
        "expected %s to be compiled by reading it from a file".formatted(source));
  }

  private static ValueType type(Element element) {
    var options = Dom.ours(element, "option").stream().map(it -> it.getAttribute("value")).toList();
    var name = element.getAttribute("type");
    return name.equals("choice")
        ? new ValueType.Choice(options)
        : TypeNames.type(name).orElseGet(ValueType.Text::new);
  }

  static Optional<Span> span(Element element, String name) {
    return Dom.attribute(element, name).flatMap(Spans::span);
  }

  static int whole(Vertex at, Element element, String name) throws Blocked {
    var text = element.getAttribute(name);
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw unreadable(at, name);
    }
    return Integer.parseInt(text);
  }

  private static double factor(Vertex at, String text) throws Blocked {
    if (!text.matches("[1-9]\\d{0,5}(\\.\\d{1,9})?")) {
      throw unreadable(at, "factor");
    }
    return Double.parseDouble(text);
  }

  private static Blocked unreadable(Vertex at, String name) {
    return new Blocked(
        at, "`%s` among its details cannot be read".formatted(name), "write it as an export does");
  }

  /// A name as a key: small letters, digits and `-`.
  static String key(String name) {
    return name.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9.]+", "-")
        .replaceAll("^[^a-z]+|-+$", "");
  }
}
