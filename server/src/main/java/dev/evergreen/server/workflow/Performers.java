package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.PassingFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

/// Performs what reaches outside: takes up what is due, as many at a time as it may, each on a
/// virtual thread, and brings the result to the run. A node that dies leaves its leases, and
/// another node goes on from there.
@Component
final class Performers {
  private static final Logger log = LoggerFactory.getLogger(Performers.class);

  /// So many wait for an answer from outside at a time.
  static final int MOST_AT_ONCE = 32;

  /// Taken up so often without an end, it is what ends those who perform it.
  static final int MOST_TRIES = 20;

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final RemoteEffects effects;
  private final Actions actions;
  private final RunsInHand hand;
  private final Stepping stepping;
  private final TransactionTemplate transaction;
  private final boolean background;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private volatile @Nullable Thread looking;
  private volatile boolean ended;

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
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (background && !actions.remote().isEmpty()) {
      looking = Thread.ofVirtual().name("performers").start(this::look);
    }
  }

  /// Takes nothing up any more and lets what is under way end; what does not is left to its lease.
  @EventListener(ContextClosedEvent.class)
  void stop() throws InterruptedException {
    ended = true;
    Thread thread = looking;
    if (thread != null) {
      thread.interrupt();
      thread.join(LONGEST_STOP);
    }
    if (!awaitIdle(LONGEST_STOP)) {
      log.warn("Actions outside are still under way; after their leases they are taken up again.");
    }
  }

  /// Waits until nothing is under way on this node, at most so long; whether that is so.
  boolean awaitIdle(Duration limit) throws InterruptedException {
    boolean idle = free.tryAcquire(MOST_AT_ONCE, limit.toMillis(), TimeUnit.MILLISECONDS);
    if (idle) {
      free.release(MOST_AT_ONCE);
    }
    return idle;
  }

  private void look() {
    while (!ended) {
      try {
        free.acquire(); // looks for nothing that it could not perform
        free.release();
        if (takeUp() == 0) {
          effects.awaitNews(LOOK);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.warn("Actions outside could not be taken up; it looks again in a moment.", e);
        pause();
      }
    }
  }

  /// Begins to perform what is due, and returns how much that was.
  int takeUp() {
    int places = free.drainPermits();
    int used = 0;
    try {
      List<RemoteEffects.Taken> taken =
          places == 0 ? List.of() : effects.take(actions.remote(), places);
      for (RemoteEffects.Taken one : taken) {
        Thread.ofVirtual().name("action-", one.term()).start(() -> inItsPlace(one));
        used++;
      }
      return used;
    } finally {
      free.release(places - used);
    }
  }

  private void inItsPlace(RemoteEffects.Taken taken) {
    try {
      perform(taken);
    } catch (RuntimeException e) {
      log.error(
          "The action {} of run {} is left to its lease, after which it is taken up again.",
          taken.action().action(),
          taken.run().value(),
          e);
    } finally {
      free.release();
    }
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

  /// Brings the result to the run. When the database cannot take it now, it is brought again for as
  /// long as nobody else may have taken the action up.
  void report(RemoteEffects.Taken taken, Input.OfActivation result) {
    long end = System.nanoTime() + RemoteEffects.LEASE.toNanos();
    while (true) {
      try {
        transaction.executeWithoutResult(_ -> record(taken, result));
        return;
      } catch (RuntimeException e) {
        if (!PassingFailure.is(e) || System.nanoTime() > end) {
          throw e;
        }
        log.warn("A result from outside could not be recorded; it is brought again.", e);
        pause();
      }
    }
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

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
