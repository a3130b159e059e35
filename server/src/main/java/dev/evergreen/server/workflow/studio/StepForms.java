package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.ActionType;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.language.WorkflowText.Sequence;
import dev.evergreen.server.workflow.studio.Field.Label;
import dev.evergreen.server.workflow.studio.Field.Option;
import dev.evergreen.server.workflow.studio.StepForm.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Makes the form of a step from what its text says and from what the modules offer.
@Component
class StepForms {
  static final String WITH = "with.";

  /// What a handler waits for: `after`, `event` or `failure`.
  static final String OCCASION = "occasion";

  private final Offers offers;

  StepForms(Offers offers) {
    this.offers = offers;
  }

  Offers offers() {
    return offers;
  }

  StepForm of(WorkflowText text, Part part) {
    boolean branching =
        part.kind().equals("together")
            || (part.kind().equals("decide") && part.values().get("table") == null);
    return new StepForm(
        what(part.kind()),
        fields(text, part),
        more(text, part),
        branches(text.sequences(part.id()), offers.names(text)),
        branching);
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
      case "workflow" -> HeadForm.fields(part, starts(text, part), offers.teams());
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
              Fields.when(part, "until", "Until", offers.names(text)));
      case "wait" -> wait(text, part);
      case "call" -> call(text, part);
      case "end" -> List.of(Fields.line(part, "end", "How it ended, in a word", offers.outcomes()));
      case "on" -> handler(text, part);
      default -> List.of();
    };
  }

  private List<Field> more(WorkflowText text, Part part) {
    if (part.kind().equals("workflow")) {
      return HeadForm.more(part, offers.processes());
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
      more.add(
          Fields.line(part, "since", "Counting from the step", Offers.titlesAbove(text, part)));
      more.add(Fields.line(part, "until", "Or until the moment", offers.moments(text)));
    }
    more.add(
        Fields.line(part, "milestone", "Milestone that is reached then", Offers.promised(text)));
    return more;
  }

  private Field.Starts starts(WorkflowText text, Part head) {
    String about = StepSketch.text(head, "about");
    return HeadForm.starts(head, offers.events(about), events -> offers.namesAt(text, events));
  }

  private List<Field> task(Part part) {
    return List.of(
        Fields.line(part, "do", "What to do"),
        Fields.prose(part, "instructions", "How, in a few sentences"),
        Fields.choice(part, "by", "Who", offers.people(), ""),
        Fields.span(part, "within", "Within"),
        Fields.lines(part, "checklist", "Checks"),
        Fields.answers(
            part, "form", new Label("form", "What is filled in", "Later steps can decide by it.")));
  }

  private List<Field> action(WorkflowText text, Part part) {
    var fields = new ArrayList<Field>();
    fields.add(Fields.line(part, "title", "Title"));
    fields.add(Fields.choice(part, "run", "What Evergreen does", offers.actions(), ""));
    Map<?, ?> with = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    ActionType action = offers.action(StepSketch.text(part, "run")).orElse(null);
    if (action != null) {
      for (Parameter input : action.inputs()) {
        fields.add(
            input.isOpen()
                ? open(text, input, with)
                : input(text, input, StepSketch.text(with.get(input.name()))));
      }
    }
    return fields;
  }

  private Field input(WorkflowText text, Parameter input, String value) {
    List<Option> options = offers.choices(input);
    var label =
        new Label(
            WITH + input.name(), Names.capital(Heads.words(input.name())), input.description());
    return !options.isEmpty() && !value.startsWith("=")
        ? new Field.Choice(label, value, Fields.withEmpty(options, value))
        : new Field.Line(label, value, offers.values(text, input));
  }

  /// As many values as a file likes, by the names behind the dot.
  private Field open(WorkflowText text, Parameter input, Map<?, ?> with) {
    int behindDot = input.name().length() - 1;
    var rows = new ArrayList<Field.Pairs.Pair>();
    with.forEach((name, value) -> {
      if (input.covers(name.toString())) {
        rows.add(
            new Field.Pairs.Pair(name.toString().substring(behindDot), StepSketch.text(value)));
      }
    });
    rows.add(new Field.Pairs.Pair("", ""));
    String name = input.name().substring(0, behindDot - 1);
    return new Field.Pairs(
        new Label(
            WITH + input.name(),
            Names.capital(Heads.words(name)),
            "Each value under its name. `=customer.name` is what the case knows."),
        new Field.Pairs.Columns("Name", "Value"),
        rows,
        new Field.Pairs.Suggestions(List.of(), offers.known(text)));
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
                Label.of("table", "Rules"),
                RuleTable.of(part.values().get("table"), offers.names(text))));
  }

  private List<Field> wait(WorkflowText text, Part part) {
    List<String> awaited = Fields.list(part.values().get("wait"));
    boolean one = awaited.size() == 1 && !awaited.getFirst().contains(".");
    if (one && awaited.getFirst().startsWith("=")) {
      return List.of(
          Fields.line(part, "title", "Title"),
          Fields.line(part, "wait", "Until the moment", offers.moments(text)),
          Fields.span(part, "at most", "At most"));
    }
    var fields = new ArrayList<Field>();
    fields.add(Fields.line(part, "title", "Title"));
    fields.add(
        new Field.Choices(
            new Label("wait", "Until one of these happens", "None: until the time has passed."),
            one ? List.of() : awaited,
            offers.events(StepSketch.text(text.head().get("about")))));
    if (!one || !StepSketch.text(part, "when").isEmpty()) {
      fields.add(Fields.when(part, "when", "Only when", offers.namesAt(text, awaited)));
    }
    fields.add(
        one
            ? new Field.Line(Label.of("at most", "For"), awaited.getFirst(), timesAndMoments(text))
            : Fields.span(part, "at most", "At most"));
    return fields;
  }

  private List<Option> timesAndMoments(WorkflowText text) {
    return Stream.concat(Fields.spans().stream(), offers.moments(text).stream()).toList();
  }

  private List<Field> call(WorkflowText text, Part part) {
    var fields = new ArrayList<Field>();
    fields.add(Fields.line(part, "title", "Title"));
    fields.add(Fields.choice(part, "call", "Which workflow?", offers.callable(text), ""));
    Map<?, ?> with = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    offers
        .workflow(StepSketch.text(part, "call"))
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
            offers.names(text).own().stream()
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
              offers.events(StepSketch.text(text.head().get("about")))));
      fields.add(Fields.when(part, "when", "Only when", offers.namesAt(text, events)));
    }
    fields.add(Fields.when(part, "unless", "Not when", offers.names(text)));
    fields.add(Fields.check(part, "alongside", "The step goes on meanwhile", "true"));
    return fields;
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
