package dev.evergreen.server.platform;

import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The one table of due times: timers of runs, clocks, reminders. Written in the caller's
/// transaction, fired by whichever node claims the item first, by the database's clock.
@Component
public final class Due {
  /// A due time as it is fired.
  public record Item(String kind, String key, Instant at, Map<String, Object> data) {
    public Item {
      data = Map.copyOf(data);
    }
  }

  /// Sets or replaces the due time that kind and key name, in the caller's transaction.
  public void set(String kind, String key, Instant at, Map<String, Object> data) {
    throw new UnsupportedOperationException();
  }

  /// Removes it; nothing happens when there is none.
  public void clear(String kind, String key) {
    throw new UnsupportedOperationException();
  }
}
