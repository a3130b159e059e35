package dev.evergreen.server.workflow;

import java.time.Instant;

/// The text of a draft that counts at present.
///
/// @param change what was done to come to it, in a few words: what going back takes back
/// @param before whether there is a text to go back to
/// @param after what was taken back last and can be had again; empty when nothing was
public record DraftText(
    long id,
    String content,
    String change,
    boolean before,
    String after,
    Instant savedAt,
    String savedBy) {

  /// What somebody is told who still has an earlier text in front of them.
  String changedMeanwhile() {
    return "%s changed this draft while you had it open (%s). Nothing of yours was saved or lost:"
            .formatted(savedBy, change)
        + " compare the two, then save yours over it or take theirs.";
  }
}
