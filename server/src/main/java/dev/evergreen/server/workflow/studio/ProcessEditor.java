package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.server.workflow.ProcessDraft;
import dev.evergreen.server.workflow.studio.Editor.Trouble;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process while it is written: its form and its text, both with what the checks say.
///
/// @param revision the one that its reader has seen
/// @param text as it is shown: what is saved, or what somebody has typed and not saved yet
/// @param form null while the text cannot be read at all
/// @param trouble what was refused last
public record ProcessEditor(
    ProcessDraft draft,
    long revision,
    String text,
    @Nullable ProcessForm form,
    List<Finding> findings,
    Trouble trouble) {
  public ProcessEditor {
    findings = List.copyOf(findings);
  }

  static ProcessEditor of(
      ProcessDraft draft,
      String text,
      Checked checked,
      Trouble trouble,
      List<WorkflowFile> workflows) {
    return new ProcessEditor(
        draft,
        trouble.seen() == null ? draft.revision() : trouble.seen(),
        text,
        WorkflowText.of(text).map(it -> ProcessForm.of(it, workflows)).orElse(null),
        checked.findings(),
        trouble);
  }

  public String path() {
    return "/processes/" + draft.process() + "/draft";
  }

  public Called called() {
    return Called.in(text);
  }

  public String title() {
    String title = called().title();
    return title.isEmpty() ? draft.process() : title;
  }

  public boolean isSaved() {
    return text.equals(draft.text().content());
  }
}
