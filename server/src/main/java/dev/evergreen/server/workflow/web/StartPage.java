package dev.evergreen.server.workflow.web;

import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowRun;
import java.util.List;
import java.util.Map;

/// The workflows that a person may start about a subject.
///
/// @param title what the subject is called
/// @param path of the subject's page
public record StartPage(String title, String path, List<Choice> choices) {
  public StartPage {
    choices = List.copyOf(choices);
  }

  /// @param asks whether something has to be filled in first
  /// @param underWay whether it goes on about the subject already, so that none starts beside it
  public record Choice(String name, String title, String purpose, boolean asks, boolean underWay) {}

  /// The form of one workflow.
  ///
  /// @param action where it is sent
  /// @param back where a person goes who does not start it after all
  /// @param fields what it is started with
  /// @param problem a sentence about what was just sent; empty when nothing is wrong
  public record Form(
      Choice workflow, String action, String back, List<NextStep.Field> fields, String problem) {
    public Form {
      fields = List.copyOf(fields);
    }
  }

  /// What a person sent, by field name, with a sentence for each field that is wrong.
  public record Sent(Map<String, String> values, Map<String, String> wrong, String problem) {
    public static final Sent NOTHING = new Sent(Map.of(), Map.of(), "");

    public Sent {
      values = Map.copyOf(values);
      wrong = Map.copyOf(wrong);
    }
  }

  public static Choice choice(Version version, List<WorkflowRun> about) {
    return new Choice(
        version.name(),
        version.title(),
        version.file().purpose(),
        !version.file().inputs().isEmpty(),
        about.stream()
            .anyMatch(run ->
                run.version().name().equals(version.name()) && !run.state().status().isFinal()));
  }

  public static List<NextStep.Field> fields(Version version, Sent sent) {
    return version.file().inputs().stream()
        .map(field ->
            NextStep.Field.of(
                field,
                sent.values().getOrDefault(field.name(), ""),
                sent.wrong().getOrDefault(field.name(), "")))
        .toList();
  }
}
