package dev.evergreen.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.evergreen.bench.Bout.Outcome;
import dev.evergreen.bench.Wire.Traffic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// Puts load on a contender, as callers in the same process would.
final class Client {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration QUIET_LOOK = Duration.ofMillis(50);

  private final Contender contender;
  private final AtomicLong subjects = new AtomicLong();

  Client(Contender contender) {
    this.contender = contender;
  }

  /// Does a bout. What it sets off in the background is part of its costs, not of its rate.
  Outcome take(Bout bout) throws Exception {
    Queue<String> tasks =
        bout.kind() == Bout.Kind.COMPLETE
            ? new ConcurrentLinkedQueue<>(contender.tasks())
            : new ArrayDeque<>();
    long begin = System.nanoTime();
    var traffic = Traffic.now();
    long cpu = SYSTEM.getProcessCpuTime();
    var pace =
        switch (bout.kind()) {
          case CHECK -> together(bout, this::check);
          case START -> together(bout, this::start);
          case COMPLETE -> together(bout, () -> complete(tasks));
          case TIMERS -> timers(bout);
          case START_GROUPED -> startGrouped(bout);
        };
    rest(System.nanoTime() - begin);
    var went = Traffic.now().since(traffic);
    return new Outcome(
        pace.operations(),
        pace.perSecond(),
        pace.slow(),
        (SYSTEM.getProcessCpuTime() - cpu) / 1e6,
        went.statements(),
        went.roundTrips());
  }

  private boolean check() throws Exception {
    long subject = subjects.incrementAndGet();
    contender.start(subject);
    if (!contender.isAsked(subject)) {
      throw new IllegalStateException(
          "expected a query to find the task of run %d when its start returns".formatted(subject));
    }
    return true;
  }

  private boolean start() throws Exception {
    contender.start(subjects.incrementAndGet());
    return true;
  }

  private boolean complete(Queue<String> tasks) throws Exception {
    var task = tasks.poll();
    if (task != null) {
      contender.complete(task);
    }
    return task != null;
  }

  private record Pace(long operations, double perSecond, double slow) {}

  private interface Operation {
    /// False when there is nothing left to do.
    boolean once() throws Exception;
  }

  private static Pace together(Bout bout, Operation operation) throws Exception {
    var left = new AtomicInteger(bout.most());
    long begin = System.nanoTime();
    long end = begin + bout.longest().toNanos();
    var times = new ArrayList<long[]>();
    try (var threads = Executors.newFixedThreadPool(bout.threads())) {
      var work = new ArrayList<Future<long[]>>();
      for (int i = 0; i < bout.threads(); i++) {
        work.add(threads.submit(repeat(operation, left, end)));
      }
      for (var part : work) {
        times.add(part.get());
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    var sorted = times.stream().flatMapToLong(LongStream::of).sorted().toArray();
    return new Pace(
        sorted.length,
        sorted.length / seconds,
        sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.99)] / 1e6);
  }

  private static Callable<long[]> repeat(Operation operation, AtomicInteger left, long end) {
    return () -> {
      var nanos = new long[1_024];
      int done = 0;
      long before = System.nanoTime();
      while (before < end && left.getAndDecrement() > 0 && operation.once()) {
        long after = System.nanoTime();
        if (done == nanos.length) {
          nanos = Arrays.copyOf(nanos, done * 2);
        }
        nanos[done++] = after - before;
        before = after;
      }
      return Arrays.copyOf(nanos, done);
    };
  }

  private Pace timers(Bout bout) throws Exception {
    long all = contender.timers();
    contender.letTimePass();
    return fromFirstToLast(bout, all, contender::timers);
  }

  private Pace startGrouped(Bout bout) throws Exception {
    long goal = contender.runs() + bout.most();
    contender.startGrouped(subjects.getAndAdd(bout.most()) + 1, bout.most());
    return fromFirstToLast(bout, bout.most(), () -> goal - contender.runs());
  }

  private interface Remaining {
    long now() throws Exception;
  }

  /// The rate from the first look at which some were done to the last one, so that nobody's pause
  /// between two looks for work counts. Where one look finds all done, from the look before it.
  private static Pace fromFirstToLast(Bout bout, long all, Remaining remaining) throws Exception {
    long give = System.nanoTime() + bout.longest().toNanos();
    long begin = System.nanoTime();
    long atBegin = all;
    while (System.nanoTime() < give) {
      long left = remaining.now();
      if (left == all) {
        begin = System.nanoTime();
      } else if (atBegin == all && left > 0) {
        atBegin = left;
        begin = System.nanoTime();
      }
      if (left == 0) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Pace(all, atBegin / seconds, 0);
      }
      Thread.sleep(LOOK);
    }
    throw new IllegalStateException(
        "expected all of %d to be done in %s, but %d are left"
            .formatted(all, bout.longest(), remaining.now()));
  }

  /// Waits until the process is quiet, for so long at most.
  private static void rest(long nanos) throws InterruptedException {
    long give = System.nanoTime() + nanos;
    long cpu = SYSTEM.getProcessCpuTime();
    while (System.nanoTime() < give) {
      Thread.sleep(QUIET_LOOK);
      long now = SYSTEM.getProcessCpuTime();
      if (now - cpu < QUIET_LOOK.toNanos() / 10) {
        return;
      }
      cpu = now;
    }
  }
}
