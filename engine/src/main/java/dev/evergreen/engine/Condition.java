package dev.evergreen.engine;

import java.util.Map;

/// A yes-or-no question over facts and run data, compiled from the text that people wrote.
public record Condition(String source, Test test) {
  public static final Condition ALWAYS = new Condition("true", _ -> true);

  /// @param values by name; read-only, and only for the time of the call
  /// @throws EvaluationException when it cannot be answered over these values
  public boolean holds(Map<String, Object> values) {
    try {
      return test.holds(values);
    } catch (RuntimeException e) {
      throw new EvaluationException("yes or no", source, e);
    }
  }

  @Override
  public String toString() {
    return source;
  }

  /// The compiled form. Must be a pure function of its argument. Throws what it likes when it has
  /// no answer; the message goes on to people.
  @FunctionalInterface
  public interface Test {
    boolean holds(Map<String, Object> values);
  }
}
