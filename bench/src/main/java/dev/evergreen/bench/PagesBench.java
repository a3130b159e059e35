package dev.evergreen.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Time of the pages that agents look at all day, asked one after the other over one connection,
/// with the demo company's tickets in the database. Beside them the liveness probe, which reads
/// nothing, as the floor of the same run.
final class PagesBench implements Bench.Measurement {
  private static final String FLOOR = "/health/liveness";
  private static final int WARM_UP = 500;
  private static final int ROUNDS = 1_000;
  private static final int TICKETS = Integer.getInteger("evergreen.bench-tickets", 2_000);
  private static final int FIRST_TICKET = 1_001;

  @Override
  public void run(Report report, Effort effort) throws Exception {
    long start = System.nanoTime();
    try (var scratch = Scratch.make();
        var product =
            new Product(
                scratch.file("data"),
                scratch.file("log"),
                "--demo",
                "--demo-tickets",
                "" + TICKETS)) {
      if (!says(scratch.file("log"), "is open:")) {
        throw new IllegalStateException(
            "expected the demo to start, but found:\n" + Files.readString(scratch.file("log")));
      }
      product.signIn("mateo@ridgeline.example", "evergreen-demo");
      product.get("/tickets/" + FIRST_TICKET);
      report.line(
          "empty folder to first ticket page, demo",
          "evergreen",
          (System.nanoTime() - start) / 1e9,
          "s");
      if (!says(scratch.file("log"), "replay equal")) {
        throw new IllegalStateException(
            "expected the demo's runs to replay, but found:\n"
                + Files.readString(scratch.file("log")));
      }
      for (var page : List.of(FLOOR, "/tickets/%d", "/tickets?view=all")) {
        measure(product, page, report);
      }
      report.line("memory after that", "evergreen", product.residentMegabytes(), "MB");
    }
  }

  /// Waits until the product has said so.
  private static boolean says(Path log, String words) throws IOException, InterruptedException {
    for (int i = 0; i < 6_000; i++) {
      if (Files.readString(log).contains(words)) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  private static void measure(Product product, String page, Report report)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      ask(product, page, i);
    }
    var nanos = new long[ROUNDS];
    var before = product.cpu();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      ask(product, page, i);
      nanos[i] = System.nanoTime() - start;
    }
    var cpu = product.cpu().minus(before);
    Arrays.sort(nanos);
    var system = page.equals(FLOOR) ? "floor" : "evergreen";
    report.line(page + " p50", system, nanos[ROUNDS / 2] / 1e6, "ms");
    report.line(page + " p95", system, nanos[ROUNDS * 95 / 100] / 1e6, "ms");
    report.line(page + " CPU of the program", system, cpu.toNanos() / 1e6 / ROUNDS, "ms");
  }

  /// Tickets are visited in a scattered order, so that no page is the one just read.
  private static void ask(Product product, String page, int round)
      throws IOException, InterruptedException {
    var path = page.formatted(FIRST_TICKET + Math.floorMod(round * 7_919L, TICKETS));
    int status = product.get(path).statusCode();
    if (status != 200) {
      throw new IOException("expected 200 for " + path + ", but found " + status);
    }
  }
}
