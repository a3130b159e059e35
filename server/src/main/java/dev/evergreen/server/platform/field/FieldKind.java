package dev.evergreen.server.platform.field;

import java.util.Locale;

/// What a field holds. In memory and in JSON: a text, a number, a date as text, one of the options,
/// an amount, the id of another subject, true or false.
public enum FieldKind {
  TEXT("Text"),
  NUMBER("Number"),
  DATE("Date"),
  CHOICE("Choice"),
  MONEY("Money"),
  REFERENCE("Reference"),
  FLAG("Yes or no");

  private final String label;

  FieldKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /// As it is stored.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
