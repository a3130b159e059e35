package dev.evergreen.server.platform;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Small values an administrator sets: the organization's name, the support address. Pages ask for
/// them all the time, so each node keeps them for a second (see [Kept]).
@Component
public final class Settings {
  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final Kept<Map<String, String>> values = new Kept<>(this::stored);

  Settings(JdbcClient jdbc, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// The stored value, or the setting's initial one. Another node's change shows after a second.
  public <T> T get(Setting<T> setting) {
    String value = values.get().get(setting.key());
    return value == null ? setting.initial() : setting.read().apply(value);
  }

  public <T> void put(Setting<T> setting, T value) {
    jdbc.sql(
            """
            insert into setting (key, value, changed_at)
            values (:key, :value, :now)
            on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at
            """)
        .param("key", setting.key())
        .param("value", setting.write().apply(value))
        .param("now", Timestamps.of(clock.instant()))
        .update();
    values.changed();
  }

  private Map<String, String> stored() {
    return jdbc.sql("select key, value from setting")
        .query(rows -> {
          var values = new HashMap<String, String>();
          while (rows.next()) {
            values.put(rows.getString("key"), rows.getString("value"));
          }
          return Map.copyOf(values);
        });
  }
}
