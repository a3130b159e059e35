package dev.evergreen.engine;

import java.time.Instant;
import java.util.List;

/// The type of a value in run data, in a form, or in an action's input and outcome.
///
/// In memory a value is a `String` (text and choice), `Boolean`, `Long`, `Double`, or `Instant`.
public sealed interface ValueType {
  record Text() implements ValueType {}

  record Flag() implements ValueType {}

  record Whole() implements ValueType {}

  record Decimal() implements ValueType {}

  record Moment() implements ValueType {}

  record Choice(List<String> options) implements ValueType {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /// Whether `value` is one of this type, as it is in memory.
  default boolean accepts(Object value) {
    return switch (this) {
      case Text _ -> value instanceof String;
      case Flag _ -> value instanceof Boolean;
      case Whole _ -> value instanceof Long;
      case Decimal _ -> value instanceof Double;
      case Moment _ -> value instanceof Instant;
      case Choice choice -> value instanceof String text && choice.options().contains(text);
    };
  }

  /// The type in words, for a sentence that begins with "expected".
  default String inWords() {
    return switch (this) {
      case Text _ -> "a text";
      case Flag _ -> "yes or no";
      case Whole _ -> "a whole number";
      case Decimal _ -> "a number";
      case Moment _ -> "a date and time";
      case Choice choice -> "one of " + String.join(", ", choice.options());
    };
  }
}
