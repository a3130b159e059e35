package dev.evergreen.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Another workflow as a step: a run of its own about the same subject, whose end is awaited.
///
/// @param with what the called run starts with, by the names of its data
/// @param into what comes back, by the names of our data: each from the called run's data of that
///   name, or from [#OUTCOME]
public record CallStep(
    String id,
    String title,
    String workflow,
    Map<String, Term> with,
    Map<String, String> into,
    List<Handler> handlers)
    implements Step {

  /// Stands for how the called run ended, unless its data has that name.
  public static final String OUTCOME = "outcome";

  public CallStep {
    with = Map.copyOf(with);
    into = Map.copyOf(into);
    handlers = List.copyOf(handlers);
  }

  @Nullable Step enter(Walk walk, int activation) {
    var data = walk.workOut(with);
    walk.record(new Event.CallBegan(activation, walk.scope(), id, workflow, data));
    walk.effect(new Effect.StartRun(activation, workflow, data));
    return null;
  }

  /// The called run is over. When somebody canceled it, or gives back what does not fit, the step
  /// fails; tried again, it is another run.
  Decision finish(Walk walk, Input.RunFinished finished) {
    var taken = new HashMap<String, Object>();
    String problem =
        finished.outcome().equals(Definition.CANCELED)
            ? "expected the run of %s to come to its end, but it was canceled".formatted(workflow)
            : take(finished, walk.definition(), taken);
    if (problem != null) {
      walk.record(new Event.CallEnded(finished.activation(), finished.outcome(), Map.of()));
      return walk.goOn(walk.fail(walk.next(), this, problem));
    }
    walk.record(new Event.CallEnded(finished.activation(), finished.outcome(), taken));
    return walk.goOn(walk.following(this));
  }

  /// No run could be started.
  Decision fail(Walk walk, Input.Failed failed) {
    return walk.goOn(walk.fail(failed.activation(), this, failed.problem()));
  }

  /// @return what does not fit; null when everything does
  private @Nullable String take(
      Input.RunFinished finished, Definition definition, Map<String, Object> taken) {
    for (var entry : into.entrySet()) {
      Object value = finished.data().get(entry.getValue());
      if (value == null && entry.getValue().equals(OUTCOME)) {
        value = finished.outcome();
      }
      if (value != null) {
        String problem = definition.problemWith(entry.getKey(), value, "from " + workflow);
        if (problem != null) {
          return problem;
        }
        taken.put(entry.getKey(), value);
      }
    }
    return null;
  }
}
