package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.LeasedWork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Performs the actions that reach outside, and brings their results to their runs.
@Component
final class Performers {
  private static final Logger log = LoggerFactory.getLogger(Performers.class);

  /// So many wait for an answer from outside at a time.
  static final int MOST_AT_ONCE = 32;

  /// Taken up so often without an end, it is what ends those who perform it.
  static final int MOST_TRIES = 20;

  private final RemoteEffects effects;
  private final Actions actions;
  private final RunsInHand hand;
  private final Stepping stepping;
  private final TransactionTemplate transaction;
  private final boolean background;
  private final LeasedWork<RemoteEffects.Taken> work;

  Performers(
      RemoteEffects effects,
      Actions actions,
      RunsInHand hand,
      Stepping stepping,
      PlatformTransactionManager transactions,
      @Value("${evergreen.background:true}") boolean background) {
    this.effects = effects;
    this.actions = actions;
    this.hand = hand;
    this.stepping = stepping;
    this.transaction = new TransactionTemplate(transactions);
    this.background = background;
    this.work =
        new LeasedWork<>(
            "actions outside",
            MOST_AT_ONCE,
            effects.bell(),
            most -> effects.take(actions.remote(), most),
            this::perform);
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (background && !actions.remote().isEmpty()) {
      work.start();
    }
  }

  @EventListener(ContextClosedEvent.class)
  void stop() throws InterruptedException {
    work.stop();
  }

  boolean awaitIdle(Duration limit) throws InterruptedException {
    return work.awaitIdle(limit);
  }

  int takeUp() {
    return work.takeUp();
  }

  private void perform(RemoteEffects.Taken taken) {
    String problem = problemWith(taken);
    if (problem != null) {
      report(taken, new Input.Failed(taken.action().activation(), problem));
    } else if (effects.extend(taken)) {
      report(taken, actions.performOutside(taken));
    }
  }

  /// Why it must not be begun once more; null when it may.
  private @Nullable String problemWith(RemoteEffects.Taken taken) {
    if (taken.tries() > 1 && !actions.mayRepeat(taken.action().action())) {
      return "expected a result of this action, which must not be done twice, but whoever performed it was lost";
    }
    return taken.tries() > MOST_TRIES
        ? "expected an end of this action, but it was begun %d times and none was ever reported"
            .formatted(MOST_TRIES)
        : null;
  }

  /// Brings the result to the run.
  void report(RemoteEffects.Taken taken, Input.OfActivation result) {
    work.record(
        RemoteEffects.LEASE, () -> transaction.executeWithoutResult(_ -> record(taken, result)));
  }

  private void record(RemoteEffects.Taken taken, Input.OfActivation result) {
    HeldRun run =
        hand.hold(taken.run())
            .orElseThrow(
                () -> new IllegalStateException("expected run %d".formatted(taken.run().value())));
    switch (effects.end(taken)) {
      case ANOTHERS ->
          log.warn(
              "The action {} of run {} took longer than its lease; whoever has it now reports of it.",
              taken.action().action(),
              taken.run().value());
      case HELD, GONE -> {
        Decision.Rejected rejected = stepping.take(run, result, Actor.SYSTEM);
        if (rejected != null) {
          throw new IllegalStateException(
              "expected run %d to take the result of its action, but: %s"
                  .formatted(taken.run().value(), rejected.detail()));
        }
      }
    }
  }
}
