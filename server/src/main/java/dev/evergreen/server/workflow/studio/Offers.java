package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventType;
import dev.evergreen.language.MessageText;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.Processes;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Field.Option;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What a step can be filled in with here: the teams and workflows that there are, and what the
/// modules can do, say and know.
@Component
class Offers {
  /// All that follows the first sentence, or the colon in it.
  private static final Pattern REST = Pattern.compile("(?s)[.:;](\\s.*)?$");

  private final Catalogue catalogue;
  private final Teams teams;
  private final Workflows workflows;
  private final Processes processes;

  Offers(Catalogue catalogue, Teams teams, Workflows workflows, Processes processes) {
    this.catalogue = catalogue;
    this.teams = teams;
    this.workflows = workflows;
    this.processes = processes;
  }

  /// What can be read anywhere in the workflow.
  Names names(WorkflowText text) {
    return Names.of(text, catalogue);
  }

  /// The same, and what an event of one of these kinds says.
  Names namesAt(WorkflowText text, List<String> events) {
    return names(text).with(events, catalogue);
  }

  Optional<ActionType> action(String name) {
    return catalogue.action(name);
  }

  /// What an action takes; empty for one that there is not.
  Set<String> inputsOf(String action) {
    return catalogue.action(action).stream()
        .flatMap(it -> it.inputs().stream())
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  /// Told by the first sentence of what they do.
  List<Option> actions() {
    return catalogue.actions().stream()
        .map(it -> new Option(it.name(), REST.matcher(it.description()).replaceFirst("")))
        .toList();
  }

  /// Workflows that this one can go through, by title.
  List<Option> callable(WorkflowText text) {
    String own = StepSketch.text(text.head().get("workflow"));
    return workflows.current().stream()
        .filter(version -> !version.name().equals(own))
        .map(version -> new Option(version.name(), version.title()))
        .toList();
  }

  Optional<WorkflowFile> workflow(String name) {
    return workflows.withName(name).map(Version::file);
  }

  List<Option> processes() {
    return processes.all().stream()
        .map(process -> new Option(process.name(), process.title()))
        .toList();
  }

  List<Option> people() {
    return Stream.of(
            Stream.of(new Option("responsible", "Whoever is responsible")),
            teams().stream(),
            teams.all().stream().map(Offers::queue))
        .flatMap(it -> it)
        .toList();
  }

  List<Option> teams() {
    return teams.all().stream()
        .map(team ->
            new Option(Assignees.written(new DoStep.Assignee.Team(team.key())), team.name()))
        .toList();
  }

  private static Option queue(Team team) {
    return new Option(
        Assignees.written(new DoStep.Assignee.Queue(team.key())), "Queue of " + team.name());
  }

  List<Option> events(String about) {
    return catalogue.events().stream()
        .filter(event -> event.about().equals(about))
        .map(Offers::event)
        .toList();
  }

  private static Option event(EventType event) {
    return new Option(event.kind(), event.description());
  }

  /// What an action's input can be chosen from; empty for one that is typed.
  List<Option> choices(Parameter input) {
    if (input.text()) {
      return catalogue.texts().stream()
          .map(MessageText::name)
          .map(name -> new Option(name, Heads.words(name)))
          .toList();
    }
    return switch (input.type()) {
      case ValueType.Choice choice ->
          choice.options().stream().map(option -> new Option(option, Heads.words(option))).toList();
      case ValueType.Flag _ -> List.of(new Option("true", "yes"), new Option("false", "no"));
      default -> List.of();
    };
  }

  /// What could be given to an action: a team for a team, else what the run knows of that type.
  List<Option> values(WorkflowText text, Parameter input) {
    Stream<Option> named =
        input.name().equals("team")
            ? teams.all().stream().map(team -> new Option(team.key(), team.name()))
            : Stream.of();
    return Stream.concat(named, known(text, Set.of(input.type())).stream()).toList();
  }

  /// What the run knows, of whatever type.
  List<Option> known(WorkflowText text) {
    return known(text, Set.of());
  }

  /// @param types that are wanted; empty for all
  private List<Option> known(WorkflowText text, Set<ValueType> types) {
    return names(text).all().stream()
        .filter(name -> types.isEmpty() || types.contains(name.type()))
        .map(name -> new Option("=" + name.name(), name.group() + ": " + name.title()))
        .toList();
  }

  List<Option> moments(WorkflowText text) {
    return names(text).all().stream()
        .filter(name -> name.type() instanceof ValueType.Moment)
        .map(name -> new Option("=" + name.name(), name.title()))
        .toList();
  }

  List<Option> outcomes() {
    return Stream.of("resolved", "unsolved", "silent", "escalated", "canceled")
        .map(outcome -> new Option(outcome, ""))
        .toList();
  }

  /// The titles of the steps before this one, as the text has them.
  static List<Option> titlesAbove(WorkflowText text, Part part) {
    return text.parts().stream()
        .takeWhile(it -> it.line() < part.line())
        .filter(it -> !it.kind().equals("on"))
        .map(it -> new Option(StepSketch.title(it), ""))
        .distinct()
        .toList();
  }

  /// The milestones that the workflow promises.
  static List<Option> promised(WorkflowText text) {
    return text.head().get("promise") instanceof Map<?, ?> promise
        ? promise.entrySet().stream()
            .map(it ->
                new Option(it.getKey().toString(), "promised in " + StepSketch.text(it.getValue())))
            .toList()
        : List.of();
  }
}
