package dev.evergreen.server.platform.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as a person would say them. `times.js` says the same words again as the minutes pass.
public final class Times {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.US);
  private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE", Locale.US);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.US);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm:ss zzz", Locale.US);

  private Times() {}

  /// A deadline: "12 min late", "in 38 min", "in 1 h 5", "today 16:00", "tomorrow", "Fri", "3 Dec".
  public static String due(Instant at, Page page) {
    Duration left = Duration.between(page.now(), at);
    if (left.isNegative()) {
      return span(left.negated()) + " late";
    }
    if (left.compareTo(Duration.ofHours(2)) < 0) {
      return "in " + span(left);
    }
    ZonedDateTime then = at.atZone(page.reader().zone());
    long days = daysFromToday(then, page);
    if (days == 0) {
      return "today " + CLOCK.format(then);
    }
    return days == 1 ? "tomorrow" : days < 7 ? WEEKDAY.format(then) : day(then, page);
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
      return "just now";
    }
    if (ago.compareTo(Duration.ofHours(1)) < 0) {
      return ago.toMinutes() + " min ago";
    }
    ZonedDateTime then = at.atZone(page.reader().zone());
    long days = daysFromToday(then, page);
    if (days == 0) {
      return CLOCK.format(then);
    }
    return days == -1 ? "yesterday " + CLOCK.format(then) : day(then, page);
  }

  /// The time of day alone, for entries that stand under the heading of their day.
  public static String clock(Instant at, Page page) {
    return CLOCK.format(at.atZone(page.reader().zone()));
  }

  /// The heading over a day: "Today", "Yesterday", "Thu 12 Oct".
  public static String heading(Instant at, Page page) {
    ZonedDateTime then = at.atZone(page.reader().zone());
    long days = daysFromToday(then, page);
    if (days == 0) {
      return "Today";
    }
    return days == -1 ? "Yesterday" : WEEKDAY.format(then) + " " + day(then, page);
  }

  public static String exact(Instant at, Page page) {
    return EXACT.format(at.atZone(page.reader().zone()));
  }

  /// A length of time in its two largest parts: "38 min", "1 h 5", "2 d 3 h".
  public static String span(Duration length) {
    long minutes = length.toMinutes();
    if (minutes < 60) {
      return Math.max(1, minutes) + " min";
    }
    long hours = minutes / 60;
    if (hours < 24) {
      return minutes % 60 == 0 ? hours + " h" : hours + " h " + minutes % 60;
    }
    return hours % 24 == 0 || hours >= 72
        ? hours / 24 + " d"
        : hours / 24 + " d " + hours % 24 + " h";
  }

  private static long daysFromToday(ZonedDateTime then, Page page) {
    LocalDate today = page.now().atZone(page.reader().zone()).toLocalDate();
    return then.toLocalDate().toEpochDay() - today.toEpochDay();
  }

  private static String day(ZonedDateTime then, Page page) {
    boolean thisYear = then.getYear() == page.now().atZone(page.reader().zone()).getYear();
    return (thisYear ? DAY : DATE).format(then);
  }
}
