package dev.evergreen.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.BusinessHours.Period;
import dev.evergreen.engine.Span.Unit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BusinessHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalTime NINE = LocalTime.of(9, 0);
  private static final LocalTime FIVE = LocalTime.of(17, 0);
  private static final BusinessHours OFFICE =
      BusinessHours.mondayToFriday(ZoneOffset.UTC, NINE, FIVE);

  @Test
  void what_is_due_at_closing_is_due_then_and_not_the_next_morning() {
    assertThat(OFFICE.add(at("2026-03-06T15:00:00Z"), hours(2))).isEqualTo("2026-03-06T17:00:00Z");
    assertThat(OFFICE.add(at("2026-03-06T15:00:00Z"), hours(3))).isEqualTo("2026-03-09T10:00:00Z");
  }

  @Test
  void what_comes_while_closed_counts_from_the_next_opening() {
    assertThat(OFFICE.add(at("2026-03-07T12:00:00Z"), hours(1))).isEqualTo("2026-03-09T10:00:00Z");
    assertThat(OFFICE.nextOpen(at("2026-03-07T12:00:00Z"))).isEqualTo("2026-03-09T09:00:00Z");
    assertThat(OFFICE.isOpen(at("2026-03-06T16:59:59Z"))).isTrue();
    assertThat(OFFICE.isOpen(at("2026-03-06T17:00:00Z"))).isFalse();
  }

  @Test
  void parts_of_a_second_count() {
    assertThat(OFFICE.add(at("2026-03-06T15:00:00Z"), Duration.ofMillis(1_500)))
        .isEqualTo("2026-03-06T15:00:01.500Z");
  }

  @Test
  void a_day_from_the_beginning_of_a_break_is_over_when_the_break_is() {
    var hours =
        everyDay(
            ZoneOffset.UTC,
            new Period(NINE, LocalTime.NOON),
            new Period(LocalTime.of(13, 0), FIVE));

    assertThat(hours.add(at("2026-03-02T12:00:00Z"), new Span(1, Unit.DAYS, true)))
        .isEqualTo("2026-03-03T13:00:00Z");
  }

  @Test
  void breaks_holidays_and_open_saturdays_count() {
    var hours =
        new BusinessHours(
            ZoneOffset.UTC,
            Map.of(
                DayOfWeek.FRIDAY,
                List.of(new Period(LocalTime.of(13, 0), FIVE), new Period(NINE, LocalTime.NOON))),
            Map.of(
                LocalDate.of(2026, 3, 6), List.of(),
                LocalDate.of(2026, 3, 7), List.of(new Period(NINE, LocalTime.NOON))));

    assertThat(hours.between(at("2026-03-05T00:00:00Z"), at("2026-03-14T00:00:00Z")))
        .isEqualTo(Duration.ofHours(3 + 7));
    assertThat(hours.add(at("2026-03-05T00:00:00Z"), hours(7))).isEqualTo("2026-03-13T14:00:00Z");
  }

  @Test
  void a_night_in_which_clocks_go_forward_is_an_hour_shorter() {
    var nights = everyDay(BERLIN, new Period(LocalTime.MIDNIGHT, LocalTime.of(6, 0)));

    assertThat(nights.between(at("2026-03-28T22:00:00Z"), at("2026-03-29T10:00:00Z")))
        .isEqualTo(Duration.ofHours(5));
    assertThat(nights.between(at("2026-10-24T21:00:00Z"), at("2026-10-25T10:00:00Z")))
        .isEqualTo(Duration.ofHours(7));
  }

  @Test
  void a_day_ends_at_the_same_local_time_also_when_clocks_change() {
    var hours = BusinessHours.mondayToFriday(BERLIN, NINE, FIVE);
    var friday = at("2026-03-27T14:00:00Z");

    assertThat(hours.add(friday, new Span(1, Unit.DAYS, true))).isEqualTo("2026-03-30T13:00:00Z");
    assertThat(hours.add(friday, new Span(3, Unit.DAYS, false))).isEqualTo("2026-03-30T13:00:00Z");
    assertThat(hours.add(friday, new Span(72, Unit.HOURS, false)))
        .isEqualTo("2026-03-30T14:00:00Z");
  }

  @Test
  void a_business_day_ends_while_open() {
    var day = new Span(1, Unit.DAYS, true);

    assertThat(OFFICE.add(at("2026-03-06T20:00:00Z"), day)).isEqualTo("2026-03-09T17:00:00Z");
    assertThat(OFFICE.add(at("2026-03-06T07:00:00Z"), day)).isEqualTo("2026-03-09T09:00:00Z");
    assertThat(OFFICE.add(at("2026-03-07T12:00:00Z"), day)).isEqualTo("2026-03-09T12:00:00Z");
  }

  @Test
  void centuries_cost_no_more_than_minutes() {
    var start = at("2026-03-02T09:00:00Z");
    var due = OFFICE.add(start, Duration.ofHours(40L * 52 * 100));

    assertThat(due).isEqualTo("2125-10-26T17:00:00Z");
    assertThat(OFFICE.between(start, due)).isEqualTo(Duration.ofHours(40L * 52 * 100));
  }

  @Test
  void an_instant_that_is_open_comes_back_as_it_is() {
    var fine = at("2026-03-02T10:00:00.123456789Z");

    assertThat(OFFICE.nextOpen(fine)).isEqualTo(fine);
    assertThat(OFFICE.add(fine, Duration.ZERO)).isEqualTo(fine);
  }

  @Test
  void calendars_that_make_no_sense_are_refused() {
    assertThatThrownBy(() ->
            new BusinessHours(
                BERLIN,
                Map.of(DayOfWeek.MONDAY, List.of()),
                Map.of(LocalDate.of(2026, 1, 1), List.of(Period.WHOLE_DAY))))
        .hasMessage(
            "expected an opening period on some weekday, but found none: it would never open");
    assertThatThrownBy(() -> new Period(FIVE, NINE))
        .hasMessage("expected an opening period to end after it begins, but found 17:00 to 09:00");
    assertThatThrownBy(() -> new Period(NINE, NINE.plusNanos(1)))
        .hasMessageStartingWith("expected an opening period in whole microseconds");
    assertThatThrownBy(
            () -> everyDay(BERLIN, new Period(NINE, FIVE), new Period(LocalTime.NOON, FIVE)))
        .hasMessageStartingWith("expected the opening periods of MONDAY not to overlap");
    assertThatThrownBy(() -> OFFICE.add(Instant.EPOCH, Duration.ofSeconds(-1)))
        .hasMessage("expected a duration of 0 or more, but found PT-1S");
  }

  @Test
  void spans_are_bounded() {
    assertThatThrownBy(() -> new Span(0, Unit.HOURS, true))
        .hasMessage("expected a span of 1 to 240000 hours, but found 0");
    assertThatThrownBy(() -> new Span(10_001, Unit.DAYS, true))
        .hasMessage("expected a span of 1 to 10000 days, but found 10001");
  }

  @Test
  void equal_calendars_are_equal() {
    var same = BusinessHours.mondayToFriday(ZoneOffset.UTC, NINE, FIVE);

    assertThat(OFFICE).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
    assertThat(OFFICE).isNotEqualTo(BusinessHours.always(ZoneOffset.UTC));
  }

  private static BusinessHours everyDay(ZoneId zone, Period... periods) {
    var week = new EnumMap<DayOfWeek, List<Period>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      week.put(day, List.of(periods));
    }
    return new BusinessHours(zone, week, Map.of());
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }
}
