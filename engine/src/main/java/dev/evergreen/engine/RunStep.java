package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An automatic step: an action that the product performs, `message.send` for example.
///
/// An action that fails is tried again as `retries` says; after the last failure a handler takes
/// it, or the run stops there.
///
/// @param into what is taken over beside the outcome's data of our names, by the names of our data:
///   each from the outcome's value of that name, if there is one
public record RunStep(
    String id,
    String title,
    String action,
    Map<String, Term> with,
    Map<String, String> into,
    @Nullable Retry retries,
    List<Handler> handlers)
    implements Step {

  public RunStep {
    with = Map.copyOf(with);
    into = Map.copyOf(into);
    handlers = List.copyOf(handlers);
  }

  /// How often a failing action is tried again, and when: `first` after its first failure, and each
  /// time `factor` times as long as the time before.
  public record Retry(int times, Span first, double factor) {
    public Retry {
      if (times < 1 || !(factor >= 1)) {
        throw new IllegalArgumentException(
            "expected 1 retry or more and a factor of 1 or more, but found %d and %s"
                .formatted(times, factor));
      }
    }

    Span after(int attempt) {
      return first.times(Math.pow(factor, attempt - 1));
    }
  }

  /// @param attempt counted from 1
  @Nullable Step enter(Walk walk, int activation, int attempt) {
    var arguments = walk.workOut(with);
    walk.record(
        new Event.ActionRequested(activation, walk.scope(), id, action, arguments, attempt));
    walk.effect(new Effect.PerformAction(activation, action, arguments));
    return null;
  }

  /// Sets the run data that the outcome names and the definition declares, and what goes `into`
  /// other names; the rest of the outcome is nobody's.
  Decision succeed(Walk walk, Input.ActionSucceeded succeeded) {
    var outcome = new HashMap<String, Object>();
    for (String name : walk.definition().data().keySet()) {
      Object value = succeeded.outcome().get(into.getOrDefault(name, name));
      if (value != null) {
        String problem = walk.definition().problemWith(name, value, "in the outcome of " + action);
        if (problem != null) {
          return walk.goOn(walk.fail(succeeded.activation(), this, problem));
        }
        outcome.put(name, value);
      }
    }
    walk.record(new Event.ActionSucceeded(succeeded.activation(), outcome));
    return walk.goOn(walk.following(this));
  }

  Decision fail(Walk walk, Activation.Action open, String problem) {
    if (retries == null || open.attempt() > retries.times()) {
      return walk.goOn(walk.fail(open.number(), this, problem));
    }
    Instant retryAt = walk.after(retries.after(open.attempt()));
    walk.record(new Event.ActionFailed(open.number(), problem, retryAt));
    walk.effect(new Effect.SetTimer(open.number(), retryAt));
    return walk.accepted();
  }

  Decision tryAgain(Walk walk, Activation.Backoff backoff) {
    Decision early = walk.early(backoff.number(), backoff.until());
    if (early != null) {
      return early;
    }
    try {
      return walk.goOn(enter(walk, backoff.number(), backoff.attempt() + 1));
    } catch (EvaluationException e) {
      return walk.goOn(walk.fail(backoff.number(), this, e.problem()));
    }
  }
}
