package dev.evergreen.engine;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// When a team is open: weekly opening periods in a time zone, holidays, exceptions for single
/// dates.
public record BusinessHours(
    ZoneId zone, Map<DayOfWeek, List<Period>> week, Map<LocalDate, List<Period>> exceptions) {

  /// Open from `from`, before `to`. Midnight as `to` means the end of the day.
  public record Period(LocalTime from, LocalTime to) {}

  public BusinessHours {
    week = Map.copyOf(week);
    exceptions = Map.copyOf(exceptions);
  }

  /// Open round the clock, every day.
  public static BusinessHours always(ZoneId zone) {
    throw new UnsupportedOperationException("to be written");
  }

  /// The instant at which a span that begins at `start` has passed.
  public Instant add(Instant start, Span span) {
    throw new UnsupportedOperationException("to be written");
  }

  /// The open time between two instants.
  public Duration between(Instant start, Instant end) {
    throw new UnsupportedOperationException("to be written");
  }

  /// `at` itself when open, else the next opening.
  public Instant nextOpen(Instant at) {
    throw new UnsupportedOperationException("to be written");
  }
}
