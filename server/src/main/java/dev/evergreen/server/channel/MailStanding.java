package dev.evergreen.server.channel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How mail stands: what came in and is not read yet, what is held back, what we owe and could not
/// deliver. An intake that stops is seen here first.
@Component
public class MailStanding {
  private final JdbcClient database;

  MailStanding(JdbcClient database) {
    this.database = database;
  }

  /// @param oldestAt since when the first of them waits; null when none does
  public record Waiting(long count, @Nullable Instant oldestAt) {}

  /// @param failed letters that were given up for good
  public record Figures(Waiting intake, long quarantined, Waiting outbox, long failed) {}

  public Figures look() {
    return database
        .sql(
            """
            select
              intake.count as intake, intake.oldest as intake_oldest,
              (select count(*) from arrival where state = 'quarantined') as quarantined,
              owed.count as owed, owed.oldest as owed_oldest,
              (select count(*) from outbox where state = 'failed') as failed
            from
              (select count(*) as count, min(arrived_at) as oldest
                from arrival where state = 'waiting') as intake,
              (select count(*) as count, min(queued_at) as oldest
                from outbox where state = 'waiting') as owed
            """)
        .query((row, _) ->
            new Figures(
                new Waiting(row.getLong("intake"), at(row, "intake_oldest")),
                row.getLong("quarantined"),
                new Waiting(row.getLong("owed"), at(row, "owed_oldest")),
                row.getLong("failed")))
        .single();
  }

  private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
