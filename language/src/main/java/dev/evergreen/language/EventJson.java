package dev.evergreen.language;

import dev.evergreen.engine.Event;
import java.util.Map;

/// A run's events as JSON, exact both ways.
public final class EventJson {
  private EventJson() {}

  /// The event as text, numbers, flags, lists and maps: the data of a ledger entry. It comes back
  /// equal through [#fromMap] also after a database has kept it as JSON.
  public static Map<String, Object> toMap(Event event) {
    throw new UnsupportedOperationException("to be written: " + event);
  }

  /// Throws `IllegalArgumentException` when the map is not one that [#toMap] made.
  public static Event fromMap(Map<String, ?> map) {
    throw new UnsupportedOperationException("to be written: " + map);
  }

  public static String write(Event event) {
    throw new UnsupportedOperationException("to be written: " + event);
  }

  public static Event read(String json) {
    throw new UnsupportedOperationException("to be written: " + json);
  }
}
