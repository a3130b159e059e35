package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outbound;
import dev.evergreen.server.platform.PassingFailure;
import dev.evergreen.server.workflow.SignedCalls;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
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

/// Tells webhooks what is due, as many at a time as it may, each on a virtual thread and in no
/// transaction. A node that dies leaves its leases, and another node goes on from there: a receiver
/// may be told twice, under the same id, and is never left out.
@Component
final class Deliverers {
  private static final Logger log = LoggerFactory.getLogger(Deliverers.class);

  /// So many wait for an answer at a time, and so many of one webhook.
  private static final int MOST_AT_ONCE = 32;

  private static final int SHARE = 8;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 2_000;

  private final WebhookOutbox outbox;
  private final SignedCalls calls;
  private final WebhookKeys keys;
  private final SwitchedOff switchedOff;
  private final DatabaseClock clock;
  private final boolean background;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private volatile @Nullable Thread looking;
  private volatile boolean ended;

  Deliverers(
      WebhookOutbox outbox,
      SignedCalls calls,
      WebhookKeys keys,
      SwitchedOff switchedOff,
      DatabaseClock clock,
      @Value("${evergreen.background:true}") boolean background) {
    this.outbox = outbox;
    this.calls = calls;
    this.keys = keys;
    this.switchedOff = switchedOff;
    this.clock = clock;
    this.background = background;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (background) {
      looking = Thread.ofVirtual().name("webhooks").start(this::look);
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
      log.warn("Webhooks are still being told; after their leases they are told again.");
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
        free.acquire(); // looks for nothing that it could not send
        free.release();
        if (takeUp() == 0) {
          outbox.awaitNews(LOOK);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.warn("Webhooks could not be looked after; it is tried again in a moment.", e);
        pause();
      }
    }
  }

  /// Begins to send what is due, and returns how much that was.
  int takeUp() {
    int places = free.drainPermits();
    int used = 0;
    try {
      List<WebhookOutbox.Taken> taken = places == 0 ? List.of() : outbox.take(places, SHARE);
      for (WebhookOutbox.Taken one : taken) {
        Thread.ofVirtual().name("webhook-", one.delivery()).start(() -> inItsPlace(one));
        used++;
      }
      return used;
    } finally {
      free.release(places - used);
    }
  }

  private void inItsPlace(WebhookOutbox.Taken taken) {
    try {
      if (outbox.extend(taken)) {
        report(taken, tell(taken));
      }
    } catch (RuntimeException e) {
      log.error(
          "The delivery {} of webhook {} is left to its lease, after which it is sent again.",
          taken.delivery(),
          taken.webhook().id().value(),
          e);
    } finally {
      free.release();
    }
  }

  private WebhookOutbox.Result tell(WebhookOutbox.Taken taken) {
    Instant at = clock.instant();
    long begin = System.nanoTime();
    try {
      Outbound.Answer answer =
          calls.send(
              new SignedCalls.Message(
                  taken.event(),
                  "POST",
                  taken.webhook().wish().address(),
                  CloudEvents.TYPE,
                  taken.body()),
              at,
              keys.of(taken.webhook(), at));
      boolean isTaken = answer.status() >= 200 && answer.status() <= 299;
      return new WebhookOutbox.Result(
          at,
          millisSince(begin),
          answer.status(),
          shortened(answer.text()),
          isTaken
              ? ""
              : "expected %s to take it, but it answered %d"
                  .formatted(taken.webhook().wish().host(), answer.status()));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      return new WebhookOutbox.Result(
          at, millisSince(begin), null, "", shortened(String.valueOf(e.getMessage())));
    }
  }

  private static int millisSince(long begin) {
    return (int) Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  /// What is kept of it: PostgreSQL takes no NUL.
  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_ANSWER)).replace("\0", "");
  }

  /// Writes down what came of it. When the database cannot take it now, it is tried again for as
  /// long as nobody else may have taken the delivery up.
  private void report(WebhookOutbox.Taken taken, WebhookOutbox.Result result) {
    long end = System.nanoTime() + WebhookOutbox.LEASE.toNanos();
    while (true) {
      try {
        outbox.record(taken, result).ifPresent(switchedOff::tell);
        return;
      } catch (RuntimeException e) {
        if (!PassingFailure.is(e) || System.nanoTime() > end) {
          throw e;
        }
        log.warn("What came of telling a webhook could not be recorded; it is tried again.", e);
        pause();
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
