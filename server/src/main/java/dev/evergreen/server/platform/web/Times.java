package dev.evergreen.server.platform.web;

import static dev.evergreen.server.platform.text.Texts.text;

import dev.evergreen.server.platform.text.Language;
import dev.evergreen.server.platform.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Times as a person would say them. `times.js` says the same words again as the minutes pass.
public final class Times {

  /// How a language writes days and hours; English as it is written in Europe, with 24 hours.
  private record Format(
      DateTimeFormatter clock,
      DateTimeFormatter weekday,
      DateTimeFormatter day,
      DateTimeFormatter date,
      DateTimeFormatter exact) {
    static final Map<Language, Format> ALL = all();

    static Format read() {
      return Objects.requireNonNull(ALL.get(Texts.language()));
    }

    private static Map<Language, Format> all() {
      var all = new EnumMap<Language, Format>(Language.class);
      for (var language : Language.values()) {
        all.put(language, language == Language.ENGLISH ? english() : of(language.locale()));
      }
      return all;
    }

    private static Format english() {
      return new Format(
          DateTimeFormatter.ofPattern("HH:mm", Locale.US),
          DateTimeFormatter.ofPattern("EEE", Locale.US),
          DateTimeFormatter.ofPattern("d MMM", Locale.US),
          DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US),
          DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm:ss zzz", Locale.US));
    }

    private static Format of(Locale locale) {
      return new Format(
          DateTimeFormatter.ofLocalizedPattern("Hm").withLocale(locale),
          DateTimeFormatter.ofPattern("ccc", locale),
          DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale),
          DateTimeFormatter.ofLocalizedPattern("yMMMd").withLocale(locale),
          DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.LONG)
              .withLocale(locale));
    }
  }

  private Times() {}

  /// A deadline: "12 min late", "in 38 min", "in 1 h 5", "today 16:00", "tomorrow", "Fri", "3 Dec".
  public static String due(Instant at, Page page) {
    Duration left = Duration.between(page.now(), at);
    if (left.isNegative()) {
      return text("{0} late", span(left.negated()));
    }
    if (left.compareTo(Duration.ofHours(2)) < 0) {
      return text("in {0}", span(left));
    }
    ZonedDateTime then = at.atZone(page.reader().zone());
    long days = daysFromToday(then, page);
    if (days == 0) {
      return text("today {0}", Format.read().clock().format(then));
    }
    return days == 1
        ? text("tomorrow")
        : days < 7 ? Format.read().weekday().format(then) : day(then, page);
  }

  /// How a deadline feels: `late`, `soon` (within two hours) or `calm`; the colours of `look.css`.
  public static String mood(Instant at, Page page) {
    Duration left = Duration.between(page.now(), at);
    return left.isNegative() ? "late" : left.compareTo(Duration.ofHours(2)) < 0 ? "soon" : "calm";
  }

  /// Something that happened: "just now", "4 min ago", "09:41", "yesterday 09:41", "12 Oct".
  public static String past(Instant at, Page page) {
    Duration ago = Duration.between(at, page.now());
    if (ago.compareTo(Duration.ofMinutes(1)) < 0) {
      return text("just now");
    }
    if (ago.compareTo(Duration.ofHours(1)) < 0) {
      return text("{0} min ago", ago.toMinutes());
    }
    ZonedDateTime then = at.atZone(page.reader().zone());
    long days = daysFromToday(then, page);
    if (days == 0) {
      return Format.read().clock().format(then);
    }
    return days == -1 ? text("yesterday {0}", Format.read().clock().format(then)) : day(then, page);
  }

  /// The time of day alone, for entries that stand under the heading of their day.
  public static String clock(Instant at, Page page) {
    return Format.read().clock().format(at.atZone(page.reader().zone()));
  }

  /// The heading over a day: "Today", "Yesterday", "Thu 12 Oct".
  public static String heading(Instant at, Page page) {
    ZonedDateTime then = at.atZone(page.reader().zone());
    long days = daysFromToday(then, page);
    if (days == 0) {
      return text("Today");
    }
    return days == -1
        ? text("Yesterday")
        : Format.read().weekday().format(then) + " " + day(then, page);
  }

  public static String exact(Instant at, Page page) {
    return Format.read().exact().format(at.atZone(page.reader().zone()));
  }

  /// A length of time in its two largest parts: "38 min", "1 h 5", "2 d 3 h".
  public static String span(Duration length) {
    long minutes = length.toMinutes();
    if (minutes < 60) {
      return text("{0} min", Math.max(1, minutes));
    }
    long hours = minutes / 60;
    if (hours < 24) {
      return minutes % 60 == 0 ? text("{0} h", hours) : text("{0} h {1}", hours, minutes % 60);
    }
    return hours % 24 == 0 || hours >= 72
        ? text("{0} d", hours / 24)
        : text("{0} d {1} h", hours / 24, hours % 24);
  }

  private static long daysFromToday(ZonedDateTime then, Page page) {
    LocalDate today = page.now().atZone(page.reader().zone()).toLocalDate();
    return then.toLocalDate().toEpochDay() - today.toEpochDay();
  }

  private static String day(ZonedDateTime then, Page page) {
    boolean thisYear = then.getYear() == page.now().atZone(page.reader().zone()).getYear();
    return (thisYear ? Format.read().day() : Format.read().date()).format(then);
  }
}
