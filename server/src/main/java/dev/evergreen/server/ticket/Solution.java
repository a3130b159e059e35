package dev.evergreen.server.ticket;

import java.util.Locale;

/// What is known of the answer: none yet, offered to the customer, confirmed or rejected by them.
public enum Solution {
  NONE,
  OFFERED,
  CONFIRMED,
  REJECTED;

  /// As it is stored and as conditions read it.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
