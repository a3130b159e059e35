package dev.evergreen.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {

  private static final Page PAGE =
      new Page(
          "/",
          new Page.Token("", "", ""),
          Instant.parse("2026-11-18T10:00:00Z"),
          new Page.Preferences("", ZoneId.of("Europe/Rome")),
          null,
          _ -> 0);

  @Test
  void a_deadline_is_said_as_a_person_would() {
    assertThat(due("2026-11-18T09:48:00Z")).isEqualTo("12 min late");
    assertThat(due("2026-11-18T10:38:00Z")).isEqualTo("in 38 min");
    assertThat(due("2026-11-18T11:05:00Z")).isEqualTo("in 1 h 5");
    assertThat(due("2026-11-18T15:00:00Z")).isEqualTo("today 16:00");
    assertThat(due("2026-11-19T15:00:00Z")).isEqualTo("tomorrow");
    assertThat(due("2026-11-20T15:00:00Z")).isEqualTo("Fri");
    assertThat(due("2026-12-03T15:00:00Z")).isEqualTo("3 Dec");
    assertThat(due("2027-01-03T15:00:00Z")).isEqualTo("3 Jan 2027");
  }

  @Test
  void what_happened_is_told_by_its_distance() {
    assertThat(past("2026-11-18T09:59:30Z")).isEqualTo("just now");
    assertThat(past("2026-11-18T09:56:00Z")).isEqualTo("4 min ago");
    assertThat(past("2026-11-18T08:41:00Z")).isEqualTo("09:41");
    assertThat(past("2026-11-17T08:41:00Z")).isEqualTo("yesterday 09:41");
    assertThat(past("2026-10-12T08:41:00Z")).isEqualTo("12 Oct");
  }

  @Test
  void midnight_is_the_readers_own() {
    assertThat(Times.heading(Instant.parse("2026-11-17T23:30:00Z"), PAGE)).isEqualTo("Today");
    assertThat(Times.heading(Instant.parse("2026-11-17T22:30:00Z"), PAGE)).isEqualTo("Yesterday");
  }

  private static String due(String at) {
    return Times.due(Instant.parse(at), PAGE);
  }

  private static String past(String at) {
    return Times.past(Instant.parse(at), PAGE);
  }
}
