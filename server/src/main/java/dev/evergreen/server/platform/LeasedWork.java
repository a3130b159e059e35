package dev.evergreen.server.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what reaches outside: takes up rows that are due, each for the time of a lease, as many at
/// a time as there are places, and does each on a virtual thread and in no transaction. A node that
/// dies leaves its leases, and another node goes on from there.
///
/// @param <T> a piece of work in somebody's hands
public final class LeasedWork<T> {
  private static final Logger log = LoggerFactory.getLogger(LeasedWork.class);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final String name;
  private final int places;
  private final Semaphore free;
  private final Bell bell;
  private final IntFunction<List<T>> due;
  private final Consumer<T> doing;
  private volatile @Nullable Thread looking;
  private volatile boolean ended;

  /// @param name of its threads and for the log
  /// @param bell rings when there is something to be taken up
  /// @param due takes up what is due, at most so many
  /// @param doing does one; what it throws leaves the work to its lease
  public LeasedWork(
      String name, int places, Bell bell, IntFunction<List<T>> due, Consumer<T> doing) {
    this.name = name;
    this.places = places;
    this.free = new Semaphore(places);
    this.bell = bell;
    this.due = due;
    this.doing = doing;
  }

  /// Looks for work on a thread of its own from now on.
  public void start() {
    looking = Thread.ofVirtual().name(name).start(this::look);
  }

  /// Takes nothing up any more and lets what is under way end; what does not is left to its lease.
  public void stop() throws InterruptedException {
    ended = true;
    Thread thread = looking;
    if (thread != null) {
      thread.interrupt();
      thread.join(LONGEST_STOP);
    }
    if (!awaitIdle(LONGEST_STOP)) {
      log.warn("Some of the {} are still under way; they are taken up after their leases.", name);
    }
  }

  /// Waits until nothing is under way on this node, at most so long; whether that is so.
  public boolean awaitIdle(Duration limit) throws InterruptedException {
    boolean idle = free.tryAcquire(places, limit.toMillis(), TimeUnit.MILLISECONDS);
    if (idle) {
      free.release(places);
    }
    return idle;
  }

  /// Begins with what is due, and returns how much that was.
  public int takeUp() {
    int left = free.drainPermits();
    int used = 0;
    try {
      List<T> taken = left == 0 ? List.of() : due.apply(left);
      for (T one : taken) {
        Thread.ofVirtual().name(name).start(() -> inItsPlace(one));
        used++;
      }
      return used;
    } finally {
      free.release(left - used);
    }
  }

  private void look() {
    while (!ended) {
      try {
        free.acquire(); // looks for nothing that it has no place for
        free.release();
        if (takeUp() == 0) {
          bell.await(LOOK);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.warn("The {} could not be taken up; it looks again in a moment.", name, e);
        pause();
      }
    }
  }

  private void inItsPlace(T taken) {
    try {
      doing.accept(taken);
    } catch (RuntimeException e) {
      log.error("One of the {} is left to its lease, after which it is taken up again.", name, e);
    } finally {
      free.release();
    }
  }

  /// Writes down what came of a piece of work. When the database cannot take it now, it is tried
  /// again for as long as nobody else may have taken the work up.
  ///
  /// @param lease of the work, counted from now
  public void record(Duration lease, Runnable writing) {
    long end = System.nanoTime() + lease.toNanos();
    while (true) {
      try {
        writing.run();
        return;
      } catch (RuntimeException e) {
        if (!PassingFailure.is(e) || System.nanoTime() > end) {
          throw e;
        }
        log.warn("What came of one of the {} could not be written; it is tried again.", name, e);
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
