package dev.evergreen.bench;

import java.nio.file.Path;
import java.util.List;

/// Durable runs of one process by Evergreen, by Flowable, and the limit: a bare client that commits
/// the same rows. All on one PostgreSQL, one after the other, each with its own database and its
/// own JVM; the order changes from round to round.
final class DurableBench implements Bench.Measurement {
  /// The limit works in a copy of Evergreen's database, so it comes after it.
  private static final List<List<String>> ORDERS =
      List.of(List.of("evergreen", "limit", "flowable"), List.of("flowable", "evergreen", "limit"));

  /// Who takes part, for whoever wants to look at one of them only.
  private static final List<String> SYSTEMS =
      List.of(System.getProperty("evergreen.bench-systems", "evergreen,limit,flowable").split(","));

  @Override
  public void run(Report report, Effort effort) throws Exception {
    var medians = new Medians();
    try (var scratch = Scratch.make();
        var database = new BenchDatabase(scratch.file("data"))) {
      for (int round = 0; round < effort.rounds(); round++) {
        for (var system : ORDERS.get(round % ORDERS.size())) {
          if (!SYSTEMS.contains(system)) {
            continue;
          }
          System.err.printf("durable: round %d of %d, %s%n", round + 1, effort.rounds(), system);
          contend(system, database, effort, medians, scratch.file(system + ".log"));
        }
      }
    }
    medians.print(report);
  }

  private static void contend(
      String system, BenchDatabase database, Effort effort, Medians medians, Path log)
      throws Exception {
    var url = database.fresh(system, system.equals("limit") ? "bench_evergreen" : "template0");
    try (var client = new ClientProcess(system, url, log)) {
      new Contest(system, database, client::take, effort, medians).hold();
    }
  }
}
