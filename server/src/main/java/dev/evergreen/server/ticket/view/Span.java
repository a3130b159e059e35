package dev.evergreen.server.ticket.view;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A length of time as people say it: `4 hours`.
public record Span(long number, Unit unit) {
  private static final Pattern WORDS = Pattern.compile("(\\d{1,5}) (minute|hour|day|week)s?");

  public enum Unit {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    WEEK(Duration.ofDays(7));

    private final Duration length;

    Unit(Duration length) {
      this.length = length;
    }

    public String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static Optional<Span> of(String words) {
    var found = WORDS.matcher(words);
    return found.matches()
        ? Optional.of(
            new Span(
                Long.parseLong(found.group(1)),
                Unit.valueOf(found.group(2).toUpperCase(java.util.Locale.ROOT))))
        : Optional.empty();
  }

  Duration length() {
    return unit.length.multipliedBy(number);
  }

  @Override
  public String toString() {
    return number + " " + unit.key() + (number == 1 ? "" : "s");
  }
}
