package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads a whole file: its head, what starts it, and its steps.
final class WorkflowReader {
  private final Catalogue catalogue;
  private final Findings findings;
  private final Expressions expressions;

  WorkflowReader(Catalogue catalogue, Findings findings) {
    this.catalogue = catalogue;
    this.findings = findings;
    this.expressions = new Expressions(findings);
  }

  /// @param file meaningful only when there is no error among the findings
  record Read(WorkflowFile file, Notes notes) {}

  Read read(Tree.Mapping root, String text) {
    var section = Section.of(root, Grammar.WORKFLOW, findings);
    var head = new HeadReader(section, findings);
    var name = head.name("workflow");
    var title = section.required("title");
    var about = about(section);
    var facts = facts(about);
    var starting = starting(section, about, facts);
    var profile =
        new Profile(
            section.required("purpose"),
            head.name("owner"),
            head.optionalName("process"),
            section.word("kind"),
            head.format(),
            head.review(head.approval()),
            starting.byHand());
    var runData = runData();
    var inputs = inputs(section, runData, starting);
    declare(section, runData);
    var reading = Reading.of(about, catalogue, facts.with(runData.types()), runData, expressions);
    inputs.forEach(input -> reading.set().add(input.name()));
    var reader = new StepReader(reading);
    if (!section.has("steps")) {
      section.missing("steps");
    }
    var steps = reader.steps(section.tree("steps"), "");
    var handlers = reader.wholeRun(section);
    var required =
        inputs.stream()
            .filter(DoStep.Field::required)
            .map(DoStep.Field::name)
            .collect(Collectors.toSet());
    var definition =
        new Definition(
            name, 1, title, about, starting.events(), runData.types(), required, steps, handlers);
    var promises = head.promises();
    var file =
        new WorkflowFile(definition, profile, inputs, reading.notes().milestones(), promises, text);
    return new Read(file, reading.notes());
  }

  private String about(Section section) {
    var about = section.required("about");
    var known = catalogue.subjects();
    if (!about.isEmpty() && !known.contains(about)) {
      findings.unknown(section.spotOf("about"), "subject %s", about, known);
    }
    return about;
  }

  private Scope facts(String about) {
    var scope = new Scope(new TreeMap<>()).with(Map.of("now", new ValueType.Moment()));
    for (var type : catalogue.facts()) {
      if (type.about().equals(about)) {
        scope = scope.with(type.name(), type.fields());
      }
    }
    return scope;
  }

  private record Starting(List<Definition.Trigger> events, boolean byHand) {}

  private Starting starting(Section section, String about, Scope facts) {
    var events = new ArrayList<Definition.Trigger>();
    boolean byHand = false;
    switch (section.tree("start")) {
      case null -> section.missing("start");
      case Tree.Sequence list -> {
        for (var item : list.items()) {
          byHand |= byHand(item);
          if (item instanceof Tree.Mapping mapping) {
            start(mapping, about, facts, events);
          } else if (!isWord(item)) {
            strange(item, section);
          }
        }
      }
      case Tree word when isWord(word) -> byHand = byHand(word);
      case Tree other -> strange(other, section);
    }
    return new Starting(events, byHand);
  }

  private static boolean byHand(Tree item) {
    return item instanceof Tree.Scalar word && word.text().equals(Grammar.BY_HAND);
  }

  private static boolean isWord(Tree item) {
    return byHand(item)
        || (item instanceof Tree.Scalar word && word.text().equals(Grammar.BY_CALL));
  }

  private void strange(Tree item, Section section) {
    findings.error(
        item.at(),
        "%s under `start`".formatted(item.shape()),
        "`on:` and an event, `%s` or `%s`".formatted(Grammar.BY_HAND, Grammar.BY_CALL),
        "write, for example, " + section.example("start"));
  }

  private void start(
      Tree.Mapping mapping, String about, Scope facts, List<Definition.Trigger> triggers) {
    var section = Section.of(mapping, Grammar.START, findings);
    var event = section.scalar("on");
    if (event == null) {
      if (!section.has("on")) {
        section.missing("on");
      }
      return;
    }
    EventChecks.check(event, about, catalogue, findings);
    var data = catalogue.event(event.text()).map(EventType::data).orElse(List.of());
    var when = section.scalar("when");
    if (when == null) {
      triggers.add(new Definition.Trigger(event.text(), Condition.ALWAYS));
    } else {
      expressions
          .condition(when, 0, facts.with("event", data))
          .map(compiled -> Expressions.asCondition(when, 0, compiled))
          .ifPresent(it -> triggers.add(new Definition.Trigger(event.text(), it)));
    }
  }

  private RunData runData() {
    var factNames = catalogue.facts().stream().map(FactType::name).collect(Collectors.toSet());
    return new RunData(catalogue, new FieldReader(factNames, findings), findings);
  }

  private List<DoStep.Field> inputs(Section section, RunData runData, Starting starting) {
    var mapping = section.mapping("inputs");
    var inputs = mapping == null ? List.<DoStep.Field>of() : runData.inputs(mapping);
    if (!starting.events().isEmpty()) {
      inputs.stream()
          .filter(DoStep.Field::required)
          .forEach(input ->
              findings.error(
                  section.spotOf("inputs"),
                  "the input %s, which nothing gives when an event starts the run"
                      .formatted(Wording.quoted(input.name())),
                  "an optional input, or a start %s or %s alone"
                      .formatted(Grammar.BY_HAND, Grammar.BY_CALL),
                  "put `optional` before its type"));
    }
    return inputs;
  }

  private void declare(Section section, RunData runData) {
    var steps = section.tree("steps");
    var handlers = section.tree("on");
    var below = new ArrayList<Tree>();
    if (steps != null) {
      below.add(steps);
    }
    if (handlers != null) {
      below.add(handlers);
    }
    var all = new Tree.Sequence(below, section.at());
    var data = section.mapping("data");
    if (data != null) {
      runData.declare(data, all);
    }
    runData.collect(all);
  }
}
