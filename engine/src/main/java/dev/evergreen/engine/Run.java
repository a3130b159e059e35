package dev.evergreen.engine;

import java.util.Map;
import java.util.SortedMap;

/// The state of one execution of a definition. Immutable; made only by applying events.
///
/// The final shape is the engine's own affair; outside code reads the questions below and stores
/// the state through the language's JSON form.
public record Run(
    Status status,
    Map<String, Object> data,
    SortedMap<Integer, Activation> open,
    int lastActivation) {

  public enum Status {
    NEW,
    RUNNING,
    FAULTED,
    ENDED,
    CANCELED
  }

  /// One visit of one step that is still open.
  public record Activation(int number, String step) {}

  public static Run fresh() {
    throw new UnsupportedOperationException("to be written");
  }

  public Run apply(Event event) {
    throw new UnsupportedOperationException("to be written: " + event);
  }
}
