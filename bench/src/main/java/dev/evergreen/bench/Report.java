package dev.evergreen.bench;

import java.util.Locale;

/// Where measurements go: a table for people, or one JSON object a line.
record Report(String bench, boolean json) {
  private static final String JSON =
      """
      {"bench": "%s", "case": "%s", "system": "%s", "value": %.3f, "unit": "%s"}%n\
      """;
  private static final String TABLE = "%-6s %-40s %-10s %10.2f %s%n";

  void line(String measured, String system, double value, String unit) {
    System.out.printf(Locale.ROOT, json ? JSON : TABLE, bench, measured, system, value, unit);
  }
}
