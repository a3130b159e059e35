package dev.evergreen.server.faults;

import dev.evergreen.engine.BusinessHours;
import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Facts;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.language.EventJson;
import dev.evergreen.server.workflow.RunEvent;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives the engine in memory what a run took in, in that order, and compares what it says with
/// what happened. Each input is known by the first thing that it made happen; everything after that
/// is for the engine to say. Times may differ, because a history tells when something was written
/// and not when it was decided.
final class SameInputs {
  private static final BusinessHours HOURS =
      BusinessHours.mondayToFriday(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0));
  private static final Set<String> TIMES = Set.of("dueAt", "until", "retryAt");

  private final Definition definition;
  private final List<RunEvent> history;
  private Run run = Run.fresh();

  private SameInputs(Definition definition, List<RunEvent> history) {
    this.definition = definition;
    this.history = history;
  }

  /// How the history of a run that is over differs from what the engine says; empty when it does
  /// not.
  static Optional<String> difference(Definition definition, List<RunEvent> history) {
    return new SameInputs(definition, history).difference();
  }

  private Optional<String> difference() {
    for (int at = 0; at < history.size(); ) {
      RunEvent next = history.get(at);
      if (next.event() instanceof Event.Ignored) { // came too late, and changed nothing
        at++;
        continue;
      }
      Input input = input(next.event());
      var surroundings = new Engine.Surroundings(Facts.NONE, HOURS, now(next, input));
      var decision = Engine.decide(definition, run, input, surroundings);
      if (!(decision instanceof Decision.Accepted(List<Event> events, _, _))) {
        return Optional.of("expected %s to be taken, but found %s".formatted(input, decision));
      }
      var happened =
          history.subList(at, Math.min(history.size(), at + events.size())).stream()
              .map(RunEvent::event)
              .toList();
      if (!bare(events).equals(bare(happened))) {
        return Optional.of("expected of %s: %s, but found %s".formatted(input, events, happened));
      }
      run = run.apply(happened);
      at += events.size();
    }
    return run.status().isFinal()
        ? Optional.empty()
        : Optional.of("expected the end of the run, but found " + run);
  }

  private static Input input(Event first) {
    return switch (first) {
      case Event.RunStarted e -> new Input.Start(e.data());
      case Event.TaskCompleted e ->
          new Input.TaskCompleted(
              e.activation(), new DoStep.Answers(e.answers(), e.evidence()), e.by());
      case Event.ActionSucceeded e -> new Input.ActionSucceeded(e.activation(), e.outcome());
      case Event.WaitMet e -> new Input.EventArrived(e.activation(), e.event(), Map.of());
      case Event.WaitEnded e -> new Input.TimerFired(e.activation());
      case Event.CallEnded e -> new Input.RunFinished(e.activation(), e.outcome(), Map.of());
      default ->
          throw new AssertionError("expected the first event of an input, but found " + first);
    };
  }

  /// When it was written, or the time of the timer when that was a moment later.
  private Instant now(RunEvent event, Input input) {
    Instant due = input instanceof Input.TimerFired timer ? until(timer.activation()) : null;
    return due != null && due.isAfter(event.at()) ? due : event.at();
  }

  private @Nullable Instant until(int activation) {
    return switch (run.activation(activation)) {
      case Activation.Wait wait -> wait.until();
      case Activation.Watch watch -> watch.until();
      case null, default -> null;
    };
  }

  private static List<Map<String, Object>> bare(List<Event> events) {
    return events.stream()
        .map(EventJson::toMap)
        .map(event -> {
          event.keySet().removeAll(TIMES);
          return event;
        })
        .toList();
  }
}
