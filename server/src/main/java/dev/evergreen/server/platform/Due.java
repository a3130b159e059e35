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
      hints.afterCommit(Hints.News.DUE);
    }
  }

  /// Sets a due time unless kind and key have one, in the caller's transaction: for rounds that
  /// each node plans when it starts.
  public void setIfNone(String kind, String key, Instant at) {
    jdbc.sql(
            """
            insert into due (kind, key, at, data)
            values (:kind, :key, :at, '{}')
            on conflict (kind, key) do nothing
            """)
        .param("kind", kind)
        .param("key", key)
        .param("at", Timestamps.of(at))
        .update();
  }

  public record Key(String kind, String key) {}

  /// Due times without data that are set or replaced, and others that are removed, as parts of a
  /// statement that writes more.
  public record Change(Map<Key, Instant> set, List<Key> cleared) {
    private static final String CLEAR =
        """
        due_cleared as (
          delete from due
          using %s
          where due.kind = cleared.kind and due.key = cleared.key
        )
        """;

    private static final String SET =
        """
        due_set as (
          insert into due (kind, key, at, data)
          select new.kind, new.key, new.at, '{}'
          from %s
          on conflict (kind, key) do update
          set at = excluded.at, data = excluded.data, tries = 0, fault = null
        )
        """;

    private static final RowValues.Columns CLEARED =
        RowValues.Columns.of("cleared", "kind TEXT", "key TEXT");
    private static final RowValues.Columns NEW =
        RowValues.Columns.of("new", "kind TEXT", "key TEXT", "at TIMESTAMPTZ");

    public Change {
      set = Map.copyOf(set);
      cleared = List.copyOf(cleared);
    }

    public void addTo(Writes writes) {
      var clearing = new RowValues(CLEARED);
      cleared.forEach(key -> clearing.add(key.kind(), key.key()));
      writes.add(CLEAR, clearing);
      var setting = new RowValues(NEW);
      set.forEach((key, at) -> setting.add(key.kind(), key.key(), at.toString()));
      writes.add(SET, setting);
    }
  }

  /// Tells the background work of a change that another statement has written.
  public void changed(Change change) {
    Instant now = clock.instant();
    if (change.set().values().stream().anyMatch(at -> !at.isAfter(now))) {
      hints.afterCommit(Hints.News.DUE);
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
