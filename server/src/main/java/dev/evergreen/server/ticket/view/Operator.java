package dev.evergreen.server.ticket.view;

import java.util.Locale;

/// What a condition asks of a field.
public enum Operator {
  CONTAINS("contains"),
  IS("is"),
  IS_NOT("is not"),
  /// Longer ago than a span: `4 hours`.
  OLDER("is older than"),
  /// Less long ago than a span.
  NEWER("is newer than"),
  /// Before a day begins, in the reader's zone.
  BEFORE("is before"),
  /// Since a day began, in the reader's zone.
  AFTER("is on or after"),
  AT_LEAST("is at least"),
  AT_MOST("is at most"),
  EMPTY("is not set"),
  NOT_EMPTY("is set");

  private final String words;

  Operator(String words) {
    this.words = words;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String words() {
    return words;
  }

  /// Whether it compares with something.
  public boolean takesValues() {
    return this != EMPTY && this != NOT_EMPTY;
  }

  /// Whether it compares with any of several values.
  public boolean takesSeveral() {
    return this == IS || this == IS_NOT;
  }
}
