package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.DatabaseClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The texts of drafts. No text that was saved is ever lost: a draft points to the one that counts,
/// and going back and forward only points to another.
@Component
final class DraftTexts {
  private final JdbcClient database;
  private final DatabaseClock clock;

  DraftTexts(JdbcClient database, DatabaseClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Keeps a text and gives its id.
  ///
  /// @param before the text that it was changed from; null for the first of a draft
  long save(@Nullable Long before, String text, String change, String by) {
    return database
        .sql(
            """
            insert into draft_text (before, text, change, saved_at, saved_by_name)
            values (:before, :text, :change, :now, :by)
            returning id
            """)
        .param("before", before)
        .param("text", text)
        .param("change", change)
        .param("now", RunRows.timestamp(clock.instant()))
        .param("by", by)
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  /// The text that one was changed from.
  Optional<Long> before(DraftText text) {
    return database
        .sql("select before from draft_text where id = :id and before is not null")
        .param("id", text.id())
        .query((row, _) -> row.getLong("before"))
        .optional();
  }

  /// What was made of a text last.
  Optional<Long> after(DraftText text) {
    return database
        .sql("select id from draft_text where before = :id order by id desc limit 1")
        .param("id", text.id())
        .query((row, _) -> row.getLong("id"))
        .optional();
  }

  /// Reads a row of `shown_text`.
  static DraftText read(ResultSet row) throws SQLException {
    return new DraftText(
        row.getLong("text_id"),
        row.getString("content"),
        row.getString("change"),
        row.getObject("before") != null,
        Optional.ofNullable(row.getString("undone")).orElse(""),
        DraftRows.instant(row, "saved_at"),
        row.getString("saved_by_name"));
  }
}
