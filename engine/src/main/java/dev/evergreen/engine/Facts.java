package dev.evergreen.engine;

import java.util.Map;

/// Everything that conditions may read, by name: `ticket`, `customer`, `event`, and so on.
///
/// Values are `String`, `Boolean`, `Long`, `Double`, `Instant`, lists of them, and maps from text
/// to them; a fact that is not known is left out, never null. Run data is not here: the engine adds
/// it.
public record Facts(Map<String, Object> values) {
  public static final Facts NONE = new Facts(Map.of());

  public Facts {
    values = Map.copyOf(values);
  }
}
