package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.LeasedWork;
import dev.evergreen.server.platform.Outbound;
import dev.evergreen.server.workflow.SignedCalls;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Tells webhooks what is due. A receiver may be told twice, under the same id, and is never left
/// out.
@Component
final class Deliverers {
  /// So many wait for an answer at a time, and so many of one webhook.
  private static final int MOST_AT_ONCE = 32;

  private static final int SHARE = 8;
  private static final int LONGEST_ANSWER = 2_000;

  private final WebhookOutbox outbox;
  private final SignedCalls calls;
  private final WebhookKeys keys;
  private final SwitchedOff switchedOff;
  private final DatabaseClock clock;
  private final boolean background;
  private final LeasedWork<WebhookOutbox.Taken> work;

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
    this.work =
        new LeasedWork<>(
            "webhooks",
            MOST_AT_ONCE,
            outbox.bell(),
            most -> outbox.take(most, SHARE),
            this::deliver);
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (background) {
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

  private void deliver(WebhookOutbox.Taken taken) {
    if (outbox.extend(taken)) {
      var result = tell(taken);
      work.record(
          WebhookOutbox.LEASE, () -> outbox.record(taken, result).ifPresent(switchedOff::tell));
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
}
