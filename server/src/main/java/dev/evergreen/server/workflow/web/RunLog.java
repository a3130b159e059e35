package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.RunStep;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Plain;
import dev.evergreen.server.workflow.RunEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every event of a run, in words.
public record RunLog(List<Line> lines) {
  public RunLog {
    lines = List.copyOf(lines);
  }

  /// @param about the step it is about; empty when it is about the whole run
  /// @param data what was answered, asked for or given back, by name
  public record Line(
      Instant at, String by, String about, String words, Map<String, String> data, boolean fault) {}

  /// @param history oldest first
  static RunLog of(Following following, List<RunEvent> history) {
    var steps = new HashMap<Integer, String>();
    return new RunLog(
        history.stream()
            .map(happened -> line(following.of(happened.event()), happened, steps))
            .toList());
  }

  private static Line line(Definition definition, RunEvent happened, Map<Integer, String> steps) {
    Event event = happened.event();
    String about = "";
    if (event instanceof Event.OfStep of) {
      steps.put(of.activation(), definition.titleOf(of.step()));
    }
    if (event instanceof Event.OfActivation of) {
      about = steps.getOrDefault(of.activation(), "");
    }
    return new Line(
        happened.at(),
        happened.by().kind().equals("agent") ? happened.by().name() : "",
        about,
        words(event, definition),
        data(event),
        event instanceof Event.FaultRaised);
  }

  private static String words(Event event, Definition definition) {
    return switch (event) {
      case Event.RunStarted e -> "The run started on version " + e.version() + ".";
      case Event.TaskOpened e ->
          Assignees.inWords(definition.step(e.step(), DoStep.class).by()) + " was asked.";
      case Event.TaskCompleted e ->
          e.evidence() == null ? "Done." : "Done, as shown by: " + e.evidence();
      case Event.TaskReassigned _ -> "Somebody else was asked.";
      case Event.Skipped e -> "Skipped: " + e.reason();
      case Event.Withdrawn _ -> "No longer needed.";
      case Event.ActionRequested e ->
          (e.attempt() == 1 ? "Asked to %s." : "Asked again to %s.")
              .formatted(
                  Plain.action(
                      definition.step(e.step(), RunStep.class).action(),
                      Map.of(),
                      definition.about()));
      case Event.ActionSucceeded _ -> "Done.";
      case Event.ActionFailed e -> "It failed and is tried again: " + e.problem() + ".";
      case Event.QuestionAsked e ->
          e.attempt() == 1 ? "The customer was asked." : "The customer was asked again.";
      case Event.AnswerRefused e -> "The answer did not fit: " + e.problem();
      case Event.QuestionAnswered _ -> "The customer answered.";
      case Event.QuestionEnded _ -> "No answer came that fits.";
      case Event.RuleApplied e ->
          e.rule() == Event.BranchTaken.NONE
              ? "No rule of the table applied."
              : "Rule " + (e.rule() + 1) + " of the table applied.";
      case Event.BranchTaken e ->
          e.branch() == Event.BranchTaken.NONE
              ? "Decided: none of these; the run went on."
              : "Decided: " + branch(e, definition) + ".";
      case Event.RoundBegan e -> "Round " + e.round() + " began.";
      case Event.RoundsEnded e ->
          e.exhausted()
              ? "The last round was over without success."
              : "The rounds came to their end.";
      case Event.WaitBegan e ->
          e.events().isEmpty() ? "Time is to pass." : "Waits for: " + Plain.anyOf(e.events()) + ".";
      case Event.WaitMet e -> "It came: " + Plain.anyOf(List.of(e.event())) + ".";
      case Event.WaitEnded _ -> "The time passed.";
      case Event.TogetherBegan _ -> "Several things began side by side.";
      case Event.BranchBegan e -> "Branch " + (e.branch() + 1) + " began.";
      case Event.BranchEnded _ -> "The branch is over.";
      case Event.TogetherEnded _ -> "They are over.";
      case Event.CallBegan e ->
          "The workflow “%s” was started.".formatted(Plain.words(e.workflow()));
      case Event.CallEnded e -> "It ended: " + NextStep.Field.words(e.outcome()) + ".";
      case Event.BlockEntered _ -> "Began.";
      case Event.HandlerArmed e ->
          "From now on, " + Outline.occasion(e.handler(), definition) + ".";
      case Event.HandlerFired e ->
          "It came to this: " + Outline.occasion(e.handler(), definition) + ".";
      case Event.HandlerDone _ -> "What was to be done then is done.";
      case Event.MainFlowEnded _ -> "Over but for what goes on beside it.";
      case Event.BlockLeft _ -> "Over.";
      case Event.StepFailed e -> "Failed, and there is a rule for it: " + e.problem();
      case Event.FaultRaised e -> "Stopped: " + e.problem();
      case Event.FaultCleared _ -> "Tried again.";
      case Event.Ignored e -> "Came too late to matter: " + e.what() + ".";
      case Event.RunMigrated e -> "The run goes on as version " + e.version() + " says.";
      case Event.RunEnded e -> "The run ended: " + NextStep.Field.words(e.outcome()) + ".";
      case Event.RunCanceled e -> "The run was ended: " + e.reason();
    };
  }

  private static String branch(Event.BranchTaken taken, Definition definition) {
    DecideStep step = definition.step(taken.step(), DecideStep.class);
    String formula = step.branches().get(taken.branch()).when().source();
    return formula.equals("true")
        ? "otherwise"
        : Plain.of(definition).condition(formula, step.title());
  }

  private static Map<String, String> data(Event event) {
    Map<String, Object> values =
        switch (event) {
          case Event.TaskCompleted e -> e.answers();
          case Event.ActionRequested e -> e.arguments();
          case Event.ActionSucceeded e -> e.outcome();
          case Event.QuestionAnswered e -> e.answer();
          case Event.RuleApplied e -> e.set();
          case Event.CallBegan e -> e.data();
          case Event.CallEnded e -> e.data();
          case Event.RunStarted e -> e.data();
          default -> Map.of();
        };
    var words = new TreeMap<String, String>();
    values.forEach((name, value) -> words.put(NextStep.Field.words(name), said(value)));
    return words;
  }

  private static String said(Object value) {
    return value instanceof Boolean flag ? (flag ? "yes" : "no") : value.toString();
  }
}
