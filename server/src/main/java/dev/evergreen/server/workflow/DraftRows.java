package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of drafts of workflows. All writing happens under the lock of the workflow's row.
@Component
final class DraftRows {
  private final JdbcClient database;
  private final WorkflowRows workflows;
  private final ReviewRows reviews;

  DraftRows(JdbcClient database, WorkflowRows workflows, ReviewRows reviews) {
    this.database = database;
    this.workflows = workflows;
    this.reviews = reviews;
  }

  /// The open draft of a workflow.
  Optional<WorkflowDraft> open(String workflow) {
    return openOf(workflow).stream().findAny();
  }

  /// All open drafts, by the names of their workflows.
  List<WorkflowDraft> open() {
    return openOf(null);
  }

  private List<WorkflowDraft> openOf(@Nullable String workflow) {
    return database
        .sql(
            """
            select
              draft.*,
              workflow.name,
              now.*
            from workflow_draft draft
            join workflow on workflow.id = draft.workflow
            join shown_text now on now.text_id = draft.text
            where draft.status in ('DRAFT', 'IN_REVIEW')
              and (cast(:name as text) is null or workflow.name = :name)
            order by workflow.name
            """)
        .param("name", workflow)
        .query(DraftRows::read)
        .list()
        .stream()
        .map(this::withReviews)
        .toList();
  }

  private WorkflowDraft withReviews(WorkflowDraft draft) {
    WorkflowDraft.Request request = draft.request();
    return request == null
        ? draft
        : new WorkflowDraft(
            draft.id(),
            draft.workflow(),
            draft.revision(),
            draft.base(),
            draft.text(),
            new WorkflowDraft.Request(
                request.askedAt(),
                request.askedBy(),
                request.asker(),
                request.note(),
                reviews.of(draft.id())));
  }

  /// A draft and its workflow, locked until the transaction ends.
  record Held(WorkflowRows.Locked workflow, WorkflowDraft draft) {}

  /// What somebody is about to change, provided that they may and that it is as they have seen it.
  Outcome<Held> hold(String name, long seen, Agent by) {
    return Editors.include(by) ? hold(name, seen) : unknown(name);
  }

  /// The same for whoever may see the draft.
  Outcome<Held> hold(String name, long seen) {
    Optional<WorkflowRows.Locked> workflow = workflows.lock(name);
    Optional<WorkflowDraft> draft = open(name);
    if (workflow.isEmpty() || draft.isEmpty()) {
      return unknown(name);
    }
    if (draft.get().revision() != seen) {
      return Outcome.rejected(Reason.OUTDATED, draft.get().changedMeanwhile());
    }
    return Outcome.accepted(new Held(workflow.get(), draft.get()));
  }

  static <T> Outcome<T> unknown(String name) {
    return Outcome.rejected(
        Reason.UNKNOWN,
        "There is no open draft of “%s”; it may have been published or thrown away meanwhile."
            .formatted(name));
  }

  /// A new draft that begins with a text.
  void insert(WorkflowRows.Locked workflow, @Nullable Integer base, long text) {
    database
        .sql(
            """
            insert into workflow_draft (workflow, status, revision, text, base)
            values (:workflow, 'DRAFT', 1, :text, :base)
            """)
        .param("workflow", workflow.id())
        .param("base", base)
        .param("text", text)
        .update();
  }

  /// Makes another text the one that counts.
  void pointTo(long text, WorkflowDraft draft) {
    database
        .sql("update workflow_draft set text = :text, revision = revision + 1 where id = :draft")
        .param("text", text)
        .param("draft", draft.id())
        .update();
  }

  /// The draft is thrown away; its texts stay in the database.
  void discard(long draft) {
    database
        .sql(
            """
            update workflow_draft
            set status = 'DISCARDED', revision = revision + 1, asked_at = null
            where id = :draft
            """)
        .param("draft", draft)
        .update();
  }

  void becomes(long draft, int version) {
    database
        .sql(
            """
            update workflow_draft
            set status = 'PUBLISHED', revision = revision + 1, became = :version
            where id = :draft
            """)
        .param("draft", draft)
        .param("version", version)
        .update();
  }

  private static WorkflowDraft read(ResultSet row, int number) throws SQLException {
    return new WorkflowDraft(
        row.getLong("id"),
        row.getString("name"),
        row.getLong("revision"),
        row.getObject("base", Integer.class),
        DraftTexts.read(row),
        request(row));
  }

  private static WorkflowDraft.@Nullable Request request(ResultSet row) throws SQLException {
    if (row.getObject("asked_at") == null) {
      return null;
    }
    Long by = row.getObject("asked_by", Long.class);
    return new WorkflowDraft.Request(
        instant(row, "asked_at"),
        by == null ? null : new AgentId(by),
        row.getString("asked_by_name"),
        row.getString("note"),
        List.of());
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
