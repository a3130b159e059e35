package dev.evergreen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineBenchTest {
  @Test
  void recorded_runs_end_the_same_again_and_again() throws Exception {
    var printed = new Printed();
    new EngineBench().run(printed.report("engine"), new Effort(1, 1, Duration.ofMillis(50)));

    assertThat(printed.lines())
        .extracting(Printed.Line::measured)
        .contains("question", "issue-resolution");
    assertThat(printed.lines()).allSatisfy(line -> assertThat(line.value()).isPositive());
  }
}
