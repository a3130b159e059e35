package dev.evergreen.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Threads that ask for something again and again, each over a connection of its own, and what that
/// cost them: their CPU time is not the program's.
final class Callers {
  private final AtomicLong cpu = new AtomicLong();

  /// A connection that takes one thing after the other.
  interface Connection extends AutoCloseable {
    void take(int number) throws Exception;

    @Override
    void close() throws IOException;
  }

  interface Opening {
    Connection open(int caller) throws Exception;
  }

  long cpu() {
    return cpu.get();
  }

  /// Takes that many things and tells how long each took.
  ///
  /// @param first the number of the first of them
  long[] take(int first, int count, int callers, Opening opening)
      throws IOException, InterruptedException {
    var nanos = new long[count];
    var next = new AtomicInteger();
    var all = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(callers)) {
      for (int i = 0; i < callers; i++) {
        int caller = i;
        all.add(
            threads.submit(() -> {
              long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
              try (var connection = opening.open(caller)) {
                for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
                  long start = System.nanoTime();
                  connection.take(first + at);
                  nanos[at] = System.nanoTime() - start;
                }
              }
              cpu.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
              return null;
            }));
      }
      for (var one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("expected everything to be taken", e.getCause());
    }
    return nanos;
  }
}
