package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An automatic step: an action that the product performs, `message.send` for example.
public record RunStep(String id, String title, String action, Map<String, Term> with)
    implements Step {

  public RunStep {
    with = Map.copyOf(with);
  }

  @Nullable Step enter(Walk walk, int activation) {
    var values = walk.values();
    var arguments = new HashMap<String, Object>();
    with.forEach((name, term) -> arguments.put(name, term.value(values)));
    walk.record(new Event.ActionRequested(activation, id, action, arguments));
    walk.effect(new Effect.PerformAction(activation, action, arguments));
    return null;
  }

  /// Sets the run data that the outcome names and the definition declares; the rest of the outcome
  /// is nobody's.
  Decision succeed(Walk walk, Input.ActionSucceeded succeeded) {
    var outcome = new HashMap<String, Object>();
    for (var declared : walk.definition().data().entrySet()) {
      Object value = succeeded.outcome().get(declared.getKey());
      if (value != null && !declared.getValue().accepts(value)) {
        return stop(
            walk,
            succeeded.activation(),
            "expected %s as `%s` in the outcome of %s, but found “%s”"
                .formatted(declared.getValue().inWords(), declared.getKey(), action, value));
      }
      if (value != null) {
        outcome.put(declared.getKey(), value);
      }
    }
    walk.record(new Event.ActionSucceeded(succeeded.activation(), outcome));
    walk.goOn(walk.following(this));
    return walk.accepted();
  }

  Decision fail(Walk walk, Input.ActionFailed failed) {
    return stop(walk, failed.activation(), failed.problem());
  }

  static void withdraw(Walk walk, Activation.Action open) {
    walk.record(new Event.ActionWithdrawn(open.number()));
    walk.effect(new Effect.WithdrawAction(open.number()));
  }

  private Decision stop(Walk walk, int activation, String problem) {
    walk.goOn(walk.fault(activation, this, problem));
    return walk.accepted();
  }
}
