package dev.evergreen.server.ticket;

import java.util.Locale;

/// Where a ticket stands. Solved: an answer was given that should settle it. Closed: nothing more
/// is to be done.
public enum Status {
  NEW,
  OPEN,
  PENDING,
  ON_HOLD,
  SOLVED,
  CLOSED;

  /// As it is stored and as conditions read it: `on_hold`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// As people read it: `on hold`.
  public String words() {
    return key().replace('_', ' ');
  }

  static Status of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
