package dev.evergreen.engine;

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
}
