package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of processes. All writing happens under the lock of the process's row; every verb
/// raises its revision, which orders what the ledger says of it.
@Component
final class ProcessRows {
  private final JdbcClient database;
  private final Ledger ledger;
  private final DatabaseClock clock;

  ProcessRows(JdbcClient database, Ledger ledger, DatabaseClock clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// A process whose row is locked until the transaction ends.
  record Locked(long id, String name, long revision) {}

  /// A text that counts for everybody.
  ///
  /// @param id of the text
  record InForce(long id, String name, String text, Instant at, String by) {}

  Optional<Locked> lock(String name) {
    return database
        .sql("select id, name, revision from process where name = :name for update")
        .param("name", name)
        .query((row, _) ->
            new Locked(row.getLong("id"), row.getString("name"), row.getLong("revision")))
        .optional();
  }

  /// The row, made if there was none.
  Locked lockOrMake(String name) {
    database
        .sql("insert into process (name, revision) values (:name, 0) on conflict (name) do nothing")
        .param("name", name)
        .update();
    return lock(name)
        .orElseThrow(() -> new IllegalStateException("expected the row of " + name + " to stay"));
  }

  List<InForce> inForce() {
    return database
        .sql(
            """
            select
              process.name,
              process.in_force,
              process.in_force_at,
              process.in_force_by_name,
              draft_text.text
            from process
            join draft_text on draft_text.id = process.in_force
            order by process.name
            """)
        .query((row, _) ->
            new InForce(
                row.getLong("in_force"),
                row.getString("name"),
                row.getString("text"),
                DraftRows.instant(row, "in_force_at"),
                row.getString("in_force_by_name")))
        .list();
  }

  /// All open drafts, by the names of their processes.
  List<ProcessDraft> drafts() {
    return draftsOf(null);
  }

  Optional<ProcessDraft> draft(String name) {
    return draftsOf(name).stream().findAny();
  }

  private List<ProcessDraft> draftsOf(@Nullable String name) {
    return database
        .sql(
            """
            select process.name, process.revision, now.*
            from process
            join shown_text now on now.text_id = process.text
            where cast(:name as text) is null or process.name = :name
            order by process.name
            """)
        .param("name", name)
        .query(ProcessRows::read)
        .list();
  }

  /// Makes a text the one that is being written.
  ///
  /// @param text null when nothing is written any more
  void pointTo(@Nullable Long text, Locked process) {
    database
        .sql("update process set text = :text where id = :process")
        .param("text", text)
        .param("process", process.id())
        .update();
  }

  /// What is being written counts for everybody.
  void putInForce(Locked process, Agent by) {
    database
        .sql(
            """
            update process
            set
              in_force = text,
              in_force_at = :now,
              in_force_by_name = :by,
              text = null
            where id = :process
            """)
        .param("process", process.id())
        .param("now", RunRows.timestamp(clock.instant()))
        .param("by", by.name())
        .update();
  }

  /// No text of ours counts any more.
  void withdraw(Locked process) {
    database
        .sql(
            """
            update process
            set in_force = null, in_force_at = null, in_force_by_name = null
            where id = :process
            """)
        .param("process", process.id())
        .update();
  }

  void happened(Locked process, String kind, Agent by) {
    database
        .sql("update process set revision = revision + 1 where id = :process")
        .param("process", process.id())
        .update();
    ledger.append(
        new Subject("process", process.id()),
        process.revision() + 1,
        kind,
        by.actor(),
        Map.of("process", process.name()));
  }

  private static ProcessDraft read(ResultSet row, int number) throws SQLException {
    return new ProcessDraft(row.getString("name"), row.getLong("revision"), DraftTexts.read(row));
  }
}
