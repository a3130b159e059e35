package dev.evergreen.server.platform;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Small values an administrator sets: the organization's name, the support address. Pages ask for
/// them all the time, so each node keeps them for a second.
@Component
public final class Settings {
  private record Known(Map<String, String> values, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH.toNanos();
    }
  }

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private volatile @Nullable Known known;

  Settings(JdbcClient jdbc, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// The stored value, or the setting's initial one. Another node's change shows after a second.
  public <T> T get(Setting<T> setting) {
    String value = values().get(setting.key());
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
    known = null;
    keepNothingUntilCommit();
  }

  /// What a transaction has put may never be committed, so nothing that it reads from then on is
  /// kept.
  private void keepNothingUntilCommit() {
    if (TransactionSynchronizationManager.isSynchronizationActive()
        && !TransactionSynchronizationManager.hasResource(this)) {
      TransactionSynchronizationManager.bindResource(this, true);
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
              TransactionSynchronizationManager.unbindResourceIfPossible(Settings.this);
              known = null;
            }
          });
    }
  }

  private Map<String, String> values() {
    Known now = known;
    if (now != null && now.isFresh()) {
      return now.values();
    }
    Map<String, String> values = load();
    if (!TransactionSynchronizationManager.hasResource(this)) {
      known = new Known(values, System.nanoTime());
    }
    return values;
  }

  private Map<String, String> load() {
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
