package dev.evergreen.server.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repeats one pass of background work on a thread of its own. A pass says how long to wait until
/// the next one; the bell ends the wait early, but passes that find little to do keep a distance,
/// so that under load each serves many who rang. A failing pass is tried again with growing pauses,
/// so that a database that comes back finds everybody working within seconds.
final class Loop {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration DISTANCE = Duration.ofMillis(20);

  private final String name;
  private final Supplier<Duration> pass;
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread;
  private volatile boolean running = true;

  Loop(String name, Supplier<Duration> pass) {
    this.name = name;
    this.pass = pass;
    thread = Thread.ofVirtual().name("work-" + name).start(this::run);
  }

  void ring() {
    if (bell.availablePermits() == 0) {
      bell.release();
    }
  }

  /// Asks it to end after the batch in hand.
  void stop() {
    running = false;
    ring();
  }

  void awaitEnd(Duration limit) throws InterruptedException {
    if (!thread.join(limit)) {
      log.warn("The work '{}' did not end in {}; its transaction is undone.", name, limit);
    }
  }

  private void run() {
    int failures = 0;
    while (running) {
      Duration wait;
      long begin = System.nanoTime();
      try {
        wait = pass.get();
        if (failures > 0) {
          log.info("The work '{}' goes on.", name);
        }
        failures = 0;
      } catch (RuntimeException e) {
        if (!running) {
          return;
        }
        if (failures++ == 0) {
          log.error("The work '{}' failed and is tried again until it succeeds.", name, e);
        }
        wait = pause(failures);
      }
      if (!wait.isZero()) {
        await(wait);
        keepDistance(begin);
      }
    }
  }

  private void keepDistance(long begin) {
    long left = DISTANCE.toNanos() - (System.nanoTime() - begin);
    if (running && left > 0) {
      LockSupport.parkNanos(left);
    }
  }

  private void await(Duration wait) {
    try {
      if (bell.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        bell.drainPermits();
      }
    } catch (InterruptedException _) {
      running = false;
    }
  }

  private static Duration pause(int failures) {
    long longest = Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(failures, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
  }
}
