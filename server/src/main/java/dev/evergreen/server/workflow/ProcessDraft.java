package dev.evergreen.server.workflow;

/// What is to be said of a process next. There is at most one at a time.
///
/// @param revision counts every change; who changes a draft says which one they have seen
public record ProcessDraft(String process, long revision, DraftText text) {

  /// What somebody is told who still has an earlier revision in front of them.
  public String changedMeanwhile() {
    return text.changedMeanwhile();
  }
}
