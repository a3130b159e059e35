package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/// A later time to send at, as a person gives it in their own zone.
final class SendTime {
  private static final int MORNING = 9;
  private static final Duration FURTHEST = Duration.ofDays(366);

  private SendTime() {}

  static Outcome<Instant> read(String typed, ZoneId zone, Instant now) {
    try {
      Instant at = LocalDateTime.parse(typed).atZone(zone).toInstant();
      return at.isAfter(now) && at.isBefore(now.plus(FURTHEST))
          ? Outcome.accepted(at)
          : Outcome.rejected(
              Reason.INVALID, "Expected a time to come, within a year; found " + typed + ".");
    } catch (DateTimeException _) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a date and a time to send at; found “" + typed + "”.");
    }
  }

  static LocalDateTime tomorrowMorning(ZoneId zone, Instant now) {
    return now.atZone(zone).toLocalDate().plusDays(1).atTime(MORNING, 0);
  }

  static LocalDateTime mondayMorning(ZoneId zone, Instant now) {
    return now.atZone(zone)
        .toLocalDate()
        .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
        .atTime(MORNING, 0);
  }
}
