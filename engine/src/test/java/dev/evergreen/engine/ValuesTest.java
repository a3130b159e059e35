package dev.evergreen.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final Instant NOW = Instant.EPOCH;

  private final Values values =
      new Values(
          Map.of("name", "data"),
          NOW,
          Map.of("score", 1L),
          Map.of("name", "fact", "now", "never", "event", "none", "ticket", "open"));

  @Test
  void run_data_goes_before_the_time_the_event_and_the_facts() {
    assertThat(values.get("name")).isEqualTo("data");
    assertThat(values.get("now")).isEqualTo(NOW);
    assertThat(values.get("event")).isEqualTo(Map.of("score", 1L));
    assertThat(values.get("ticket")).isEqualTo("open");
    assertThat(values.get("nothing")).isNull();
    assertThat(values.get(null)).isNull();
  }

  @Test
  void it_is_a_whole_map_too() {
    assertThat(values.containsKey("ticket")).isTrue();
    assertThat(values.containsKey("nothing")).isFalse();
    assertThat(values.entrySet())
        .containsExactlyInAnyOrder(
            Map.entry("name", "data"),
            Map.entry("now", NOW),
            Map.entry("event", Map.of("score", 1L)),
            Map.entry("ticket", "open"));
  }

  @Test
  void without_an_event_there_is_none() {
    var without = new Values(Map.of(), NOW, null, Map.of());

    assertThat(without.get("event")).isNull();
    assertThat(without.entrySet()).containsExactly(Map.entry("now", NOW));
  }
}
