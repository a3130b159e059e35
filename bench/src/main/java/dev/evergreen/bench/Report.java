package dev.evergreen.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where measurements go: one JSON object a line, or a table for people, in which what was measured
/// of one case and system stands in one row.
final class Report {
  private static final String ROW = "%-46s %-10s";
  private static final int NARROWEST = 10;

  private record Row(String measured, String system) {}

  private final String bench;
  private final boolean json;
  private final PrintStream out;
  private final Map<String, Double> values = new LinkedHashMap<>();
  private Row row = new Row("", "");
  private List<String> heading = List.of();

  Report(String bench, boolean json, PrintStream out) {
    this.bench = bench;
    this.json = json;
    this.out = out;
  }

  void line(String measured, String system, double value, String unit) {
    if (json) {
      out.printf(
          Locale.ROOT,
          """
          {"bench": "%s", "case": "%s", "system": "%s", "value": %.3f, "unit": "%s"}%n\
          """,
          bench,
          measured,
          system,
          value,
          unit);
      return;
    }
    var next = new Row(measured, system);
    if (!next.equals(row)) {
      print();
      row = next;
    }
    values.put(unit, value);
  }

  private void print() {
    if (values.isEmpty()) {
      return;
    }
    var units = List.copyOf(values.keySet());
    if (!units.equals(heading)) {
      heading = units;
      out.printf("%n" + ROW, bench, "");
      units.forEach(unit -> out.printf("  " + column(unit, "s"), unit));
      out.println();
    }
    out.printf(ROW, row.measured(), row.system());
    values.forEach((unit, value) ->
        out.printf(Locale.ROOT, "  " + column(unit, value < 1_000 ? ",.2f" : ",.0f"), value));
    out.println();
    values.clear();
  }

  private static String column(String unit, String conversion) {
    int width = Math.max(NARROWEST, unit.length());
    return conversion.startsWith(",")
        ? "%," + width + conversion.substring(1)
        : "%" + width + conversion;
  }

  /// Prints what is left of the table.
  void end() {
    print();
  }
}
