package dev.evergreen.server.platform;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
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

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final Hints hints;

  Due(JdbcClient jdbc, DatabaseClock clock, Hints hints) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.hints = hints;
  }

  /// Sets or replaces the due time that kind and key name, in the caller's transaction.
  public void set(String kind, String key, Instant at, Map<String, Object> data) {
    jdbc.sql(
            """
            insert into due (kind, key, at, data)
            values (:kind, :key, :at, cast(:data as jsonb))
            on conflict (kind, key) do update
            set at = excluded.at, data = excluded.data, tries = 0, fault = null
            """)
        .param("kind", kind)
        .param("key", key)
        .param("at", Timestamps.of(at))
        .param("data", Json.write(data))
        .update();
    if (!at.isAfter(clock.instant())) {
      hints.afterCommit();
    }
  }

  /// Sets or replaces some due times without data and removes others, in one round trip.
  public void change(String kind, Map<String, Instant> set, List<String> cleared) {
    jdbc.sql(
            """
            with cleared as (
              delete from due
              where kind = :kind and key = any(:cleared)
            )
            insert into due (kind, key, at, data)
            select :kind, new.key, new.at, '{}'
            from unnest(cast(:keys as text[]), cast(:ats as timestamptz[])) as new (key, at)
            on conflict (kind, key) do update
            set at = excluded.at, data = excluded.data, tries = 0, fault = null
            """)
        .param("kind", kind)
        .param("cleared", cleared.toArray(String[]::new))
        .param("keys", set.keySet().toArray(String[]::new))
        .param("ats", set.values().stream().map(Instant::toString).toArray(String[]::new))
        .update();
    Instant now = clock.instant();
    if (set.values().stream().anyMatch(at -> !at.isAfter(now))) {
      hints.afterCommit();
    }
  }

  /// Removes it; nothing happens when there is none.
  public void clear(String kind, String key) {
    jdbc.sql("delete from due where kind = :kind and key = :key")
        .param("kind", kind)
        .param("key", key)
        .update();
  }

  /// When the next item is due, past or future: how far a moved clock may go without passing one
  /// by.
  public Optional<Instant> next() {
    return jdbc.sql("select at from due where fault is null order by at limit 1")
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }
}
