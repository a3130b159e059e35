package dev.evergreen.engine;

import java.util.Map;

/// A value worked out over facts and run data, compiled from the text that people wrote: an
/// action's argument.
public record Term(String source, Computation computation) {
  public static Term of(Object constant) {
    return new Term(constant.toString(), _ -> constant);
  }

  public Object value(Map<String, Object> values) {
    return computation.value(values);
  }

  @Override
  public String toString() {
    return source;
  }

  /// The compiled form. Must be a pure function of its argument.
  @FunctionalInterface
  public interface Computation {
    Object value(Map<String, Object> values);
  }
}
