package dev.evergreen.language;

import dev.evergreen.engine.Span;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time and numbers of rounds as people write them.
public final class Spans {
  static final String EXPECTED =
      "a length of time such as `30 minutes`, `4 business hours` or `3 days`";

  static final Pattern SPAN = Pattern.compile("(\\d{1,8}) (business )?(minute|hour|day)s?");
  static final Pattern TIMES = Pattern.compile("(\\d{1,4}) times?");

  private Spans() {}

  /// Empty for what is no length of time, and for one that is longer than any can be.
  public static Optional<Span> span(String text) {
    return Optional.of(SPAN.matcher(text.strip())).filter(Matcher::matches).flatMap(Spans::span);
  }

  /// `1 business hour`, as files have it.
  public static String written(Span span) {
    var unit = span.unit().name().toLowerCase(Locale.ROOT);
    return "%d %s%s"
        .formatted(
            span.amount(),
            span.business() ? "business " : "",
            span.amount() == 1 ? unit.substring(0, unit.length() - 1) : unit);
  }

  static OptionalInt times(String text) {
    var matcher = TIMES.matcher(text.strip());
    return matcher.matches() && Integer.parseInt(matcher.group(1)) > 0
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static Optional<Span> span(Matcher matcher) {
    var unit = Span.Unit.valueOf(matcher.group(3).toUpperCase(Locale.ROOT) + "S");
    var amount = Long.parseLong(matcher.group(1));
    try {
      return Optional.of(new Span(amount, unit, matcher.group(2) != null));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
