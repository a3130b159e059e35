package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.WorkflowDraft.Review;
import dev.evergreen.server.workflow.WorkflowDraft.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of reviews: which teams were asked about a draft, and what they said. All writing
/// happens under the lock of the workflow's row.
@Component
final class ReviewRows {
  private final JdbcClient database;
  private final DatabaseClock clock;

  ReviewRows(JdbcClient database, DatabaseClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Asks these teams; what others said before no longer counts.
  void ask(long draft, List<String> teams, String note, Agent by) {
    database
        .sql(
            """
            with forgotten as (
              delete from workflow_review where draft = :draft and not team = any(:teams)),
            asked as (
              insert into workflow_review (draft, team, verdict)
              select :draft, team, 'OPEN'
              from unnest(cast(:teams as text[])) as team
              on conflict (draft, team) do update
              set verdict = 'OPEN', words = '', by_agent = null, by_name = null, at = null
            )
            update workflow_draft
            set
              status = 'IN_REVIEW',
              revision = revision + 1,
              note = :note,
              asked_at = :now,
              asked_by = :by,
              asked_by_name = :name
            where id = :draft
            """)
        .param("draft", draft)
        .param("teams", teams.toArray(String[]::new))
        .param("note", note)
        .param("now", RunRows.timestamp(clock.instant()))
        .param("by", by.id().value())
        .param("name", by.name())
        .update();
  }

  /// The draft is written on; nothing that the teams said counts any more.
  void takeBack(long draft) {
    database
        .sql(
            """
            update workflow_draft
            set
              status = 'DRAFT',
              revision = revision + 1,
              asked_at = null,
              asked_by = null,
              asked_by_name = null
            where id = :draft
            """)
        .param("draft", draft)
        .update();
  }

  void answer(long draft, String team, Verdict verdict, String words, Agent by) {
    database
        .sql(
            """
            with said as (
              update workflow_review
              set verdict = :verdict, words = :words, by_agent = :by, by_name = :name, at = :now
              where draft = :draft and team = :team
            )
            update workflow_draft
            set revision = revision + 1
            where id = :draft
            """)
        .param("draft", draft)
        .param("team", team)
        .param("verdict", verdict.name())
        .param("words", words)
        .param("by", by.id().value())
        .param("name", by.name())
        .param("now", RunRows.timestamp(clock.instant()))
        .update();
  }

  /// Who agreed to a version before it was published.
  List<Review> reviewsOf(String workflow, int version) {
    return database
        .sql(
            """
            select review.*
            from workflow_review review
            join workflow_draft draft on draft.id = review.draft
            join workflow on workflow.id = draft.workflow
            where workflow.name = :name
              and draft.status = 'PUBLISHED'
              and draft.became = :version
            order by review.team
            """)
        .param("name", workflow)
        .param("version", version)
        .query(ReviewRows::review)
        .list();
  }

  /// What the teams that were asked about a draft say.
  List<Review> of(long draft) {
    return database
        .sql("select * from workflow_review where draft = :draft order by team")
        .param("draft", draft)
        .query(ReviewRows::review)
        .list();
  }

  private static Review review(ResultSet row, int number) throws SQLException {
    return new Review(
        row.getString("team"),
        Verdict.valueOf(row.getString("verdict")),
        row.getString("words"),
        row.getString("by_name"),
        row.getObject("at") == null ? null : DraftRows.instant(row, "at"));
  }
}
