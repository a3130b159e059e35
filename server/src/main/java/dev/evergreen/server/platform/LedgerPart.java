package dev.evergreen.server.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Which part of what happened to subjects is wanted: the entries with ids from `since` up to, and
/// without, `before`. Whoever knows when the subjects came to be says so, and the months before are
/// not even looked into: what a page costs must not grow with the age of the installation.
///
/// @param earliest no entry of the subjects is older
public record LedgerPart(long since, long before, Instant earliest) {
  /// A clock that was set back must not hide anything.
  private static final Duration SLACK = Duration.ofDays(1);

  public static LedgerPart whole(Instant earliest) {
    return new LedgerPart(Long.MIN_VALUE, Long.MAX_VALUE, earliest);
  }

  static LedgerPart between(long since, long before) {
    return new LedgerPart(since, before, Instant.MIN);
  }

  /// The same up to, and without, another entry.
  public LedgerPart until(long entry) {
    return new LedgerPart(since, entry, earliest);
  }

  /// From when on months are looked into, as the database takes it.
  OffsetDateTime from() {
    return earliest.equals(Instant.MIN)
        ? OffsetDateTime.MIN
        : earliest.equals(Instant.MAX)
            ? OffsetDateTime.MAX
            : earliest.minus(SLACK).atOffset(ZoneOffset.UTC);
  }
}
