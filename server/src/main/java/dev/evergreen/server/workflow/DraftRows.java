package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.DatabaseClock;
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

/// The rows of drafts and their texts. All writing happens under the lock of the workflow's row.
@Component
final class DraftRows {
  private final JdbcClient database;
  private final WorkflowRows workflows;
  private final ReviewRows reviews;
  private final DatabaseClock clock;

  DraftRows(JdbcClient database, WorkflowRows workflows, ReviewRows reviews, DatabaseClock clock) {
    this.database = database;
    this.workflows = workflows;
    this.reviews = reviews;
    this.clock = clock;
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
              now.before,
              now.text,
              now.change,
              now.saved_at,
              now.saved_by_name,
              (
                select after.change
                from workflow_draft_text after
                where after.draft = draft.id and after.before = draft.text_number
                order by after.number desc
                limit 1
              ) as undone
            from workflow_draft draft
            join workflow on workflow.id = draft.workflow
            join workflow_draft_text now
              on now.draft = draft.id and now.number = draft.text_number
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

  /// A new draft with its first text.
  long insert(WorkflowRows.Locked workflow, @Nullable Integer base) {
    return database
        .sql(
            """
            insert into workflow_draft (workflow, status, revision, text_number, base)
            values (:workflow, 'DRAFT', 0, 0, :base)
            returning id
            """)
        .param("workflow", workflow.id())
        .param("base", base)
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  /// Makes a new text the one that counts.
  void write(long draft, String text, String change, String by) {
    database
        .sql(
            """
            with written as (
              insert into workflow_draft_text (
                draft, number, before, text, change, saved_at, saved_by_name
              )
              select
                draft.id,
                1 + coalesce(
                  (select max(number) from workflow_draft_text where draft = draft.id), 0),
                nullif(draft.text_number, 0),
                :text,
                :change,
                :now,
                :by
              from workflow_draft draft
              where draft.id = :draft
              returning number
            )
            update workflow_draft
            set text_number = written.number, revision = revision + 1
            from written
            where id = :draft
            """)
        .param("draft", draft)
        .param("text", text)
        .param("change", change)
        .param("now", RunRows.timestamp(clock.instant()))
        .param("by", by)
        .update();
  }

  /// Goes back to the text before the present one.
  void goBack(long draft) {
    database
        .sql(
            """
            update workflow_draft
            set text_number = now.before, revision = revision + 1
            from workflow_draft_text now
            where id = :draft
              and now.draft = id
              and now.number = text_number
              and now.before is not null
            """)
        .param("draft", draft)
        .update();
  }

  /// Goes forward to what was taken back last.
  void goForward(long draft) {
    database
        .sql(
            """
            update workflow_draft
            set text_number = next.number, revision = revision + 1
            from (
              select max(after.number) as number
              from workflow_draft_text after
              join workflow_draft draft
                on draft.id = after.draft and draft.text_number = after.before
              where draft.id = :draft
            ) next
            where id = :draft and next.number is not null
            """)
        .param("draft", draft)
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
        new DraftText(
            row.getInt("text_number"),
            row.getString("text"),
            row.getString("change"),
            row.getObject("before") != null,
            Optional.ofNullable(row.getString("undone")).orElse(""),
            instant(row, "saved_at"),
            row.getString("saved_by_name")),
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
