package dev.evergreen.engine;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// When a team is open: weekly opening periods in a time zone, and single dates that differ
/// (holidays, a long Saturday). An immutable value.
///
/// It is open whenever its wall clock shows an opening time. So where clocks go forward over an
/// opening time, that day has less of it; where they go back into one, it passes twice.
///
/// Everything is arithmetic on one function, the open time that has passed since 1970, and its
/// inverse. Between two clock changes local time runs evenly, so there the function is that of the
/// local calendar ([DaySums]) plus a constant. The cost is O(log c + log e) for c clock changes and
/// e exceptions, whatever the span.
///
/// Exact to the microsecond; finer parts of an instant are dropped. Clock changes are known from
/// 1970 to 2200; before and after, the first and the last offset are taken to hold.
public final class BusinessHours {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = Duration.ofDays(1).toSeconds() * MICROS_PER_SECOND;
  private static final Instant FIRST_CHANGE = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST_CHANGE = Instant.parse("2200-01-01T00:00:00Z");

  private final ZoneId zone;
  private final Map<DayOfWeek, List<Period>> week;
  private final Map<LocalDate, List<Period>> exceptions;

  /// Open microseconds by local date, as if clocks never changed.
  private final DaySums openTime;

  private final DaySums openDays;

  /// The stretches between clock changes, in order.
  private final Stretch[] stretches;

  /// A stretch of even local time, in microseconds.
  ///
  /// @param start the instant at which it begins, since 1970
  /// @param offset local time less instant
  /// @param openAtStart the open time that has passed when it begins
  /// @param surplus the open time that has passed less that of the local calendar: what the clock
  ///   changes before have added
  private record Stretch(long start, long offset, long openAtStart, long surplus) {}

  /// Open from `from`, before `to`. Midnight as `to` means the end of the day.
  public record Period(LocalTime from, LocalTime to) {
    static final Period WHOLE_DAY = new Period(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    public Period {
      if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
        throw new IllegalArgumentException(
            "expected an opening period to end after it begins, but found %s to %s"
                .formatted(from, to));
      }
      if (micros(from) * 1_000 != from.toNanoOfDay() || micros(to) * 1_000 != to.toNanoOfDay()) {
        throw new IllegalArgumentException(
            "expected an opening period in whole microseconds, but found %s to %s"
                .formatted(from, to));
      }
    }

    private long begin() {
      return micros(from);
    }

    private long end() {
      return to.equals(LocalTime.MIDNIGHT) ? MICROS_PER_DAY : micros(to);
    }

    private long length() {
      return end() - begin();
    }

    private static long micros(LocalTime time) {
      return time.toNanoOfDay() / 1_000;
    }
  }

  /// @param week a weekday that is missing or has no period is closed
  /// @param exceptions the periods of single dates, in place of their weekday's; none = closed
  /// @throws IllegalArgumentException when periods of a day overlap, or no weekday has any: then it
  ///   would never open again
  public BusinessHours(
      ZoneId zone,
      Map<DayOfWeek, ? extends Collection<Period>> week,
      Map<LocalDate, ? extends Collection<Period>> exceptions) {
    this.zone = zone;
    var weekdays = new EnumMap<DayOfWeek, List<Period>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      var periods = week.get(day);
      weekdays.put(day, periods == null ? List.of() : inOrder(day.toString(), periods));
    }
    this.week = Map.copyOf(weekdays);
    var dates = new HashMap<LocalDate, List<Period>>();
    exceptions.forEach((date, periods) -> dates.put(date, inOrder(date.toString(), periods)));
    this.exceptions = Map.copyOf(dates);
    if (weekdays.values().stream().allMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "expected an opening period on some weekday, but found none: it would never open");
    }
    this.openTime = sums(BusinessHours::lengthOf);
    this.openDays = sums(periods -> periods.isEmpty() ? 0 : 1);
    this.stretches = stretches();
  }

  /// Open round the clock, every day.
  public static BusinessHours always(ZoneId zone) {
    var week = new EnumMap<DayOfWeek, List<Period>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      week.put(day, List.of(Period.WHOLE_DAY));
    }
    return new BusinessHours(zone, week, Map.of());
  }

  /// The same period on each of the five days.
  public static BusinessHours mondayToFriday(ZoneId zone, LocalTime from, LocalTime to) {
    var week = new EnumMap<DayOfWeek, List<Period>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.compareTo(DayOfWeek.FRIDAY) <= 0) {
        week.put(day, List.of(new Period(from, to)));
      }
    }
    return new BusinessHours(zone, week, Map.of());
  }

  public ZoneId zone() {
    return zone;
  }

  /// The periods of every weekday, each in order.
  public Map<DayOfWeek, List<Period>> week() {
    return week;
  }

  public Map<LocalDate, List<Period>> exceptions() {
    return exceptions;
  }

  /// The first instant at which a span that begins at `start` has passed. [Span] says how each unit
  /// is counted. Business time that is due when the calendar closes is due at that closing, not at
  /// the next opening.
  public Instant add(Instant start, Span span) {
    if (span.unit() == Span.Unit.DAYS) {
      return span.business()
          ? addBusinessDays(start, span.amount())
          : start.atZone(zone).plusDays(span.amount()).toInstant();
    }
    Duration duration = Duration.of(span.amount(), span.unit().chrono());
    return span.business() ? add(start, duration) : start.plus(duration);
  }

  /// The first instant at which that much open time has passed since `start`; `start` itself for
  /// zero.
  ///
  /// @param open not negative
  public Instant add(Instant start, Duration open) {
    if (open.isNegative()) {
      throw new IllegalArgumentException("expected a duration of 0 or more, but found " + open);
    }
    long micros =
        Math.addExact(
            Math.multiplyExact(open.getSeconds(), MICROS_PER_SECOND), open.getNano() / 1_000);
    return micros == 0 ? start : instant(firstMicroReaching(openBefore(micros(start)) + micros));
  }

  /// The open time between two instants; negative when `end` is before `start`.
  public Duration between(Instant start, Instant end) {
    return Duration.of(openBefore(micros(end)) - openBefore(micros(start)), ChronoUnit.MICROS);
  }

  /// `at` itself when open, else the next opening.
  public Instant nextOpen(Instant at) {
    long now = micros(at);
    long opening = firstMicroReaching(openBefore(now) + 1) - 1;
    return opening == now ? at : instant(opening);
  }

  public boolean isOpen(Instant at) {
    return nextOpen(at).equals(at);
  }

  private Instant addBusinessDays(Instant start, long days) {
    LocalDateTime local = LocalDateTime.ofInstant(start, zone);
    long today = local.toLocalDate().toEpochDay();
    long day = openDays.dayReaching(openDays.before(today + 1) + days);
    long wanted = local.toLocalTime().toNanoOfDay() / 1_000;
    var periods = periodsOf(day);
    long time = periods.getLast().end();
    for (Period period : periods.reversed()) {
      if (wanted < period.end()) {
        time = Math.max(wanted, period.begin());
      }
    }
    return ZonedDateTime.of(localTime(day, time), zone).toInstant();
  }

  private static LocalDateTime localTime(long day, long micros) {
    return LocalDate.ofEpochDay(day).atStartOfDay().plus(micros, ChronoUnit.MICROS);
  }

  /// The open time that has passed up to an instant.
  private long openBefore(long micros) {
    Stretch stretch = lastAtOrBelow(micros, Stretch::start);
    return stretch.surplus() + localOpenBefore(micros + stretch.offset());
  }

  /// The inverse: the first instant up to which that much open time has passed.
  private long firstMicroReaching(long open) {
    Stretch stretch = lastAtOrBelow(open - 1, Stretch::openAtStart);
    return firstLocalMicroReaching(open - stretch.surplus()) - stretch.offset();
  }

  /// The last stretch whose `bound` is not above `value`, or the first stretch.
  private Stretch lastAtOrBelow(long value, ToLongFunction<Stretch> bound) {
    int low = 1;
    int high = stretches.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bound.applyAsLong(stretches[middle]) <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return stretches[low - 1];
  }

  private long localOpenBefore(long local) {
    long day = Math.floorDiv(local, MICROS_PER_DAY);
    long timeOfDay = Math.floorMod(local, MICROS_PER_DAY);
    long open = openTime.before(day);
    for (Period period : periodsOf(day)) {
      open += Math.clamp(timeOfDay - period.begin(), 0, period.length());
    }
    return open;
  }

  private long firstLocalMicroReaching(long open) {
    long day = openTime.dayReaching(open);
    long rest = open - openTime.before(day);
    for (Period period : periodsOf(day)) {
      if (rest <= period.length()) {
        return day * MICROS_PER_DAY + period.begin() + rest;
      }
      rest -= period.length();
    }
    throw new IllegalStateException(
        "expected %s to have %d µs more of open time".formatted(LocalDate.ofEpochDay(day), rest));
  }

  private List<Period> periodsOf(long day) {
    if (!exceptions.isEmpty()) {
      var exception = exceptions.get(LocalDate.ofEpochDay(day));
      if (exception != null) {
        return exception;
      }
    }
    return week.getOrDefault(DayOfWeek.of(DaySums.weekday(day) + 1), List.of());
  }

  private Stretch[] stretches() {
    var all = new ArrayList<Stretch>();
    ZoneRules rules = zone.getRules();
    long start = micros(FIRST_CHANGE);
    long offset = micros(rules.getOffset(FIRST_CHANGE));
    long open = localOpenBefore(start + offset);
    all.add(new Stretch(start, offset, open, 0));
    for (var change = rules.nextTransition(FIRST_CHANGE);
        change != null && change.getInstant().isBefore(LAST_CHANGE);
        change = rules.nextTransition(change.getInstant())) {
      Stretch before = all.getLast();
      start = micros(change.getInstant());
      open = before.surplus() + localOpenBefore(start + before.offset());
      offset = micros(change.getOffsetAfter());
      all.add(new Stretch(start, offset, open, open - localOpenBefore(start + offset)));
    }
    return all.toArray(Stretch[]::new);
  }

  private static List<Period> inOrder(String day, Collection<Period> periods) {
    var sorted = periods.stream().sorted(Comparator.comparing(Period::from)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).begin() < sorted.get(i - 1).end()) {
        throw new IllegalArgumentException(
            "expected the opening periods of %s not to overlap, but found %s and %s"
                .formatted(day, sorted.get(i - 1), sorted.get(i)));
      }
    }
    return sorted;
  }

  private DaySums sums(ToLongFunction<List<Period>> value) {
    var weekdays = new long[7];
    for (DayOfWeek day : DayOfWeek.values()) {
      weekdays[day.getValue() - 1] = value.applyAsLong(week.getOrDefault(day, List.of()));
    }
    var dates = new TreeMap<Long, Long>();
    exceptions.forEach((date, periods) -> dates.put(date.toEpochDay(), value.applyAsLong(periods)));
    return new DaySums(weekdays, dates);
  }

  private static long lengthOf(List<Period> periods) {
    return periods.stream().mapToLong(Period::length).sum();
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000);
  }

  private static long micros(ZoneOffset offset) {
    return offset.getTotalSeconds() * MICROS_PER_SECOND;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BusinessHours hours
        && zone.equals(hours.zone)
        && week.equals(hours.week)
        && exceptions.equals(hours.exceptions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(zone, week, exceptions);
  }

  @Override
  public String toString() {
    return "BusinessHours[zone=%s, week=%s, exceptions=%s]".formatted(zone, week, exceptions);
  }
}
