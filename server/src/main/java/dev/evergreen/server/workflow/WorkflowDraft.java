package dev.evergreen.server.workflow;

import dev.evergreen.server.team.AgentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to become the next version of a workflow. There is at most one at a time.
///
/// @param revision counts every change; who changes a draft says which one they have seen
/// @param base the number of the version that it began as; null when there was none
/// @param request what was asked of the reviewers; null while it is written
public record WorkflowDraft(
    long id,
    String workflow,
    long revision,
    @Nullable Integer base,
    DraftText text,
    @Nullable Request request) {

  /// @param note what changes and why, for the reviewers and for whoever reads the versions later
  public record Request(
      Instant askedAt, @Nullable AgentId askedBy, String asker, String note, List<Review> reviews) {
    public Request {
      reviews = List.copyOf(reviews);
    }
  }

  /// What one team says of it.
  ///
  /// @param team the team's key
  /// @param by who answered for the team; null until somebody has
  public record Review(
      String team, Verdict verdict, String words, @Nullable String by, @Nullable Instant at) {}

  public enum Verdict {
    OPEN,
    APPROVED,
    CHANGES_ASKED
  }

  public boolean isInReview() {
    return request != null;
  }

  /// Whether somebody wants it changed before they agree.
  public boolean isSentBack() {
    return request != null
        && request.reviews().stream().anyMatch(review -> review.verdict() == Verdict.CHANGES_ASKED);
  }

  /// Whether every team that was asked has agreed.
  public boolean isApproved() {
    return request != null
        && request.reviews().stream().allMatch(review -> review.verdict() == Verdict.APPROVED);
  }

  /// What somebody is told who still has an earlier revision in front of them.
  public String changedMeanwhile() {
    return isInReview()
        ? "This draft has gone on since your page was made: it is in review. Nothing of yours was"
            + " saved or lost."
        : text.changedMeanwhile();
  }
}
