package dev.evergreen.language.bpmn;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Span.Unit;
import dev.evergreen.engine.ValueType;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How values are written in attributes: as people write them in workflow files.
final class Spelling {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,8}) (business )?(minute|hour|day)s?");

  private Spelling() {}

  static String words(Span span) {
    var unit = span.unit().name().toLowerCase(Locale.ROOT);
    return "%d %s%s"
        .formatted(
            span.amount(),
            span.business() ? "business " : "",
            span.amount() == 1 ? unit.substring(0, unit.length() - 1) : unit);
  }

  /// ISO 8601, which knows no business time.
  static String iso(Span span) {
    return switch (span.unit()) {
      case MINUTES -> "PT%dM".formatted(span.amount());
      case HOURS -> "PT%dH".formatted(span.amount());
      case DAYS -> "P%dD".formatted(span.amount());
    };
  }

  static Optional<Span> span(String words) {
    var matcher = SPAN.matcher(words.strip());
    return matcher.matches()
        ? made(
            Long.parseLong(matcher.group(1)),
            Unit.valueOf(matcher.group(3).toUpperCase(Locale.ROOT) + "S"),
            matcher.group(2) != null)
        : Optional.empty();
  }

  /// Empty for what is no duration, and for months and years, which are of no certain length.
  @SuppressWarnings("JavaPeriodGetDays") // its months are known to be none
  static Optional<Span> ofIso(String text) {
    try {
      if (!text.contains("T")) {
        var period = Period.parse(text.strip());
        return period.toTotalMonths() == 0
            ? made(period.getDays(), Unit.DAYS, false)
            : Optional.empty();
      }
      long minutes = Duration.parse(text.strip()).toMinutes();
      return minutes % 60 == 0
          ? made(minutes / 60, Unit.HOURS, false)
          : made(minutes, Unit.MINUTES, false);
    } catch (DateTimeParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<Span> made(long amount, Unit unit, boolean business) {
    try {
      return Optional.of(new Span(amount, unit, business));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static String type(ValueType type) {
    return switch (type) {
      case ValueType.Text _ -> "text";
      case ValueType.Flag _ -> "boolean";
      case ValueType.Whole _ -> "integer";
      case ValueType.Decimal _ -> "decimal";
      case ValueType.Moment _ -> "moment";
      case ValueType.Choice _ -> "choice";
    };
  }

  static ValueType type(String name, List<String> options) {
    return switch (name) {
      case "boolean" -> new ValueType.Flag();
      case "integer" -> new ValueType.Whole();
      case "decimal" -> new ValueType.Decimal();
      case "moment" -> new ValueType.Moment();
      case "choice" -> new ValueType.Choice(options);
      default -> new ValueType.Text();
    };
  }

  static String assignee(DoStep.Assignee by) {
    return switch (by) {
      case DoStep.Assignee.Person person -> "person " + person.id();
      case DoStep.Assignee.Team team -> "team " + team.key();
      case DoStep.Assignee.Responsible _ -> "responsible";
    };
  }

  static DoStep.Assignee assignee(String by) {
    if (by.startsWith("team ")) {
      return new DoStep.Assignee.Team(by.substring(5));
    }
    return by.startsWith("person ")
        ? new DoStep.Assignee.Person(by.substring(7))
        : new DoStep.Assignee.Responsible();
  }
}
