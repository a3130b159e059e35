package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bounded loop: its steps are done, then `until` is asked; after `atMost` rounds `otherwise`
/// runs.
public record RepeatStep(
    String id, String title, int atMost, Condition until, List<Step> steps, List<Step> otherwise)
    implements Step {

  public RepeatStep {
    steps = List.copyOf(steps);
    otherwise = List.copyOf(otherwise);
    if (atMost < 1) {
      throw new IllegalArgumentException("expected 1 round or more, but found " + atMost);
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("expected a step to repeat, but found none");
    }
  }

  @Override
  public List<List<Step>> parts() {
    return List.of(steps, otherwise);
  }

  @Nullable Step enter(Walk walk, int activation) {
    walk.record(new Event.RoundBegan(activation, id, 1));
    return steps.getFirst();
  }

  /// Asks whether the round that is over was the last.
  @Nullable Step roundDone(Walk walk, Activation.Rounds rounds) {
    boolean met;
    try {
      met = until.holds(walk.values());
    } catch (EvaluationException e) {
      return walk.fault(rounds.number(), this, e.problem());
    }
    if (met) {
      walk.record(new Event.RoundsEnded(rounds.number(), false));
      return walk.following(this);
    }
    if (rounds.round() == atMost) {
      walk.record(new Event.RoundsEnded(rounds.number(), true));
      return walk.firstOf(otherwise, this);
    }
    walk.record(new Event.RoundBegan(rounds.number(), id, rounds.round() + 1));
    return steps.getFirst();
  }
}
