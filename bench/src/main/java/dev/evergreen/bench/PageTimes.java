package dev.evergreen.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntFunction;

/// What pages cost: asked one after the other over one connection, time as whoever asks sees it,
/// CPU time of the program, weight as it goes over the wire.
///
/// @param warmUp how often each is asked before it is measured
/// @param rounds how often each is measured
record PageTimes(Product product, Report report, int warmUp, int rounds) {
  /// @param path of a round: scattered, so that no page is the one just read
  void measure(String name, IntFunction<String> path) throws IOException, InterruptedException {
    for (int i = 0; i < warmUp; i++) {
      ask(path.apply(i));
    }
    var nanos = new long[rounds];
    var before = product.cpu();
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      ask(path.apply(warmUp + i));
      nanos[i] = System.nanoTime() - start;
    }
    var cpu = product.cpu().minus(before);
    Arrays.sort(nanos);
    report.line(name, "evergreen", nanos[rounds / 2] / 1e6, "ms p50");
    report.line(name, "evergreen", nanos[rounds * 95 / 100] / 1e6, "ms p95");
    report.line(name, "evergreen", nanos[rounds * 99 / 100] / 1e6, "ms p99");
    report.line(name, "evergreen", cpu.toNanos() / 1e6 / rounds, "ms CPU");
    report.line(name, "evergreen", product.weight(path.apply(0)) / 1024.0, "KB");
  }

  private void ask(String path) throws IOException, InterruptedException {
    int status = product.get(path).statusCode();
    if (status != 200) {
      throw new IOException("expected 200 for " + path + ", but found " + status);
    }
  }
}
