package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes one input into one run: decides, applies, performs the local actions that follow (whose
/// outcomes are the next inputs), and writes it all, in the caller's transaction.
@Component
final class Stepping {
  /// So many local actions may follow each other without anything from outside: more is a loop.
  static final int MOST_ACTIONS = 50;

  private final Surroundings surroundings;
  private final Actions actions;
  private final RunTables tables;
  private final DatabaseClock clock;

  Stepping(Surroundings surroundings, Actions actions, RunTables tables, DatabaseClock clock) {
    this.surroundings = surroundings;
    this.actions = actions;
    this.tables = tables;
    this.clock = clock;
  }

  /// Why the engine refused the input, in which case nothing was written; null when it took it.
  ///
  /// @param run as read under the lock of its row
  Decision.@Nullable Rejected take(WorkflowRun run, Input input, Actor by) {
    var advance = new Advance(run.state());
    Instant now = clock.instant();
    Effect.PerformAction action;
    switch (decide(run, advance, input, now)) {
      case Decision.Rejected rejected -> {
        return rejected;
      }
      case Decision.Accepted accepted -> action = advance.take(accepted);
    }
    for (int performed = 0; action != null; performed++) {
      action = advance.take(follow(run, advance, outcome(run, action, performed, now), now));
    }
    if (!advance.events().isEmpty()) {
      tables.write(run, advance, by, now);
    }
    return null;
  }

  private Input outcome(WorkflowRun run, Effect.PerformAction action, int performed, Instant now) {
    return performed < MOST_ACTIONS
        ? actions.perform(action, run.id(), run.subject(), now)
        : new Input.Failed(
            action.activation(),
            "expected at most %d automatic steps in a row, but this would be one more"
                .formatted(MOST_ACTIONS));
  }

  private Decision.Accepted follow(WorkflowRun run, Advance advance, Input outcome, Instant now) {
    return switch (decide(run, advance, outcome, now)) {
      case Decision.Accepted accepted -> accepted;
      case Decision.Rejected rejected ->
          throw new IllegalStateException(
              "expected run %d to take the result of its own action, but: %s"
                  .formatted(run.id().value(), rejected.detail()));
    };
  }

  private Decision decide(WorkflowRun run, Advance advance, Input input, Instant now) {
    return Engine.decide(
        run.version().definition(), advance.state(), input, surroundings.of(run.subject(), now));
  }
}
