package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of processes and of their texts. All writing happens under the lock of the process's
/// row; every verb raises its revision, which orders what the ledger says of it.
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
  /// @param number of the text among those of its process
  record InForce(long process, int number, String name, String text, Instant at, String by) {}

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
              process.id,
              process.name,
              process.in_force,
              process.in_force_at,
              process.in_force_by_name,
              process_text.text
            from process
            join process_text
              on process_text.process = process.id and process_text.number = process.in_force
            order by process.name
            """)
        .query((row, _) ->
            new InForce(
                row.getLong("id"),
                row.getInt("in_force"),
                row.getString("name"),
                row.getString("text"),
                instant(row, "in_force_at"),
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
            select
              process.name,
              process.revision,
              now.*,
              (
                select after.change
                from process_text after
                where after.process = process.id and after.before = now.number
                order by after.number desc
                limit 1
              ) as undone
            from process
            join process_text now
              on now.process = process.id and now.number = process.text_number
            where cast(:name as text) is null or process.name = :name
            order by process.name
            """)
        .param("name", name)
        .query(ProcessRows::read)
        .list();
  }

  /// Makes a new text the one that is being written.
  void write(Locked process, String text, String change, Agent by) {
    database
        .sql(
            """
            with written as (
              insert into process_text (
                process, number, before, text, change, saved_at, saved_by_name
              )
              select
                process.id,
                1 + coalesce(
                  (select max(earlier.number) from process_text earlier
                   where earlier.process = process.id), 0),
                process.text_number,
                :text,
                :change,
                :now,
                :by
              from process
              where process.id = :process
              returning number
            )
            update process
            set text_number = written.number
            from written
            where id = :process
            """)
        .param("process", process.id())
        .param("text", text)
        .param("change", change)
        .param("now", RunRows.timestamp(clock.instant()))
        .param("by", by.name())
        .update();
  }

  /// Goes back to the text before the present one.
  void goBack(Locked process) {
    database
        .sql(
            """
            update process
            set text_number = now.before
            from process_text now
            where id = :process
              and now.process = id
              and now.number = text_number
              and now.before is not null
            """)
        .param("process", process.id())
        .update();
  }

  /// Goes forward to what was taken back last.
  void goForward(Locked process) {
    database
        .sql(
            """
            update process
            set text_number = next.number
            from (
              select max(after.number) as number
              from process_text after
              join process it on it.id = after.process and it.text_number = after.before
              where it.id = :process
            ) next
            where id = :process and next.number is not null
            """)
        .param("process", process.id())
        .update();
  }

  /// Nothing is being written any more; the texts stay in the database.
  void discard(Locked process) {
    database
        .sql("update process set text_number = null where id = :process")
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
              in_force = text_number,
              in_force_at = :now,
              in_force_by_name = :by,
              text_number = null
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
    return new ProcessDraft(
        row.getString("name"),
        row.getLong("revision"),
        new DraftText(
            row.getInt("number"),
            row.getString("text"),
            row.getString("change"),
            row.getObject("before") != null,
            Optional.ofNullable(row.getString("undone")).orElse(""),
            instant(row, "saved_at"),
            row.getString("saved_by_name")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
