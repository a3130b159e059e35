package dev.evergreen.language;

import dev.evergreen.engine.ValueType;

/// One named, typed value of an action's input or outcome, of an event's data, or of a fact.
///
/// @param text whether the value names a message text, so that the checks can say which exist
public record Parameter(
    String name, String description, ValueType type, boolean required, boolean text) {

  public static Parameter of(String name, String description, ValueType type) {
    return new Parameter(name, description, type, true, false);
  }
}
