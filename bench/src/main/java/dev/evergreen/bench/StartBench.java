package dev.evergreen.bench;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;

/// From the command to the first answer on an existing data folder, built-in database included.
final class StartBench implements Bench.Measurement {
  private static final int ROUNDS = 5;

  @Override
  public void run(Report report, Effort effort) throws Exception {
    var seconds = new double[ROUNDS + 1];
    double memory = 0;
    try (var scratch = Scratch.make()) {
      for (int round = 0; round <= ROUNDS; round++) {
        long start = System.nanoTime();
        try (var product = new Product(scratch.file("data"), scratch.file("log"))) {
          if (!product.awaitReady(Duration.ofMinutes(2))) {
            throw new IllegalStateException(
                "expected a start, but found:\n" + Files.readString(scratch.file("log")));
          }
          seconds[round] = (System.nanoTime() - start) / 1e9;
          memory = product.residentMegabytes();
        }
      }
    }
    report.line("ready, empty folder", "evergreen", seconds[0], "s");
    Arrays.sort(seconds, 1, seconds.length);
    report.line("ready, existing folder, median", "evergreen", seconds[1 + ROUNDS / 2], "s");
    report.line("ready, existing folder, slowest", "evergreen", seconds[ROUNDS], "s");
    report.line("memory when ready", "evergreen", memory, "MB");
  }
}
