package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a whole file: its head, what starts it, and its steps.
final class WorkflowReader {
  private static final List<String> KEYS =
      List.of(
          "workflow",
          "title",
          "process",
          "kind",
          "about",
          "purpose",
          "owner",
          "review every",
          "start",
          "data",
          "steps");
  private static final List<String> KINDS =
      List.of(
          "service",
          "administrative",
          "operational",
          "enforcement",
          "escalation",
          "complaint",
          "follow-up");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final Catalogue catalogue;
  private final Findings findings;
  private final Expressions expressions;

  WorkflowReader(Catalogue catalogue, Findings findings) {
    this.catalogue = catalogue;
    this.findings = findings;
    this.expressions = new Expressions(findings);
  }

  /// Meaningful only when there is no error among the findings.
  WorkflowFile read(Tree.Mapping root, String text) {
    var section = Section.of(root, "a workflow", KEYS, findings);
    var name = name(section);
    var title = section.required("title", "Resolve a customer's issue");
    var about = about(section);
    var purpose = section.required("purpose", "Every issue is answered.");
    var owner = section.required("owner", "support-operations");
    var facts = facts(about);
    var starts = starts(section, about, facts);
    var runData = runData(section);
    var steps = steps(section, about, facts.with(runData.types()), runData);
    closing(section, about, starts, steps);
    return new WorkflowFile(
        new Definition(name, 1, title, about, starts, runData.types(), Set.of(), steps, List.of()),
        purpose,
        owner,
        section.optional("process", "support", ""),
        kind(section),
        new SpanReader(findings).span(section, "review every"),
        text);
  }

  private String name(Section section) {
    var name = section.required("workflow", "issue-resolution");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      findings.error(
          section.spotOf("workflow"),
          "the name %s".formatted(Wording.quoted(name)),
          "small letters, digits and `-`, a letter first",
          "write, for example, `workflow: issue-resolution`");
    }
    return name;
  }

  private String kind(Section section) {
    var kind = section.optional("kind", "service", "service");
    if (!KINDS.contains(kind)) {
      findings.unknown(section.spotOf("kind"), "kind of workflow %s", kind, KINDS);
    }
    return kind;
  }

  private String about(Section section) {
    var about = section.required("about", "ticket");
    var known =
        Stream.concat(
                catalogue.events().stream().map(EventType::about),
                catalogue.facts().stream().map(FactType::about))
            .distinct()
            .sorted()
            .toList();
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

  private List<Definition.Trigger> starts(Section section, String about, Scope facts) {
    var triggers = new ArrayList<Definition.Trigger>();
    switch (section.tree("start")) {
      case null -> section.missing(section.at(), "start", "[{on: ticket.opened}]");
      case Tree.Sequence list -> list.items().forEach(item -> start(item, about, facts, triggers));
      case Tree other ->
          findings.error(
              other.at(),
              "%s for `start`".formatted(other.shape()),
              "a list of events",
              "write, for example, `- on: ticket.opened`");
    }
    return triggers;
  }

  private void start(Tree item, String about, Scope facts, List<Definition.Trigger> triggers) {
    if (!(item instanceof Tree.Mapping mapping)) {
      findings.error(
          item.at(),
          "%s under `start`".formatted(item.shape()),
          "`on:` and an event",
          "write, for example, `- on: ticket.opened`");
      return;
    }
    var section = Section.of(mapping, "a start", List.of("on", "when"), findings);
    var event = section.scalar("on", "ticket.opened");
    if (event == null) {
      section.missing(mapping.at(), "on", "ticket.opened");
      return;
    }
    EventChecks.check(event, about, catalogue, findings);
    var data = catalogue.event(event.text()).map(EventType::data).orElse(List.of());
    var when = section.scalar("when", "ticket.category != \"feedback\"");
    if (when == null) {
      triggers.add(new Definition.Trigger(event.text(), Condition.ALWAYS));
    } else {
      expressions
          .condition(when, 0, facts.with("event", data))
          .map(compiled -> Expressions.asCondition(when, 0, compiled))
          .ifPresent(it -> triggers.add(new Definition.Trigger(event.text(), it)));
    }
  }

  private RunData runData(Section section) {
    var factNames = catalogue.facts().stream().map(FactType::name).collect(Collectors.toSet());
    var runData = new RunData(catalogue, new FieldReader(factNames, findings), findings);
    var steps = section.tree("steps");
    var data =
        section.tree("data") == null ? null : section.mapping("data", "data: {solved: boolean}");
    if (data != null && steps != null) {
      runData.declare(data, steps);
    }
    if (steps != null) {
      runData.collect(steps);
    }
    return runData;
  }

  private List<Step> steps(Section section, String about, Scope scope, RunData runData) {
    var tree = section.tree("steps");
    if (tree == null) {
      section.missing(section.at(), "steps", "[{end: resolved}]");
    }
    var reading = new Reading(about, catalogue, scope, runData, expressions, findings);
    return new StepReader(reading).steps(tree, "");
  }

  /// Whoever opens something owes a rule for closing it.
  private void closing(
      Section section, String about, List<Definition.Trigger> starts, List<Step> steps) {
    var close = about + ".close";
    var opens = starts.stream().anyMatch(start -> start.event().equals(about + ".opened"));
    var closes =
        Paths.all(steps)
            .anyMatch(step -> step instanceof RunStep run && run.action().equals(close));
    if (opens && !closes && catalogue.action(close).isPresent()) {
      findings.warning(
          section.spotOf("steps"),
          "no rule for closing the %s".formatted(about),
          "a step that closes it on some path",
          "add `- run: %s` with its outcome".formatted(close));
    }
  }
}
