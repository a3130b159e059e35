package dev.evergreen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void what_belongs_to_one_case_and_system_stands_in_one_row() {
    var bytes = new ByteArrayOutputStream();
    var report = new Report("durable", false, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    report.line("starts", "evergreen", 5_210.4, "per second");
    report.line("starts", "evergreen", 1, "commits");
    report.line("starts", "limit", 9_700, "per second");
    report.line("starts", "limit", 1, "commits");
    report.end();

    assertThat(bytes.toString(StandardCharsets.UTF_8).strip().lines().map(ReportTest::words))
        .containsExactly(
            "durable per second commits", "starts evergreen 5,210 1.00", "starts limit 9,700 1.00");
  }

  @Test
  void with_json_each_measurement_is_one_object() {
    var printed = new Printed();
    printed.report("durable").line("runs, 16 threads", "limit", 5_210, "per second");

    assertThat(printed.lines())
        .containsExactly(
            new Printed.Line("durable", "runs, 16 threads", "limit", 5_210, "per second"));
  }

  private static String words(String line) {
    return line.strip().replaceAll(" +", " ");
  }
}
