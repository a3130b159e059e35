package dev.evergreen.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What several rounds measured, and of each thing the median. Cases keep the order in which they
/// were first measured, with the systems of one case together.
final class Medians {
  private record Measured(String system, String unit) {}

  private final Map<String, Map<Measured, List<Double>>> cases = new LinkedHashMap<>();

  void add(String measured, String system, double value, String unit) {
    cases
        .computeIfAbsent(measured, _ -> new LinkedHashMap<>())
        .computeIfAbsent(new Measured(system, unit), _ -> new ArrayList<>())
        .add(value);
  }

  void print(Report report) {
    cases.forEach((measured, values) ->
        values.forEach((of, all) -> report.line(measured, of.system(), median(all), of.unit())));
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
