package dev.evergreen.server.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// What a referee found: how much was acknowledged, and how much of it was missing, doubled or late
/// afterwards. Every verdict is a line of `target/faults.txt`, also that of a test that could not
/// run here: none is left out silently.
///
/// @param kills how often the schedule met each of its named points
record Verdict(String promise, long seed, Map<?, Integer> kills, Counts counts) {
  private static final Path FILE = Path.of("target", "faults.txt");

  record Counts(int acknowledged, int missing, int doubled, int late) {}

  void publish() {
    write(
        "%s: %d acknowledged, %d missing, %d doubled, %d late; met %s (seed %d)"
            .formatted(
                promise,
                counts.acknowledged(),
                counts.missing(),
                counts.doubled(),
                counts.late(),
                kills,
                seed));
  }

  static void skipped(String promise, String reason) {
    write(promise + ": SKIPPED, " + reason);
  }

  private static void write(String line) {
    System.out.println(line);
    try {
      Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
