package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One decision in the making: goes through the tree from the step that the input is about to the
/// next ones that have to wait, and collects what happens on the way.
///
/// Each event is applied as it is recorded, by the same [Run#apply] that replay uses. So what is
/// decided next rests on the state that will be stored, and an event that the lifecycle forbids
/// cannot leave the engine.
final class Walk {
  /// Steps in one decision, so that nested repeats of steps that never wait cannot keep a node
  /// busy.
  static final int MOST_STEPS = 10_000;

  private final Definition definition;
  private final Engine.Surroundings surroundings;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private Run run;
  private int steps;

  Walk(Definition definition, Run run, Engine.Surroundings surroundings) {
    this.definition = definition;
    this.run = run;
    this.surroundings = surroundings;
  }

  Decision.Accepted accepted() {
    return new Decision.Accepted(events, effects);
  }

  /// Only the record that something came for nothing.
  Decision.Accepted ignored(String what) {
    record(new Event.Ignored(what));
    return accepted();
  }

  Run run() {
    return run;
  }

  Definition definition() {
    return definition;
  }

  Instant now() {
    return surroundings.now();
  }

  Instant after(Span span) {
    return surroundings.hours().add(surroundings.now(), span);
  }

  Values values() {
    return values(null);
  }

  Values values(@Nullable Map<String, Object> event) {
    return new Values(run.data(), surroundings.now(), event, surroundings.facts().values());
  }

  void record(Event event) {
    run = run.apply(event);
    events.add(event);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  /// Enters `next` and what follows it, until something has to be waited for.
  void goOn(@Nullable Step next) {
    Step step = next;
    while (step != null) {
      step = enter(step, run.lastActivation() + 1);
    }
  }

  /// Begins a step as the visit of that number.
  ///
  /// @return the step to enter next; null when the walk is over
  @Nullable Step enter(Step step, int activation) {
    if (++steps > MOST_STEPS) {
      return fault(
          activation,
          step,
          "expected at most %,d steps before one that waits, but found more".formatted(MOST_STEPS));
    }
    try {
      return switch (step) {
        case DoStep s -> s.enter(this, activation);
        case RunStep s -> s.enter(this, activation);
        case DecideStep s -> s.enter(this, activation);
        case RepeatStep s -> s.enter(this, activation);
        case WaitStep s -> s.enter(this, activation);
        case EndStep s -> s.enter(this);
      };
    } catch (EvaluationException e) {
      return fault(activation, step, e.problem());
    }
  }

  /// The first of `steps`, or what follows `block` when there are none.
  @Nullable Step firstOf(List<Step> steps, Step block) {
    return steps.isEmpty() ? following(block) : steps.getFirst();
  }

  /// The step to enter when `step` is done; null when that ends the run, or stops it.
  @Nullable Step following(Step step) {
    var place = definition.place(step.id());
    if (place.next() != null) {
      return place.next();
    }
    Step block = place.block();
    if (block == null) {
      return end(Definition.DONE);
    }
    if (block instanceof RepeatStep repeat) {
      var rounds = rounds(repeat);
      if (rounds != null) {
        return repeat.roundDone(this, rounds);
      }
    }
    return following(block);
  }

  /// Ends the run.
  @Nullable Step end(String outcome) {
    record(new Event.RunEnded(outcome));
    effect(new Effect.Finish(outcome));
    return null;
  }

  /// Stops the run at `step`, until a person acts.
  @Nullable Step fault(int activation, Step step, String problem) {
    record(new Event.FaultRaised(activation, step.id(), problem));
    return null;
  }

  /// The rounds of `repeat` that are under way; null when it is not in its rounds (any more).
  private Activation.@Nullable Rounds rounds(RepeatStep repeat) {
    for (Activation activation : run.open()) {
      if (activation instanceof Activation.Rounds rounds && rounds.step().equals(repeat.id())) {
        return rounds;
      }
    }
    return null;
  }
}
