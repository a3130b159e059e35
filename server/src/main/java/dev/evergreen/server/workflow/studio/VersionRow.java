package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowDraft.Review;
import dev.evergreen.server.workflow.WorkflowReviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A version in the list of versions.
///
/// @param changes what it changed, in one line
/// @param approvals who agreed, in one line; empty when nobody was asked
public record VersionRow(
    int number, Version.Publishing publishing, String changes, String approvals, int runs) {

  static List<VersionRow> of(
      List<Version> newestFirst, Map<Long, Integer> open, WorkflowReviews reviews) {
    var rows = new ArrayList<VersionRow>();
    for (int i = 0; i < newestFirst.size(); i++) {
      Version version = newestFirst.get(i);
      rows.add(
          new VersionRow(
              version.number(),
              version.publishing(),
              i + 1 < newestFirst.size()
                  ? inOneLine(Difference.between(newestFirst.get(i + 1).file(), version.file()))
                  : "",
              reviews.of(version).stream().map(VersionRow::said).collect(Collectors.joining(", ")),
              open.getOrDefault(version.id(), 0)));
    }
    return rows;
  }

  private static String said(Review review) {
    return "%s for %s".formatted(review.by(), Heads.words(review.team()));
  }

  private static String inOneLine(Difference difference) {
    if (difference.isEmpty()) {
      return "Only the wording of the file";
    }
    return difference.changes().stream()
        .limit(4)
        .map(change -> change.kind().word() + " “" + change.title() + "”")
        .collect(Collectors.joining(", ", "", difference.changes().size() > 4 ? ", …" : ""));
  }
}
