package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Span;
import dev.evergreen.engine.Span.Unit;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// A span as the timers of BPMN say it, in ISO 8601, which knows no business time.
final class IsoDuration {
  private IsoDuration() {}

  static String of(Span span) {
    return switch (span.unit()) {
      case MINUTES -> "PT%dM".formatted(span.amount());
      case HOURS -> "PT%dH".formatted(span.amount());
      case DAYS -> "P%dD".formatted(span.amount());
    };
  }

  /// Empty for what is no duration, for months and years, which are of no certain length, and for
  /// parts of a minute, which a span cannot say.
  @SuppressWarnings("JavaPeriodGetDays") // its months are known to be none
  static Optional<Span> read(String text) {
    try {
      if (!text.contains("T")) {
        var period = Period.parse(text.strip());
        return period.toTotalMonths() == 0 ? span(period.getDays(), Unit.DAYS) : Optional.empty();
      }
      var duration = Duration.parse(text.strip());
      long minutes = duration.toMinutes();
      if (!duration.equals(Duration.ofMinutes(minutes))) {
        return Optional.empty();
      }
      return minutes % 60 == 0 ? span(minutes / 60, Unit.HOURS) : span(minutes, Unit.MINUTES);
    } catch (DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<Span> span(long amount, Unit unit) {
    try {
      return Optional.of(new Span(amount, unit, false));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
