package dev.evergreen.language;

import dev.evergreen.engine.ValueType;

/// One named, typed value of an action's input or outcome, of an event's data, or of a fact. A name
/// that ends with `.*` stands for as many values as a file likes, of whatever type: `body.*` for
/// `body.order` and `body.customer.name`.
///
/// @param text whether the value names a message text, so that the checks can say which exist
public record Parameter(
    String name, String description, ValueType type, boolean required, boolean text) {
  private static final String OPEN = ".*";

  public static Parameter of(String name, String description, ValueType type) {
    return new Parameter(name, description, type, true, false);
  }

  /// As many values as a file likes, with names that begin with this one and a dot.
  public static Parameter open(String name, String description) {
    return new Parameter(name + OPEN, description, new ValueType.Text(), false, false);
  }

  public boolean isOpen() {
    return name.endsWith(OPEN);
  }

  /// Whether a value of that name in a file is one of these.
  public boolean covers(String given) {
    return isOpen()
        ? given.startsWith(name.substring(0, name.length() - 1)) && given.length() >= name.length()
        : given.equals(name);
  }
}
