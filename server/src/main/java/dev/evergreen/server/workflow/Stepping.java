package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes one input into one run: decides, applies, performs the local actions that follow (whose
/// outcomes are the next inputs), in the caller's transaction, which writes it all at its end.
@Component
final class Stepping {
  /// So many local actions may follow each other without anything from outside: more is a loop.
  static final int MOST_ACTIONS = 50;

  private final Surroundings surroundings;
  private final Actions actions;
  private final RunsInHand hand;
  private final Ledger ledger;
  private final DatabaseClock clock;

  Stepping(
      Surroundings surroundings,
      Actions actions,
      RunsInHand hand,
      Ledger ledger,
      DatabaseClock clock) {
    this.surroundings = surroundings;
    this.actions = actions;
    this.hand = hand;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Why the engine refused the input, in which case nothing happened; null when it took it.
  Decision.@Nullable Rejected take(HeldRun run, Input input, Actor by) {
    Instant now = clock.instant();
    var waiting = new ArrayDeque<Effect.PerformAction>();
    switch (decide(run, input, now)) {
      case Decision.Rejected rejected -> {
        return rejected;
      }
      case Decision.Accepted accepted -> take(run, accepted, waiting, by, now);
    }
    for (int performed = 0; !waiting.isEmpty(); performed++) {
      Input outcome = outcome(run, waiting.removeFirst(), performed, now);
      hand.keep(run);
      take(run, follow(run, outcome, now), waiting, by, now);
    }
    return null;
  }

  private void take(
      HeldRun run,
      Decision.Accepted decision,
      Deque<Effect.PerformAction> waiting,
      Actor by,
      Instant now) {
    waiting.addAll(run.take(decision, ledger, by, now));
    waiting.removeIf(action -> run.state().activation(action.activation()) == null);
  }

  private Input outcome(HeldRun run, Effect.PerformAction action, int performed, Instant now) {
    return performed < MOST_ACTIONS
        ? actions.perform(action, run.id(), run.run().subject(), now)
        : new Input.Failed(
            action.activation(),
            "expected at most %d automatic steps in a row, but this would be one more"
                .formatted(MOST_ACTIONS));
  }

  private Decision.Accepted follow(HeldRun run, Input outcome, Instant now) {
    return switch (decide(run, outcome, now)) {
      case Decision.Accepted accepted -> accepted;
      case Decision.Rejected rejected ->
          throw new IllegalStateException(
              "expected run %d to take the result of its own action, but: %s"
                  .formatted(run.id().value(), rejected.detail()));
    };
  }

  private Decision decide(HeldRun run, Input input, Instant now) {
    return Engine.decide(
        run.version().definition(), run.state(), input, surroundings.of(run.run().subject(), now));
  }
}
