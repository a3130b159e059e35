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
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.StepForm.Branch;
import dev.evergreen.server.workflow.studio.StepForm.Control;
import dev.evergreen.server.workflow.studio.StepForm.Field;
import dev.evergreen.server.workflow.studio.StepForm.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes the form of a step from what its text says and from what the modules offer.
@Component
class StepForms {
  static final String WITH = "with.";

  /// Keys that mean their first option when they are left out.
  private static final Set<String> ASSUMED = Set.of("kind", "until");

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
        what(part.kind()), fields(text, part), branches(text.sequences(part.id())), branching);
  }

  /// What an action takes; empty for one that there is not.
  Set<String> inputsOf(String action) {
    return catalogue.action(action).stream()
        .flatMap(it -> it.inputs().stream())
        .map(Parameter::name)
        .collect(Collectors.toSet());
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
    String about = StepSketch.text(text.head().get("about"));
    return switch (part.kind()) {
      case "workflow" -> head(part, about);
      case "do" -> task(part);
      case "run" -> action(part);
      case "ask" ->
          List.of(
              prose(part, "ask", "What is the customer asked?"),
              answers(part, "into", "What the answer becomes"),
              line(part, "attempts", "Asked at most", "2 times"),
              line(part, "at most", "How long is an answer waited for?", "3 business days"));
      case "decide" -> List.of(line(part, "decide", "The question", "Do we know enough?"));
      case "together" ->
          List.of(
              line(part, "together", "What for?", "Prepare the visit"),
              choice(
                  part,
                  "until",
                  "Goes on",
                  List.of(
                      new Option("all", "when all are over"),
                      new Option("any", "when the first is over"))));
      case "repeat" ->
          List.of(
              line(part, "repeat", "What are the rounds for?", "Find the answer"),
              line(part, "at most", "At most", "3 times"),
              formula(part, "until", "Until this holds"));
      case "wait" -> wait(part, about);
      case "call" ->
          List.of(
              line(part, "title", "Title", ""),
              choice(
                  part,
                  "call",
                  "Which workflow?",
                  workflows.current().stream()
                      .map(version -> new Option(version.name(), version.title()))
                      .toList()));
      case "end" -> List.of(line(part, "end", "How it ended, in a word", "resolved"));
      case "on" -> handler(part, about);
      default -> List.of();
    };
  }

  private List<Field> head(Part part, String about) {
    return List.of(
        line(part, "title", "Title", ""),
        prose(part, "purpose", "What is better for the customer afterwards?"),
        line(part, "owner", "Who keeps it true?", "support-operations"),
        line(part, "process", "Which process does it serve?", "support"),
        choice(
            part,
            "kind",
            "Kind",
            Stream.of(
                    "service",
                    "administrative",
                    "operational",
                    "enforcement",
                    "escalation",
                    "complaint",
                    "follow-up")
                .map(kind -> new Option(kind, Heads.words(kind)))
                .toList()),
        line(part, "review every", "Reviewed every", "90 days"),
        new Field(
            "approval",
            "Who agrees to a change?",
            Control.CHOICES,
            list(part.values().get("approval")),
            teams.all().stream()
                .map(team -> new Option("team " + team.key(), team.name()))
                .toList(),
            ""),
        new Field(
            "start",
            "Starts on",
            Control.CHOICES,
            startEvents(part.values().get("start")),
            events(about),
            "Conditions are kept; they are written in the text."));
  }

  private List<Field> task(Part part) {
    return List.of(
        line(part, "do", "What to do", "Answer the customer"),
        prose(part, "instructions", "How, in a few sentences"),
        choice(part, "by", "Who", people()),
        line(part, "within", "Within", "4 business hours"),
        new Field(
            "checklist",
            "Checks",
            Control.LIST,
            list(part.values().get("checklist")),
            List.of(),
            "One a line."),
        answers(part, "form", "What is filled in"),
        new Field(
            "evidence",
            "A file or note has to prove it",
            Control.CHECK,
            list(part.values().get("evidence")),
            List.of(new Option("required", "")),
            ""),
        line(part, "milestone", "Milestone that is reached then", ""));
  }

  private List<Option> people() {
    return Stream.concat(
            Stream.of(new Option("responsible", "Whoever is responsible")),
            teams.all().stream().map(team -> new Option("team " + team.key(), team.name())))
        .toList();
  }

  private List<Field> action(Part part) {
    var fields = new ArrayList<Field>();
    fields.add(line(part, "title", "Title", ""));
    ActionType action = catalogue.action(StepSketch.text(part, "run")).orElse(null);
    Field which =
        choice(
            part,
            "run",
            "What Evergreen does",
            catalogue.actions().stream()
                .map(it -> new Option(it.name(), it.name() + ": " + it.description()))
                .toList());
    fields.add(which);
    Map<?, ?> with = part.values().get("with") instanceof Map<?, ?> map ? map : Map.of();
    if (action != null) {
      for (Parameter input : action.inputs()) {
        if (input.isOpen()) {
          with.keySet().stream()
              .map(Object::toString)
              .filter(input::covers)
              .map(name -> Parameter.of(name, input.description(), input.type()))
              .forEach(one -> fields.add(input(one, StepSketch.text(with.get(one.name())))));
        } else {
          fields.add(input(input, StepSketch.text(with.get(input.name()))));
        }
      }
    }
    fields.add(line(part, "retry", "Tried again when it fails", "3 times"));
    return fields;
  }

  private Field input(Parameter input, String value) {
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
    boolean chosen = !options.isEmpty() && !value.startsWith("=");
    return new Field(
        WITH + input.name(),
        capital(Heads.words(input.name())),
        chosen ? Control.CHOICE : Control.LINE,
        List.of(value),
        chosen ? withEmpty(options, value) : List.of(),
        input.description() + (chosen ? "" : " A value that begins with = is worked out."));
  }

  private List<Field> wait(Part part, String about) {
    List<String> events = list(part.values().get("wait"));
    boolean span = events.size() == 1 && !events.getFirst().contains(".");
    return List.of(
        line(part, "title", "Title", ""),
        new Field(
            "wait",
            "Until one of these happens",
            Control.CHOICES,
            span ? List.of() : events,
            events(about),
            "None: until the time below has passed."),
        formula(part, "when", "Only when"),
        new Field(
            "at most",
            "At most",
            Control.LINE,
            span ? events : List.of(StepSketch.text(part, "at most")),
            List.of(),
            "Such as “3 business days”."));
  }

  private List<Field> handler(Part part, String about) {
    return List.of(
        line(part, "after", "After", "4 business hours"),
        new Field(
            "event",
            "Or when one of these happens",
            Control.CHOICES,
            list(part.values().get("event")),
            events(about),
            ""),
        formula(part, "when", "Only when"),
        formula(part, "unless", "Not when"),
        new Field(
            "alongside",
            "The step goes on meanwhile",
            Control.CHECK,
            list(part.values().get("alongside")),
            List.of(new Option("true", "")),
            ""));
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

  private static List<String> startEvents(@Nullable Object start) {
    return start instanceof List<?> list
        ? list.stream()
            .map(item -> item instanceof Map<?, ?> map ? StepSketch.text(map.get("on")) : "")
            .filter(event -> !event.isEmpty())
            .toList()
        : List.of();
  }

  private static List<Branch> branches(List<Sequence> sequences) {
    var branches = new ArrayList<Branch>();
    for (Sequence sequence : sequences) {
      String key = sequence.key();
      if (key.startsWith("when ") || key.startsWith("branch ")) {
        branches.add(new Branch(branches.size(), key, key.substring(key.indexOf(' ') + 1)));
      }
    }
    return branches;
  }

  private static Field answers(Part part, String key, String label) {
    var rows = new ArrayList<String>();
    if (part.values().get(key) instanceof Map<?, ?> fields) {
      fields.forEach(
          (name, value) -> rows.add(AnswerRows.read(String.valueOf(name), value).packed()));
    }
    if (!key.equals("into") || rows.isEmpty()) {
      rows.add(AnswerRows.BLANK.packed());
    }
    return new Field(key, label, Control.ANSWERS, rows, List.of(), "Later steps can decide by it.");
  }

  private static Field line(Part part, String key, String label, String example) {
    return new Field(
        key,
        label,
        Control.LINE,
        List.of(StepSketch.text(part, key)),
        List.of(),
        example.isEmpty() ? "" : "Such as “%s”.".formatted(example));
  }

  private static Field formula(Part part, String key, String label) {
    return new Field(
        key,
        label,
        Control.LINE,
        List.of(StepSketch.text(part, key)),
        List.of(),
        "A condition, such as ticket.priority == \"high\".");
  }

  private static Field prose(Part part, String key, String label) {
    return new Field(key, label, Control.PROSE, List.of(StepSketch.text(part, key)), List.of(), "");
  }

  private static Field choice(Part part, String key, String label, List<Option> options) {
    String value = StepSketch.text(part, key);
    boolean assumed = value.isEmpty() && ASSUMED.contains(key);
    String shown = assumed ? options.getFirst().value() : value;
    return new Field(
        key,
        label,
        Control.CHOICE,
        List.of(shown),
        shown.isEmpty() ? withEmpty(options, shown) : known(options, shown),
        "");
  }

  private static List<Option> withEmpty(List<Option> options, String value) {
    return Stream.concat(Stream.of(new Option("", "–")), known(options, value).stream()).toList();
  }

  /// The options, and the value when it is none of them: what stands in the text is never lost.
  private static List<Option> known(List<Option> options, String value) {
    boolean there = options.stream().anyMatch(option -> option.value().equals(value));
    return there || value.isEmpty()
        ? options
        : Stream.concat(options.stream(), Stream.of(new Option(value, value))).toList();
  }

  private static List<String> list(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list.stream().map(StepSketch::text).toList();
      default -> List.of(StepSketch.text(value));
    };
  }

  private static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
