package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation.Rounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bounded loop: its steps are done, then `until` is asked; after `atMost` rounds `otherwise`
/// runs.
public record RepeatStep(
    String id,
    String title,
    int atMost,
    Condition until,
    List<Step> steps,
    List<Step> otherwise,
    List<Handler> handlers)
    implements Step {

  /// Which of its parts is repeated.
  static final int BODY = 0;

  public RepeatStep {
    steps = List.copyOf(steps);
    otherwise = List.copyOf(otherwise);
    handlers = List.copyOf(handlers);
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
    return round(walk, activation, 1);
  }

  /// Asks whether the round inside of which the walk is, and which is over, was the last.
  @Nullable Step roundDone(Walk walk) {
    Rounds rounds = walk.open(walk.scope(), Rounds.class);
    walk.into(rounds.scope());
    boolean met;
    try {
      met = until.holds(walk.values());
    } catch (EvaluationException e) {
      return walk.fail(rounds.number(), this, e.problem());
    }
    if (met) {
      walk.record(new Event.RoundsEnded(rounds.number(), false));
      return walk.following(this);
    }
    if (rounds.round() >= atMost) {
      walk.record(new Event.RoundsEnded(rounds.number(), true));
      return walk.firstOf(otherwise, this);
    }
    return round(walk, rounds.number(), rounds.round() + 1);
  }

  private Step round(Walk walk, int activation, int round) {
    walk.record(new Event.RoundBegan(activation, walk.scope(), id, round));
    walk.into(activation);
    return steps.getFirst();
  }
}
