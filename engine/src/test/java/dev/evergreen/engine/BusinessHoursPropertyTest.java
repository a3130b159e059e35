package dev.evergreen.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.BusinessHours.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Random calendars in every time zone, most of them beside a clock change, compared with a clock
/// that is read every minute.
class BusinessHoursPropertyTest {
  private static final List<ZoneId> ZONES =
      ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
  private static final int EXAMPLES = ZONES.size() * 3;

  @Test
  void a_clock_that_is_read_every_minute_gives_the_same() {
    Property.holds(
        EXAMPLES,
        (random, size) -> {
          ZoneId zone = zone(random);
          Instant start = instant(zone, random);
          var hours = calendar(zone, start, random);
          Instant end = start.plus(random.nextInt(size * 100), ChronoUnit.MINUTES);
          long open = openMinutes(hours, start, end);

          assertThat(hours.between(start, end)).isEqualTo(Duration.ofMinutes(open));
          if (open > 0) {
            Instant due = hours.add(start, Duration.ofMinutes(open));
            assertThat(due).isBeforeOrEqualTo(end);
            assertThat(openMinutes(hours, start, due)).isEqualTo(open);
            assertThat(openMinutes(hours, start, due.minusSeconds(60))).isEqualTo(open - 1);
          }
        });
  }

  @Test
  void the_next_opening_is_the_first_open_minute() {
    Property.holds(
        EXAMPLES,
        (random, _) -> {
          ZoneId zone = zone(random);
          Instant at = instant(zone, random);
          var hours = calendar(zone, at, random);
          Instant opening = hours.nextOpen(at);

          Instant minute = at;
          while (!showsOpeningTime(hours, minute)) {
            minute = minute.plusSeconds(60);
          }
          assertThat(opening).isEqualTo(minute);
          assertThat(hours.isOpen(opening)).isTrue();
          assertThat(hours.isOpen(at)).isEqualTo(opening.equals(at));
        });
  }

  @Test
  void long_spans_are_due_in_opening_hours_grow_with_the_duration_and_add_up() {
    Property.holds(
        EXAMPLES,
        (random, _) -> {
          ZoneId zone = zone(random);
          Instant start = instant(zone, random);
          var hours = calendar(zone, start, random);
          var first = Duration.ofSeconds(1 + random.nextLong(20_000_000));
          var second = Duration.ofSeconds(1 + random.nextLong(20_000_000));

          Instant due = hours.add(start, first);
          Instant later = hours.add(due, second);

          assertThat(hours.between(start, due)).isEqualTo(first);
          assertThat(hours.isOpen(due.minus(1, ChronoUnit.MICROS))).isTrue();
          assertThat(later).isAfter(due).isEqualTo(hours.add(start, first.plus(second)));
          assertThat(hours.between(later, start)).isEqualTo(first.plus(second).negated());
          assertThat(hours.add(start.plusSeconds(60), first)).isAfterOrEqualTo(due);
        });
  }

  @Test
  void business_days_grow_and_end_on_open_days_at_open_times() {
    Property.holds(
        EXAMPLES,
        (random, _) -> {
          ZoneId zone = zone(random);
          Instant start = instant(zone, random);
          var hours = calendar(zone, start, random);
          int days = 1 + random.nextInt(300);

          Instant due = hours.add(start, new Span(days, Span.Unit.DAYS, true));
          Instant next = hours.add(start, new Span(days + 1, Span.Unit.DAYS, true));

          assertThat(next).isAfter(due);
          var from = start.atZone(hours.zone()).toLocalDate();
          assertThat(openDays(hours, from, due.atZone(hours.zone()).toLocalDate()))
              .isBetween(days - 1L, (long) days);
        });
  }

  @Test
  void round_the_clock_every_second_counts() {
    Property.holds(
        EXAMPLES,
        (random, _) -> {
          var hours = BusinessHours.always(zone(random));
          Instant start = instant(hours.zone(), random);
          var duration = Duration.ofSeconds(random.nextLong(1_000_000_000));

          assertThat(hours.add(start, duration)).isEqualTo(start.plus(duration));
          assertThat(hours.between(start, start.plus(duration))).isEqualTo(duration);
          assertThat(hours.nextOpen(start)).isEqualTo(start);
        });
  }

  /// Days after `from`, up to and with `to`, that have an opening period.
  private static long openDays(BusinessHours hours, LocalDate from, LocalDate to) {
    return from.plusDays(1)
        .datesUntil(to.plusDays(1))
        .filter(date -> !periods(hours, date).isEmpty())
        .count();
  }

  private static long openMinutes(BusinessHours hours, Instant start, Instant end) {
    long minutes = 0;
    for (Instant at = start; at.isBefore(end); at = at.plusSeconds(60)) {
      minutes += showsOpeningTime(hours, at) ? 1 : 0;
    }
    return minutes;
  }

  private static boolean showsOpeningTime(BusinessHours hours, Instant at) {
    var local = at.atZone(hours.zone());
    LocalTime time = local.toLocalTime();
    return periods(hours, local.toLocalDate()).stream()
        .anyMatch(period ->
            !time.isBefore(period.from())
                && (period.to().equals(LocalTime.MIDNIGHT) || time.isBefore(period.to())));
  }

  private static List<Period> periods(BusinessHours hours, LocalDate date) {
    var exception = hours.exceptions().get(date);
    return exception != null
        ? exception
        : hours.week().getOrDefault(date.getDayOfWeek(), List.of());
  }

  private static ZoneId zone(RandomGenerator random) {
    return ZONES.get(random.nextInt(ZONES.size()));
  }

  /// With exceptions mostly near the instant at which a test looks.
  private static BusinessHours calendar(ZoneId zone, Instant at, RandomGenerator random) {
    Map<DayOfWeek, List<Period>> week = new EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (random.nextInt(4) > 0) {
        week.put(day, periods(random));
      }
    }
    week.put(DayOfWeek.of(1 + random.nextInt(7)), List.of(period(60, 23 * 60)));
    Map<LocalDate, List<Period>> exceptions = new HashMap<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      exceptions.put(
          LocalDate.ofInstant(at, zone).plusDays((long) (random.nextGaussian() * 20)),
          random.nextBoolean() ? List.of() : periods(random));
    }
    return new BusinessHours(zone, week, exceptions);
  }

  private static List<Period> periods(RandomGenerator random) {
    var periods = new ArrayList<Period>();
    int minute = random.nextInt(700);
    while (minute < 1_400 && periods.size() < 3) {
      int end = minute + 1 + random.nextInt(1_440 - minute);
      periods.add(period(minute, end));
      minute = end + random.nextInt(200);
    }
    return periods;
  }

  private static Period period(int from, int to) {
    return new Period(
        LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay(to % 1_440 * 60L));
  }

  /// A full minute between 1990 and 2050, as a rule within two days of a clock change.
  private static Instant instant(ZoneId zone, RandomGenerator random) {
    Instant any =
        Instant.parse("1990-01-01T00:00:00Z").plus(random.nextInt(60 * 365), ChronoUnit.DAYS);
    var change = zone.getRules().nextTransition(any);
    Instant near = change == null || random.nextInt(4) == 0 ? any : change.getInstant();
    return near.plus(random.nextInt(4 * 1_440) - 3 * 1_440, ChronoUnit.MINUTES);
  }
}
