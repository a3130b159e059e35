package dev.evergreen.server.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// All background work of a node: the readers of the ledger and the due times. It starts when the
/// application is ready and ends with it, finishing the batch in hand.
///
/// Each part is one kind of pass that its own thread repeats while it finds something, and else
/// whenever somebody hints, or after a second. [#settle] runs the same passes on the calling
/// thread.
@Component
public final class Work implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Work.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration ACTIVE_POLL = Duration.ofMillis(200);
  private static final Duration ACTIVE_FOR = Duration.ofSeconds(5);
  private static final Duration HOLE_POLL = Duration.ofMillis(10);
  private static final Duration CLOCK_POLL = Duration.ofSeconds(5);
  private static final Duration UNTIL_RUNG = Duration.ofDays(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  private final LedgerReading reading;
  private final Frontier frontier;
  private final DueFiring firing;
  private final Hints hints;
  private final Notices notices;
  private final DatabaseClock clock;
  private final MonthPartitions months;
  private final boolean background;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private final List<Loop> readers = new CopyOnWriteArrayList<>();
  private volatile boolean running;
  private volatile long lastActive = System.nanoTime();

  Work(
      LedgerReading reading,
      Frontier frontier,
      DueFiring firing,
      Hints hints,
      Notices notices,
      DatabaseClock clock,
      MonthPartitions months,
      @Value("${evergreen.background:true}") boolean background) {
    this.reading = reading;
    this.frontier = frontier;
    this.firing = firing;
    this.hints = hints;
    this.notices = notices;
    this.clock = clock;
    this.months = months;
    this.background = background;
  }

  /// Runs readers and due items on the calling thread until nothing is left to do at the present
  /// clock; false when the limit passed first. Deterministic when nothing else works on the
  /// database: entries in order of their ids, reader by reader, then due items in order of their
  /// time.
  public boolean settle(Duration limit) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "expected settle to be called outside a transaction: work sees only what is committed");
    }
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      boolean worked = frontier.advance();
      for (LedgerReader reader : reading.readers()) {
        while (reader.read(Ledger.SLOTS)) {
          worked = true;
        }
      }
      worked |= firing.fire(DueFiring.BATCH) > 0;
      while (reading.showListeners()) {
        // what they are shown makes no work by itself
      }
      if (!worked && isNothingLeft()) {
        return true;
      }
      if (System.nanoTime() > end) {
        return false;
      }
      if (!worked) {
        pause();
      }
    }
  }

  /// The same on several threads, which share the ledger's slots and what is due: less
  /// deterministic, and faster.
  public boolean settle(Duration limit, int threads) {
    long end = System.nanoTime() + limit.toNanos();
    var shares =
        Stream.generate(
                () -> Thread.ofPlatform().start(Unpromised.carried(() -> share(end, threads))))
            .limit(threads)
            .toList();
    try {
      for (Thread share : shares) {
        share.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return settle(limit);
  }

  /// Looks again only when this node has written something since: what others write, whoever asked
  /// for the sharing finds at the end.
  private void share(long end, int threads) {
    long entries = -1;
    long items = -1;
    boolean worked = true;
    while (worked && System.nanoTime() < end) {
      worked = false;
      if (entries != hints.told(Hints.News.LEDGER)) {
        entries = hints.told(Hints.News.LEDGER);
        worked = frontier.advance();
        for (LedgerReader reader : reading.readers()) {
          while (reader.read(Math.ceilDiv(Ledger.SLOTS, threads))) {
            worked = true;
          }
        }
      }
      if (items != hints.told(Hints.News.DUE)) {
        items = hints.told(Hints.News.DUE);
        while (firing.fire(DueFiring.SHARE) == DueFiring.SHARE) {
          // more of what is due
        }
        worked = true;
      }
      worked |= entries != hints.told(Hints.News.LEDGER);
    }
  }

  /// Wakes the readers of every node after the present transaction commits (at once outside one).
  /// Only a hint: without it they look within a second.
  public void hint() {
    hints.afterCommit(Hints.News.LEDGER);
    hints.afterCommit(Hints.News.DUE);
  }

  /// Makes room in the ledger and finds where the readers stand, before anything can be written
  /// through this node.
  @Override
  public void start() {
    months.ensureAhead("ledger", clock.instant());
    reading.start();
    firing.start();
    running = true;
  }

  @EventListener(ApplicationReadyEvent.class)
  synchronized void begin() {
    if (!background || !running || !loops.isEmpty()) {
      return;
    }
    loop("clock", this::tick);
    Loop teller = loop("tell", notices::send);
    Loop helper = loop("due-helper", this::help);
    Loop due = loop("due", () -> fire(helper));
    for (LedgerReader reader : reading.readers()) {
      readers.add(loop(reader.name(), () -> read(reader)));
    }
    Loop ledger = loop("ledger", this::advance);
    loop("listen", () -> notices.listen(() -> wake(List.of(ledger, due)), this::isRunning));
    hints.wakes(news -> {
      if (news.contains(Hints.News.LEDGER)) {
        ledger.ring();
      }
      if (news.contains(Hints.News.DUE)) {
        due.ring();
      }
      notices.want();
      teller.ring();
    });
  }

  /// Ends after the batches in hand. The pages have stopped by then, the database has not.
  @Override
  public synchronized void stop() {
    running = false;
    loops.forEach(Loop::stop);
    try {
      for (Loop loop : loops) {
        loop.awaitEnd(LONGEST_STOP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    loops.clear();
    readers.clear();
    leave();
  }

  /// A node that starts later has less to look at.
  private void leave() {
    try {
      reading.catchUp();
    } catch (RuntimeException e) {
      log.debug("The positions of the ledger's readers are left as they are.", e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Starts before the web server and stops after it.
  @Override
  public int getPhase() {
    return 0;
  }

  private Loop loop(String name, java.util.function.Supplier<Duration> pass) {
    var loop = new Loop(name, pass);
    loops.add(loop);
    return loop;
  }

  private static void wake(List<Loop> loops) {
    loops.forEach(Loop::ring);
  }

  private Duration tick() {
    clock.refresh();
    months.ensureAhead("ledger", clock.instant());
    reading.catchUp();
    return CLOCK_POLL;
  }

  private Duration advance() {
    long before = frontier.settled();
    boolean more = frontier.advance();
    if (frontier.settled() > before) {
      lastActive = System.nanoTime();
      wake(readers);
    }
    boolean showed = reading.showListeners();
    if (more || showed) {
      return Duration.ZERO;
    }
    return frontier.isWaiting() ? HOLE_POLL : poll();
  }

  /// When more is due than one batch, a second thread takes the next one at the same time.
  private Duration fire(Loop helper) {
    int fired = firing.fire(DueFiring.BATCH);
    if (fired == DueFiring.BATCH) {
      helper.ring();
    }
    return fired > 0 ? Duration.ZERO : POLL;
  }

  private Duration help() {
    return firing.fire(DueFiring.BATCH) == DueFiring.BATCH ? Duration.ZERO : UNTIL_RUNG;
  }

  /// Half the slots at a time leave the other half to another node.
  private Duration read(LedgerReader reader) {
    return reader.read(Ledger.SLOTS / 2) ? Duration.ZERO : poll();
  }

  private Duration poll() {
    return System.nanoTime() - lastActive < ACTIVE_FOR.toNanos() ? ACTIVE_POLL : POLL;
  }

  private boolean isNothingLeft() {
    return reading.isNothingLeft() && !firing.isAnythingLeft();
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
