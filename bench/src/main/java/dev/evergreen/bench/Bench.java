package dev.evergreen.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `./evergreen bench [NAME…] [--quick] [--json]`.
public final class Bench {
  private static final Map<String, Measurement> ALL =
      new TreeMap<>(
          Map.of(
              "durable", new DurableBench(),
              "engine", new EngineBench(),
              "intake", new IntakeBench(),
              "pages", new PagesBench(),
              "search", new SearchBench(),
              "start", new StartBench()));

  private Bench() {}

  /// Something that can be measured from outside, on what it starts itself.
  interface Measurement {
    void run(Report report, Effort effort) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    var names = new ArrayList<>(List.of(arguments));
    boolean json = names.remove("--json");
    var effort = names.remove("--quick") ? Effort.QUICK : Effort.WHOLE;
    for (var name : names.isEmpty() ? List.copyOf(ALL.keySet()) : names) {
      var measurement = ALL.get(name);
      if (measurement == null) {
        System.err.println("bench: expected one of " + ALL.keySet() + ", but found '" + name + "'");
        System.exit(2);
      } else {
        var report = new Report(name, json, System.out);
        measurement.run(report, effort);
        report.end();
      }
    }
  }
}
