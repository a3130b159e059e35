package dev.evergreen.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Time of the pages that agents look at all day, asked one after the other over one connection,
/// with the demo company's tickets in the database. Beside them the liveness probe, which reads
/// nothing, as the floor of the same run.
final class PagesBench implements Bench.Measurement {
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
      var times = new PageTimes(product, report, WARM_UP, ROUNDS);
      times.measure("liveness probe", _ -> "/health/liveness");
      times.measure(
          "ticket", round -> "/tickets/" + (FIRST_TICKET + Math.floorMod(round * 7_919L, TICKETS)));
      times.measure("list", _ -> "/tickets?view=all");
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
}
