package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventType;
import dev.evergreen.language.MessageText;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.language.WorkflowText.Sequence;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Field.Label;
import dev.evergreen.server.workflow.studio.Field.Option;
import dev.evergreen.server.workflow.studio.StepForm.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Makes the form of a step from what its text says and from what the modules offer.
@Component
class StepForms {
  static final String WITH = "with.";

  /// What a handler waits for: `after`, `event` or `failure`.
  static final String OCCASION = "occasion";

  private final Catalogue catalogue;
  private final Teams teams;
  private final Workflows workflows;

  StepForms(Catalogue catalogue, Teams teams, Workflows workflows) {
    this.catalogue = catalogue;
    this.teams = teams;
    this.workflows = workflows;
  }

  StepForm of(WorkflowText text, Part part) {
    boolean branching =
        part.kind().equals("together")
            || (part.kind().equals("decide") && part.values().get("table") == null);
    return new StepForm(
        what(part.kind()),
        fields(text, part),
        more(text, part),
        branches(text.sequences(part.id()), names(text)),
        branching);
  }

  /// What can be read anywhere in the workflow.
  Names names(WorkflowText text) {
    return Names.of(text, catalogue);
  }

  /// The same, and what an event of one of these kinds says.
  Names namesAt(WorkflowText text, List<String> events) {
    return names(text).with(events, catalogue);
  }

  /// What an action takes; empty for one that there is not.
  Set<String> inputsOf(String action) {
    return catalogue.action(action).stream()
        .flatMap(it -> it.inputs().stream())
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  /// Workflows that this one can go through, by title.
  List<Option> callable(WorkflowText text) {
    String own = StepSketch.text(text.head().get("workflow"));
    return workflows.current().stream()
        .filter(version -> !version.name().equals(own))
        .map(version -> new Option(version.name(), version.title()))
        .toList();
  }

  private static String what(String kind) {
    return switch (kind) {
      case "workflow" -> "The workflow itself";
      case "on" -> "What is done when something happens";
      default ->
          StepSketch.KINDS.stream()
              .filter(it -> it.name().equals(kind))
              .map(StepSketch.Kind::label)
              .findFirst()
              .orElse("A step");
    };
  }

  private List<Field> fields(WorkflowText text, Part part) {
    return switch (part.kind()) {
      case "workflow" -> HeadForm.fields(part, starts(text, part), teams());
      case "do" -> task(part);
      case "run" -> action(text, part);
      case "ask" ->
          List.of(
              Fields.prose(part, "ask", "What is the customer asked?"),
              Fields.answers(part, "into", new Label("into", "What the answer becomes", "")),
              Fields.times(part, "attempts", "Asked at most"),
              Fields.span(part, "at most", "How long is an answer waited for?"));
      case "decide" -> decision(text, part);
      case "together" ->
          List.of(
              Fields.line(part, "together", "What for?"),
              Fields.choice(
                  part,
                  "until",
                  "Goes on",
                  List.of(
                      new Option("all", "when all are over"),
                      new Option("any", "when the first is over")),
                  "all"));
      case "repeat" ->
          List.of(
              Fields.line(part, "repeat", "What are the rounds for?"),
              Fields.times(part, "at most", "At most"),
              Fields.when(part, "until", "Until", names(text)));
      case "wait" -> wait(text, part);
      case "call" -> call(text, part);
      case "end" -> List.of(Fields.line(part, "end", "How it ended, in a word", outcomes()));
      case "on" -> handler(text, part);
      default -> List.of();
    };
  }

  private List<Field> more(WorkflowText text, Part part) {
    if (part.kind().equals("workflow")) {
      return HeadForm.more(part);
    }
    if (part.kind().equals("on") || part.kind().isEmpty()) {
      return List.of();
    }
    var more = new ArrayList<Field>();
    if (part.kind().equals("do")) {
      more.add(Fields.check(part, "evidence", "A file or note has to prove it", "required"));
    }
    if (Set.of("ask", "end").contains(part.kind())) {
      more.add(Fields.line(part, "title", "Title"));
    }
    if (part.kind().equals("run")) {
      more.add(Fields.times(part, "retry", "Tried again when it fails"));
    }
    if (part.kind().equals("wait")) {
      more.add(Fields.line(part, "since", "Counting from the step", titlesAbove(text, part)));
      more.add(Fields.line(part, "until", "Or until the moment", moments(text)));
    }
    more.add(Fields.line(part, "milestone", "Milestone that is reached then", promised(text)));
    return more;
  }

  private Field.Starts starts(WorkflowText text, Part head) {
    String about = StepSketch.text(head, "about");
    return HeadForm.starts(head, events(about), events -> namesAt(text, events));
  }

  private List<Field> task(Part part) {
    return List.of(
        Fields.line(part, "do", "What to do"),
        Fields.prose(part, "instructions", "How, in a few sentences"),
        Fields.choice(part, "by", "Who", people(), ""),
        Fields.span(part, "within", "Within"),
        Fields.lines(part, "checklist", "Checks"),
        Fields.answers(
            part, "form", new Label("form", "What is filled in", "Later steps can decide by it.")));
  }

  private List<Option> people() {
    return Stream.concat(
            Stream.of(new Option("responsible", "Whoever is responsible")), teams().stream())
        .toList();
  }

  private List<Option> teams() {
    return teams.all().stream().map(team -> new Option("team " + team.key(), team.name())).toList();
  }

  private List<Field> action(WorkflowText text, Part part) {
    var fields = new ArrayList<Field>();
    fields.add(Fields.line(part, "title", "Title"));
    fields.add(
        Fields.choice(
            part,
            "run",
            "What Evergreen does",
            catalogue.actions().stream()
                .map(it -> new Option(it.name(), it.description()))
                .toList(),
            ""));
    Map<?, ?> with = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    ActionType action = catalogue.action(StepSketch.text(part, "run")).orElse(null);
    if (action != null) {
      for (Parameter input : action.inputs()) {
        if (input.isOpen()) {
          with.keySet().stream()
              .map(Object::toString)
              .filter(input::covers)
              .map(name -> Parameter.of(name, input.description(), input.type()))
              .forEach(one -> fields.add(input(text, one, StepSketch.text(with.get(one.name())))));
        } else {
          fields.add(input(text, input, StepSketch.text(with.get(input.name()))));
        }
      }
    }
    return fields;
  }

  private Field input(WorkflowText text, Parameter input, String value) {
    List<Option> options =
        input.text()
            ? catalogue.texts().stream()
                .map(MessageText::name)
                .map(name -> new Option(name, Heads.words(name)))
                .toList()
            : switch (input.type()) {
              case ValueType.Choice choice ->
                  choice.options().stream()
                      .map(option -> new Option(option, Heads.words(option)))
                      .toList();
              case ValueType.Flag _ ->
                  List.of(new Option("true", "yes"), new Option("false", "no"));
              default -> List.of();
            };
    var label =
        new Label(
            WITH + input.name(), Names.capital(Heads.words(input.name())), input.description());
    return !options.isEmpty() && !value.startsWith("=")
        ? new Field.Choice(label, value, Fields.withEmpty(options, value))
        : new Field.Line(label, value, values(text, input));
  }

  /// What could be given to an action: a team for a team, else what the run knows of that type.
  private List<Option> values(WorkflowText text, Parameter input) {
    Stream<Option> known =
        names(text).all().stream()
            .filter(name -> name.type().equals(input.type()))
            .map(name -> new Option("=" + name.name(), name.group() + ": " + name.title()));
    Stream<Option> named =
        input.name().equals("team")
            ? teams.all().stream().map(team -> new Option(team.key(), team.name()))
            : Stream.of();
    return Stream.concat(named, known).toList();
  }

  private List<Field> decision(WorkflowText text, Part part) {
    Field question = Fields.line(part, "decide", "The question");
    return part.values().get("table") == null
        ? List.of(question)
        : List.of(
            question,
            Fields.choice(
                part,
                "hit",
                "Which rule counts",
                List.of(
                    new Option("first", "the first that applies"),
                    new Option("unique", "the only one that applies")),
                "first"),
            new Field.Rules(
                Label.of("table", "Rules"), RuleTable.of(part.values().get("table"), names(text))));
  }

  private List<Field> wait(WorkflowText text, Part part) {
    List<String> events = Fields.list(part.values().get("wait"));
    boolean span = events.size() == 1 && !events.getFirst().contains(".");
    var fields = new ArrayList<Field>();
    fields.add(Fields.line(part, "title", "Title"));
    fields.add(
        new Field.Choices(
            new Label("wait", "Until one of these happens", "None: until the time has passed."),
            span ? List.of() : events,
            events(StepSketch.text(text.head().get("about")))));
    if (!span || !StepSketch.text(part, "when").isEmpty()) {
      fields.add(Fields.when(part, "when", "Only when", namesAt(text, events)));
    }
    fields.add(
        span
            ? new Field.Line(Label.of("at most", "For"), events.getFirst(), Fields.spans())
            : Fields.span(part, "at most", "At most"));
    return fields;
  }

  private List<Field> call(WorkflowText text, Part part) {
    var fields = new ArrayList<Field>();
    fields.add(Fields.line(part, "title", "Title"));
    fields.add(Fields.choice(part, "call", "Which workflow?", callable(text), ""));
    Map<?, ?> with = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    workflows
        .withName(StepSketch.text(part, "call"))
        .map(Version::file)
        .ifPresent(file ->
            file.inputs()
                .forEach(input ->
                    fields.add(
                        input(
                            text,
                            new Parameter(
                                input.name(), input.label(), input.type(), input.required(), false),
                            StepSketch.text(with.get(input.name()))))));
    fields.add(
        Fields.pairs(
            part,
            new Label("into", "What it gives back", "“outcome” is how it ended."),
            new Field.Pairs.Columns("Becomes here", "Its name there"),
            names(text).own().stream()
                .map(name -> new Option(name.name(), name.title()))
                .toList()));
    return fields;
  }

  private List<Field> handler(WorkflowText text, Part part) {
    String occasion =
        part.values().containsKey("event")
            ? "event"
            : part.values().containsKey("failure") ? "failure" : "after";
    var fields = new ArrayList<Field>();
    fields.add(
        new Field.Choice(
            Label.of(OCCASION, "When"),
            occasion,
            List.of(
                new Option("after", "it takes too long"),
                new Option("event", "something happens"),
                new Option("failure", "a step cannot go on"))));
    if (occasion.equals("after")) {
      fields.add(Fields.span(part, "after", "After"));
    }
    List<String> events = Fields.list(part.values().get("event"));
    if (occasion.equals("event")) {
      fields.add(
          new Field.Choices(
              Label.of("event", "Which of these"),
              events,
              events(StepSketch.text(text.head().get("about")))));
      fields.add(Fields.when(part, "when", "Only when", namesAt(text, events)));
    }
    fields.add(Fields.when(part, "unless", "Not when", names(text)));
    fields.add(Fields.check(part, "alongside", "The step goes on meanwhile", "true"));
    return fields;
  }

  private List<Option> events(String about) {
    return catalogue.events().stream()
        .filter(event -> event.about().equals(about))
        .map(StepForms::event)
        .toList();
  }

  private static Option event(EventType event) {
    return new Option(event.kind(), event.description());
  }

  private static List<Option> outcomes() {
    return Stream.of("resolved", "unsolved", "silent", "escalated", "canceled")
        .map(outcome -> new Option(outcome, ""))
        .toList();
  }

  /// The titles of the steps before this one, as the text has them.
  private static List<Option> titlesAbove(WorkflowText text, Part part) {
    return text.parts().stream()
        .takeWhile(it -> it.line() < part.line())
        .filter(it -> !it.kind().equals("on"))
        .map(it -> new Option(StepSketch.title(it), ""))
        .distinct()
        .toList();
  }

  private List<Option> moments(WorkflowText text) {
    return names(text).all().stream()
        .filter(name -> name.type() instanceof ValueType.Moment)
        .map(name -> new Option("=" + name.name(), name.title()))
        .toList();
  }

  private static List<Option> promised(WorkflowText text) {
    return text.head().get("promise") instanceof Map<?, ?> promise
        ? promise.entrySet().stream()
            .map(it ->
                new Option(it.getKey().toString(), "promised in " + StepSketch.text(it.getValue())))
            .toList()
        : List.of();
  }

  private static List<Branch> branches(List<Sequence> sequences, Names names) {
    var branches = new ArrayList<Branch>();
    for (Sequence sequence : sequences) {
      String key = sequence.key();
      if (key.startsWith("when ") || key.startsWith("branch ")) {
        String words = key.substring(key.indexOf(' ') + 1);
        branches.add(
            new Branch(
                branches.size(),
                key,
                words,
                key.startsWith("when ")
                    ? ConditionForm.of("branch." + branches.size(), words, names)
                    : null));
      }
    }
    return branches;
  }
}
