package dev.evergreen.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What a bench prints with `--json`.
final class Printed {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// One line of it, as anybody reads it.
  record Line(String bench, String measured, String system, double value, String unit) {}

  Report report(String bench) {
    return new Report(bench, true, new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  List<Line> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().map(Printed::line).toList();
  }

  private static Line line(String text) {
    var json = JsonMapper.shared().readTree(text);
    return new Line(
        json.get("bench").asString(),
        json.get("case").asString(),
        json.get("system").asString(),
        json.get("value").asDouble(),
        json.get("unit").asString());
  }
}
