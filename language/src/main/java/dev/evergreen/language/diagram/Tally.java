package dev.evergreen.language.diagram;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import dev.evergreen.language.diagram.Figures.Figure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts what happened in many runs of one definition, run by run.
public final class Tally {
  private final Definition definition;
  private final Map<String, Long> visits = new HashMap<>();
  private final Map<String, Long> skipped = new HashMap<>();
  private final Map<String, Long> ways = new HashMap<>();
  private final Map<String, List<Duration>> times = new HashMap<>();

  public Tally(Definition definition) {
    this.definition = definition;
  }

  /// One thing that happened in a run, and when.
  public record Happened(Event event, Instant at) {}

  /// Takes a run in.
  ///
  /// @param history its events on this definition, in their order
  public void add(Run run, List<Happened> history) {
    var path = RunPath.of(definition, run, history.stream().map(Happened::event).toList());
    path.times().forEach((step, times) -> visits.merge(step, (long) times, Long::sum));
    path.ways().forEach(way -> ways.merge(way, 1L, Long::sum));
    var open = new HashMap<Integer, Begun>();
    for (var one : history) {
      take(one, open);
    }
  }

  public Figures figures() {
    var steps = new HashMap<String, Figure>();
    visits.forEach((step, count) ->
        steps.put(
            step,
            new Figure(
                count,
                skipped.getOrDefault(step, 0L),
                median(times.getOrDefault(step, List.of())))));
    return new Figures(steps, ways);
  }

  /// The middle one, of two the earlier; null of none.
  public static @Nullable Duration median(List<Duration> times) {
    return times.isEmpty() ? null : times.stream().sorted().toList().get((times.size() - 1) / 2);
  }

  /// A visit whose end is still to come.
  private record Begun(String step, Instant at) {}

  private void take(Happened happened, Map<Integer, Begun> open) {
    switch (happened.event()) {
      case Event.Skipped(int activation, _, String step, _, _) -> {
        skipped.merge(step, 1L, Long::sum);
        open.remove(activation);
      }
      case Event.TaskOpened begun -> open.put(begun.activation(), begun(begun, happened));
      case Event.WaitBegan begun -> open.putIfAbsent(begun.activation(), begun(begun, happened));
      case Event.CallBegan begun -> open.put(begun.activation(), begun(begun, happened));
      case Event.TogetherBegan begun -> open.put(begun.activation(), begun(begun, happened));
      case Event.QuestionAsked begun ->
          open.putIfAbsent(begun.activation(), begun(begun, happened));
      case Event.ActionRequested begun ->
          open.putIfAbsent(begun.activation(), begun(begun, happened));
      case Event.RoundBegan begun -> open.putIfAbsent(begun.activation(), begun(begun, happened));
      case Event.TaskCompleted over -> ended(over, happened, open);
      case Event.WaitMet over -> ended(over, happened, open);
      case Event.WaitEnded over -> ended(over, happened, open);
      case Event.CallEnded over -> ended(over, happened, open);
      case Event.TogetherEnded over -> ended(over, happened, open);
      case Event.QuestionAnswered over -> ended(over, happened, open);
      case Event.QuestionEnded over -> ended(over, happened, open);
      case Event.ActionSucceeded over -> ended(over, happened, open);
      case Event.RoundsEnded over -> ended(over, happened, open);
      case Event.Withdrawn over -> open.remove(over.activation());
      default -> {
        // Nothing that takes time begins or ends.
      }
    }
  }

  private static Begun begun(Event.OfStep event, Happened happened) {
    return new Begun(event.step(), happened.at());
  }

  private void ended(Event.OfActivation event, Happened happened, Map<Integer, Begun> open) {
    Begun begun = open.remove(event.activation());
    if (begun != null) {
      times
          .computeIfAbsent(begun.step(), _ -> new ArrayList<>())
          .add(Duration.between(begun.at(), happened.at()));
    }
  }
}
