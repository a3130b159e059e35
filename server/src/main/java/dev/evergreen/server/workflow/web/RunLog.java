package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Step;
import dev.evergreen.server.workflow.RunEvent;
import dev.evergreen.server.workflow.WorkflowRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
  static RunLog of(WorkflowRun run, List<RunEvent> history) {
    var steps = new HashMap<Integer, String>();
    return new RunLog(
        history.stream()
            .map(happened -> line(run.version().definition(), happened, steps))
            .toList());
  }

  private static Line line(Definition definition, RunEvent happened, Map<Integer, String> steps) {
    Event event = happened.event();
    String about = "";
    if (event instanceof Event.OfActivation of) {
      String step = stepOf(event);
      if (step != null) {
        steps.put(of.activation(), definition.step(step, Step.class).title());
      }
      about = steps.getOrDefault(of.activation(), "");
    }
    return new Line(
        happened.at(),
        happened.by().kind().equals("agent") ? happened.by().name() : "",
        about,
        words(event),
        data(event),
        event instanceof Event.FaultRaised);
  }

  private static @Nullable String stepOf(Event event) {
    return switch (event) {
      case Event.TaskOpened e -> e.step();
      case Event.ActionRequested e -> e.step();
      case Event.BranchTaken e -> e.step();
      case Event.RoundBegan e -> e.step();
      case Event.WaitBegan e -> e.step();
      case Event.FaultRaised e -> e.step();
      default -> null;
    };
  }

  private static String words(Event event) {
    return switch (event) {
      case Event.RunStarted e -> "The run started on version " + e.version() + ".";
      case Event.TaskOpened _ -> "Somebody was asked.";
      case Event.TaskCompleted _ -> "Done.";
      case Event.TaskSkipped e -> "Skipped: " + e.reason();
      case Event.TaskWithdrawn _ -> "No longer to be done.";
      case Event.ActionRequested e -> "The action " + e.action() + " was asked for.";
      case Event.ActionSucceeded _ -> "It was performed.";
      case Event.ActionWithdrawn _ -> "Its result is no longer wanted.";
      case Event.BranchTaken e ->
          e.branch() == Event.BranchTaken.NONE
              ? "No branch applied; the run went on."
              : "Branch " + (e.branch() + 1) + " was taken.";
      case Event.RoundBegan e -> "Round " + e.round() + " began.";
      case Event.RoundsEnded e ->
          e.exhausted()
              ? "The last round was over without success."
              : "The rounds came to their end.";
      case Event.WaitBegan e ->
          e.events().isEmpty()
              ? "Time is to pass."
              : "Waits for: " + Outline.anyOf(e.events()) + ".";
      case Event.WaitMet e -> "It came: " + Outline.anyOf(List.of(e.event())) + ".";
      case Event.WaitEnded _ -> "The time passed.";
      case Event.WaitWithdrawn _ -> "No longer waited for.";
      case Event.FaultRaised e -> "Stopped: " + e.problem();
      case Event.FaultCleared _ -> "Tried again.";
      case Event.FaultSkipped e -> "Went on after it: " + e.reason();
      case Event.Ignored e -> "Came too late to matter: " + e.what() + ".";
      case Event.RunEnded e -> "The run ended: " + NextStep.Field.words(e.outcome()) + ".";
      case Event.RunCanceled e -> "The run was ended: " + e.reason();
    };
  }

  private static Map<String, String> data(Event event) {
    Map<String, Object> values =
        switch (event) {
          case Event.TaskCompleted e -> e.answers();
          case Event.ActionRequested e -> e.arguments();
          case Event.ActionSucceeded e -> e.outcome();
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
