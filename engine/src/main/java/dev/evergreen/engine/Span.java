package dev.evergreen.engine;

import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A length of time as people write it: `4 business hours`, `3 days`. At most 10,000 days.
///
/// A business minute or hour passes only while the calendar is open; any other passes always. A
/// calendar day ends at the same local time n dates later. A business day ends at the same local
/// time on the n-th open day after; when that is not an opening time, at the day's next opening, or
/// at its closing when there is none.
public record Span(long amount, Unit unit, boolean business) {
  public enum Unit {
    MINUTES(ChronoUnit.MINUTES, 10_000 * 24 * 60),
    HOURS(ChronoUnit.HOURS, 10_000 * 24),
    DAYS(ChronoUnit.DAYS, 10_000);

    private final ChronoUnit chrono;
    private final long most;

    Unit(ChronoUnit chrono, long most) {
      this.chrono = chrono;
      this.most = most;
    }

    ChronoUnit chrono() {
      return chrono;
    }
  }

  public Span {
    if (amount < 1 || amount > unit.most) {
      throw new IllegalArgumentException(
          "expected a span of 1 to %d %s, but found %d"
              .formatted(unit.most, unit.name().toLowerCase(Locale.ROOT), amount));
    }
  }

  /// As much longer, in whole units, and not longer than a span can be.
  Span times(double factor) {
    return new Span(Math.clamp(Math.round(amount * factor), 1, unit.most), unit, business);
  }
}
