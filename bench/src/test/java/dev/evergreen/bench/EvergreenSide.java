package dev.evergreen.bench;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.BusinessHours;
import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Facts;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.WaitStep;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Our engine. Its time goes on by a day before whatever is due happens, so that every timer may.
final class EvergreenSide implements Side {
  private static final BusinessHours HOURS =
      BusinessHours.mondayToFriday(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0));

  private final Definition definition;
  private final List<String> performed = new ArrayList<>();
  private Run run = Run.fresh();
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");

  EvergreenSide(Definition definition) {
    this.definition = definition;
  }

  @Override
  public SortedMap<String, Integer> open() {
    var open = new TreeMap<String, Integer>();
    for (Activation activation : run.open()) {
      elements(activation).forEach(element -> open.merge(element, 1, Integer::sum));
    }
    return open;
  }

  @Override
  public List<String> performed() {
    return performed.stream().sorted().toList();
  }

  @Override
  public String outcome() {
    return run.outcome() == null ? "" : run.outcome();
  }

  @Override
  public void start() {
    performed.clear();
    run = Run.fresh();
    take(new Input.Start(Map.of()));
  }

  @Override
  public void happen(String element, Map<String, Object> answers) {
    performed.clear();
    for (Activation activation : run.open()) {
      if (elements(activation).contains(element)) {
        now = now.plus(Duration.ofDays(1));
        take(input(activation, element, answers));
        return;
      }
    }
    throw new IllegalStateException(
        "expected %s to be open, but found %s".formatted(element, open()));
  }

  /// The elements of the model that stand for what is open.
  private List<String> elements(Activation activation) {
    var id = "step_" + activation.step();
    return switch (activation) {
      case Activation.Task _, Activation.Call _ -> List.of(id);
      case Activation.Question _ -> List.of(id + "_answer", id + "_timer");
      case Activation.Wait _ -> waited(id, definition.step(activation.step(), WaitStep.class));
      case Activation.Watch watch -> List.of(watched(watch));
      case Activation.Fault fault -> List.of("fault " + fault.problem());
      case Activation.Action _,
          Activation.Backoff _,
          Activation.Rounds _,
          Activation.Together _,
          Activation.Branch _,
          Activation.Block _,
          Activation.Handling _ ->
          List.of();
    };
  }

  private static List<String> waited(String id, WaitStep step) {
    if (step.events().isEmpty()) {
      return List.of(id);
    }
    var elements = new ArrayList<>(List.of(id + "_timer"));
    for (int i = 1; i <= step.events().size(); i++) {
      elements.add(id + "_event_" + i);
    }
    return elements;
  }

  private static String watched(Activation.Watch watch) {
    return "on_" + watch.handler() + (watch.step().equals(Definition.WHOLE) ? "_start" : "");
  }

  private Input input(Activation activation, String element, Map<String, Object> answers) {
    int number = activation.number();
    return switch (activation) {
      case Activation.Task _ ->
          new Input.TaskCompleted(number, new DoStep.Answers(answers), "somebody");
      case Activation.Call _ -> new Input.RunFinished(number, "done", Map.of());
      case Activation.Question question when element.endsWith("_answer") ->
          new Input.Answered(
              number,
              Objects.requireNonNull(
                  answers.get(definition.step(question.step(), AskStep.class).into())));
      case Activation.Wait wait when element.contains("_event_") -> {
        var events = definition.step(wait.step(), WaitStep.class).events();
        int event = Integer.parseInt(element.substring(element.lastIndexOf('_') + 1));
        yield new Input.EventArrived(number, events.get(event - 1), Map.of());
      }
      case Activation.Watch watch
          when definition.handler(watch.handler()).trigger()
              instanceof Handler.Trigger.OnEvent(var events, _) ->
          new Input.EventArrived(number, events.getFirst(), Map.of());
      default -> new Input.TimerFired(number);
    };
  }

  /// Takes an input and performs every action that it asks for.
  private void take(Input input) {
    decide(input);
    while (true) {
      var action = run.open().stream().filter(Activation.Action.class::isInstance).findFirst();
      if (action.isEmpty()) {
        return;
      }
      perform((Activation.Action) action.get());
    }
  }

  private void perform(Activation.Action action) {
    performed.add("step_" + action.step());
    boolean fails =
        definition.step(action.step(), RunStep.class).action().equals(RandomProcess.FAILING)
            && Boolean.TRUE.equals(run.data().get("a"));
    decide(
        fails
            ? new Input.Failed(action.number(), "it failed")
            : new Input.ActionSucceeded(action.number(), Map.of()));
  }

  private void decide(Input input) {
    var surroundings = new Engine.Surroundings(Facts.NONE, HOURS, now);
    run =
        switch (Engine.decide(definition, run, input, surroundings)) {
          case Decision.Accepted accepted -> accepted.run();
          case Decision.Rejected rejected ->
              throw new IllegalStateException(
                  "expected %s to be accepted, but found %s".formatted(input, rejected));
        };
  }
}
