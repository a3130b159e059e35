package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The one row that a workflow's versions and drafts hang on. Its lock orders everything that
/// changes them; its revision orders what the ledger says of it.
@Component
final class WorkflowRows {
  private final JdbcClient database;
  private final Ledger ledger;

  WorkflowRows(JdbcClient database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  /// @param revision of its newest entry in the ledger
  record Locked(long id, String name, long revision, boolean retired) {}

  /// The row, locked until the transaction ends.
  Optional<Locked> lock(String name) {
    return database
        .sql("select id, name, revision, retired_at from workflow where name = :name for update")
        .param("name", name)
        .query((row, _) ->
            new Locked(
                row.getLong("id"),
                row.getString("name"),
                row.getLong("revision"),
                row.getObject("retired_at") != null))
        .optional();
  }

  /// The row, made if there was none, locked until the transaction ends.
  Locked lockOrMake(String name) {
    database
        .sql(
            "insert into workflow (name, revision) values (:name, 0) on conflict (name) do nothing")
        .param("name", name)
        .update();
    return lock(name)
        .orElseThrow(() -> new IllegalStateException("expected the row of " + name + " to stay"));
  }

  /// Records what happened to a workflow, under the lock of its row.
  void happened(Locked workflow, String kind, Actor by, Map<String, Object> data) {
    database
        .sql("update workflow set revision = revision + 1 where id = :id")
        .param("id", workflow.id())
        .update();
    var whole = new HashMap<String, Object>(data);
    whole.put("workflow", workflow.name());
    ledger.append(new Subject("workflow", workflow.id()), workflow.revision() + 1, kind, by, whole);
  }

  /// Whether new runs may start: set or taken back, and nothing else.
  void retire(Locked workflow, @Nullable Instant at) {
    database
        .sql("update workflow set retired_at = cast(:at as timestamptz) where id = :id")
        .param("at", at == null ? null : RunRows.timestamp(at))
        .param("id", workflow.id())
        .update();
  }
}
