package dev.evergreen.server.platform;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Refuses a database that could lose what was acknowledged, or is too old, before anything is
/// written to it.
final class DatabaseCheck {
  private static final int OLDEST = 150_000;
  private static final List<String> DURABLE = List.of("fsync", "full_page_writes");

  private DatabaseCheck() {}

  static void pass(DataSource database) {
    pass(settings(JdbcClient.create(database)));
  }

  static void pass(Map<String, String> settings) {
    int version = Integer.parseInt(settings.getOrDefault("server_version_num", "0"));
    if (version < OLDEST) {
      throw new PostgresFailure(
          "Expected PostgreSQL 15 or newer, but the database runs version %d: upgrade it, or start without --database-url to use the built-in one."
              .formatted(version / 10_000));
    }
    for (String setting : DURABLE) {
      if (!"on".equals(settings.get(setting))) {
        throw lossy(setting, settings.get(setting));
      }
    }
    if ("off".equals(settings.get("synchronous_commit"))) {
      throw lossy("synchronous_commit", "off");
    }
    if (!"UTF8".equals(settings.get("server_encoding"))) {
      throw new PostgresFailure(
          "Expected a database with encoding UTF8, but it has %s: create it with encoding 'UTF8'."
              .formatted(settings.get("server_encoding")));
    }
  }

  /// The settings that decide whether acknowledged writes survive, by name.
  static Map<String, String> settings(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select name, setting
            from pg_settings
            where name in ('server_version_num', 'server_version', 'server_encoding',
              'fsync', 'full_page_writes', 'synchronous_commit')
            """)
        .query(rows -> {
          var found = new java.util.TreeMap<String, String>();
          while (rows.next()) {
            found.put(rows.getString(1), rows.getString(2));
          }
          return found;
        });
  }

  private static PostgresFailure lossy(String setting, @Nullable String value) {
    return new PostgresFailure(
        "Expected a database that keeps what it acknowledged, but its setting %s is %s: turn it on."
            .formatted(setting, value));
  }
}
