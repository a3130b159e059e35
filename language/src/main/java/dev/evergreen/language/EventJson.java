package dev.evergreen.language;

import dev.evergreen.engine.Event;
import java.util.List;
import java.util.Map;

/// A run's events as JSON, exact both ways.
public final class EventJson {
  /// The name under which the JSON says which event it is, by its simple name.
  public static final String VARIANT = RecordJson.VARIANT;

  private EventJson() {}

  /// All kinds of events.
  public static List<Class<? extends Event>> variants() {
    return RecordJson.variants(Event.class)
        .<Class<? extends Event>>map(type -> type.asSubclass(Event.class))
        .toList();
  }

  /// The event as text, numbers, flags, lists and maps: the data of a ledger entry. It comes back
  /// equal through [#fromMap] also after a database has kept it as JSON.
  public static Map<String, Object> toMap(Event event) {
    return RecordJson.toTree((Record) event, Event.class);
  }

  /// Throws `IllegalArgumentException` when the map is not one that [#toMap] made.
  public static Event fromMap(Map<String, ?> map) {
    return RecordJson.fromTree(map, Event.class);
  }

  public static String write(Event event) {
    return RecordJson.write(toMap(event));
  }

  /// Throws `IllegalArgumentException` when the text is not one that [#write] made.
  public static Event read(String json) {
    return fromMap(RecordJson.read(json));
  }
}
