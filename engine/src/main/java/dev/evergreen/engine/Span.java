package dev.evergreen.engine;

/// A length of time as people write it: `4 business hours`, `3 days`.
///
/// A business minute or hour passes only while the calendar is open. A business day ends at the
/// same local time on the n-th open day after, or at that day's closing if it closes earlier. A
/// calendar day ends at the same local time n dates later.
public record Span(long amount, Unit unit, boolean business) {
  public enum Unit {
    MINUTES,
    HOURS,
    DAYS
  }

  public Span {
    if (amount < 1) {
      throw new IllegalArgumentException("expected a span of 1 or more, but found " + amount);
    }
  }
}
