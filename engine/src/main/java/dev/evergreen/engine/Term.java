package dev.evergreen.engine;

import java.util.Map;
import java.util.Objects;

/// A value worked out over facts and run data, compiled from the text that people wrote: an
/// action's argument.
public record Term(String source, Computation computation) {
  public static Term of(Object constant) {
    return new Term(constant.toString(), _ -> constant);
  }

  /// @param values by name; read-only, and only for the time of the call
  /// @throws EvaluationException when it cannot be worked out over these values
  public Object value(Map<String, Object> values) {
    try {
      return Objects.requireNonNull(computation.value(values), "no value");
    } catch (RuntimeException e) {
      throw new EvaluationException("a value", source, e);
    }
  }

  @Override
  public String toString() {
    return source;
  }

  /// The compiled form. Must be a pure function of its argument. Throws what it likes when it has
  /// no value; the message goes on to people.
  @FunctionalInterface
  public interface Computation {
    Object value(Map<String, Object> values);
  }
}
