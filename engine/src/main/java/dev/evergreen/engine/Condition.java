package dev.evergreen.engine;

import java.util.Map;

/// A yes-or-no question over facts and run data, compiled from the text that people wrote.
public record Condition(String source, Test test) {
  public static final Condition ALWAYS = new Condition("true", _ -> true);

  public boolean holds(Map<String, Object> values) {
    return test.holds(values);
  }

  @Override
  public String toString() {
    return source;
  }

  /// The compiled form. Must be a pure function of its argument.
  @FunctionalInterface
  public interface Test {
    boolean holds(Map<String, Object> values);
  }
}
