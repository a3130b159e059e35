package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.server.workflow.WorkflowDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A draft while it is written: its steps and its text, both with what the checks say of them.
///
/// @param text as it is shown: what is saved, or what somebody has typed and not saved yet
/// @param saved whether the text is the saved one
/// @param file what the text says; null while it has errors
/// @param trouble what was refused last, and what can be done about it
public record Editor(
    WorkflowDraft draft,
    String text,
    boolean saved,
    @Nullable WorkflowFile file,
    List<Finding> findings,
    Trouble trouble) {
  public Editor {
    findings = List.copyOf(findings);
  }

  /// @param sentence empty when nothing was refused
  /// @param theirs how the saved text differs from the typed one; empty unless somebody else saved
  ///   meanwhile
  public record Trouble(String sentence, TextDifference theirs) {
    static final Trouble NONE = new Trouble("", new TextDifference(List.of()));
  }

  static Editor of(WorkflowDraft draft, Checked checked) {
    return of(draft, draft.text().content(), checked, Trouble.NONE);
  }

  static Editor of(WorkflowDraft draft, String text, Checked checked, Trouble trouble) {
    return new Editor(
        draft,
        text,
        text.equals(draft.text().content()),
        checked.workflow(),
        checked.findings(),
        trouble);
  }

  public String path() {
    return "/workflows/" + draft.workflow() + "/draft";
  }

  public long errors() {
    return findings.stream()
        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
        .count();
  }

  public long remarks() {
    return findings.size() - errors();
  }

  /// How many lines the text has: as many rows as its field.
  public int rows() {
    return Math.max(12, (int) text.lines().count() + 1);
  }
}
