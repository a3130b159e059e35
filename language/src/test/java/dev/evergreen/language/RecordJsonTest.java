package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordJsonTest {
  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void events_come_back_equal(long seed) {
    var event = (Event) new RandomRecords(seed).make(Event.class);

    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    assertThat(EventJson.fromMap(EventJson.toMap(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void runs_come_back_equal(long seed) {
    var run = (Run) new RandomRecords(seed).make(Run.class);

    assertThat(RunJson.read(RunJson.write(run))).isEqualTo(run);
  }

  @Test
  void the_text_is_plain_to_read() {
    var event =
        new Event.TaskCompleted(
            3, Map.of("solved", true, "at", Instant.EPOCH, "tries", 2L, "score", 4.0), null, "Ada");

    assertThat(EventJson.toMap(event))
        .isEqualTo(
            Map.of(
                "is",
                "TaskCompleted",
                "activation",
                3,
                "answers",
                Map.of(
                    "solved",
                    true,
                    "at",
                    Map.of("$moment", "1970-01-01T00:00:00Z"),
                    "tries",
                    2L,
                    "score",
                    Map.of("$decimal", "4.0")),
                "by",
                "Ada"));
  }

  @Test
  void strange_text_is_refused_with_what_was_expected() {
    for (var text : List.of("", "[]", "{}", "{\"is\":\"Nothing\"}", "{\"is\":\"Ignored\"", "7")) {
      assertThatThrownBy(() -> EventJson.read(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected ");
    }
  }
}
