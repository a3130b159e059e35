package dev.evergreen.server.workflow.recorded;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Migration;
import dev.evergreen.engine.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Inputs as values by name. The program itself keeps no inputs, only what came of them.
final class InputJson {
  private static final String IS = "is";
  private static final String TEXT = "text";

  private InputJson() {}

  /// @param to the number of the text that a migration leads to
  static Map<String, Object> write(Input input, int to) {
    var values = new HashMap<String, Object>();
    values.put(IS, input.getClass().getSimpleName());
    if (input instanceof Input.OfActivation of) {
      values.put("activation", (long) of.activation());
    }
    switch (input) {
      case Input.Start in -> values.put("data", in.data());
      case Input.TaskCompleted in -> {
        values.put("answers", in.answers().values());
        put(values, "evidence", in.answers().evidence());
        values.put("by", in.by());
      }
      case Input.Reassign in -> {
        values.put("team", ((DoStep.Assignee.Team) in.to()).key());
        values.put("by", in.by());
      }
      case Input.ActionSucceeded in -> values.put("outcome", in.outcome());
      case Input.Failed in -> values.put("problem", in.problem());
      case Input.EventArrived in -> {
        values.put("event", in.event());
        values.put("data", in.data());
      }
      case Input.TimerFired _ -> {
        // The activation says it all.
      }
      case Input.Answered in -> values.put("answer", in.answer());
      case Input.RunFinished in -> {
        values.put("outcome", in.outcome());
        values.put("data", in.data());
      }
      case Input.Retry in -> values.put("by", in.by());
      case Input.Skip in -> {
        values.put("reason", in.reason());
        values.put("by", in.by());
      }
      case Input.Migrate in -> {
        values.put(TEXT, (long) to);
        values.put("by", in.by());
      }
      case Input.Cancel in -> {
        values.put("reason", in.reason());
        put(values, "by", in.by());
      }
    }
    return values;
  }

  /// The number of the text that the run follows from there; null when it stays on its own.
  static @Nullable Integer textAfter(Map<String, Object> values) {
    return values.get(TEXT) instanceof Long number ? number.intValue() : null;
  }

  /// @param run as it is when the input comes
  /// @param definition that it is on
  static Input read(
      Map<String, Object> values, Run run, Definition definition, List<Definition> all) {
    int activation = values.get("activation") instanceof Long number ? number.intValue() : 0;
    return switch (text(values, IS)) {
      case "Start" -> new Input.Start(map(values, "data"));
      case "TaskCompleted" ->
          new Input.TaskCompleted(
              activation,
              new DoStep.Answers(map(values, "answers"), (String) values.get("evidence")),
              text(values, "by"));
      case "Reassign" ->
          new Input.Reassign(
              activation, new DoStep.Assignee.Team(text(values, "team")), text(values, "by"));
      case "ActionSucceeded" -> new Input.ActionSucceeded(activation, map(values, "outcome"));
      case "Failed" -> new Input.Failed(activation, text(values, "problem"));
      case "EventArrived" ->
          new Input.EventArrived(activation, text(values, "event"), map(values, "data"));
      case "TimerFired" -> new Input.TimerFired(activation);
      case "Answered" -> new Input.Answered(activation, values.getOrDefault("answer", ""));
      case "RunFinished" ->
          new Input.RunFinished(activation, text(values, "outcome"), map(values, "data"));
      case "Retry" -> new Input.Retry(activation, text(values, "by"));
      case "Skip" -> new Input.Skip(activation, text(values, "reason"), text(values, "by"));
      case "Migrate" ->
          new Input.Migrate(
              Migration.preview(
                  definition,
                  all.get(Math.toIntExact((Long) values.getOrDefault(TEXT, 0L))),
                  run,
                  Map.of()),
              text(values, "by"));
      case "Cancel" -> new Input.Cancel(text(values, "reason"), (String) values.get("by"));
      default -> throw new IllegalStateException("expected an input, but found " + values);
    };
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  private static String text(Map<String, Object> values, String name) {
    return String.valueOf(values.get(name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> values, String name) {
    return (Map<String, Object>) values.getOrDefault(name, Map.of());
  }
}
