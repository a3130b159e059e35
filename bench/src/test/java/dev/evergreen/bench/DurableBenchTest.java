package dev.evergreen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DurableBenchTest {
  private static final Effort TINY = new Effort(1, 8, Duration.ofMillis(40));

  @Test
  void evergreen_and_the_limit_do_every_bout() throws Exception {
    var medians = new Medians();
    try (var scratch = Scratch.make();
        var database = new BenchDatabase(scratch.file("data"))) {
      for (var system : List.of("evergreen", "limit")) {
        var url = database.fresh(system, system.equals("limit") ? "bench_evergreen" : "template0");
        try (var contender = ClientProcess.contender(system, url)) {
          new Contest(system, database, new Client(contender)::take, TINY, medians).hold();
        }
      }
    }
    var printed = new Printed();
    medians.print(printed.report("durable"));

    var lines = printed.lines();
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.value()).as(line.toString()).isNotNegative().isFinite());
    assertThat(systemsOf(lines, "starts, 16 threads")).containsExactly("evergreen", "limit");
    assertThat(systemsOf(lines, "starts, grouped")).containsExactly("evergreen", "limit");
    assertThat(value(lines, "completions, 1 thread", "limit", "statements")).isEqualTo(1);
    assertThat(value(lines, "completions, 1 thread", "limit", "round trips")).isEqualTo(1);
    assertThat(value(lines, "timers", "evergreen", "per second")).isPositive();
  }

  private static List<String> systemsOf(List<Printed.Line> lines, String measured) {
    return lines.stream()
        .filter(line -> line.measured().equals(measured))
        .map(Printed.Line::system)
        .distinct()
        .toList();
  }

  private static double value(
      List<Printed.Line> lines, String measured, String system, String unit) {
    Map<String, Double> values =
        lines.stream()
            .filter(line -> line.measured().equals(measured) && line.system().equals(system))
            .collect(Collectors.toMap(Printed.Line::unit, Printed.Line::value));
    assertThat(values).containsKey(unit);
    return values.getOrDefault(unit, Double.NaN);
  }
}
