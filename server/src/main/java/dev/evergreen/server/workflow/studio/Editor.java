package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.server.workflow.WorkflowDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A draft while it is written: its steps and its text, both with what the checks say of them.
///
/// @param revision the one that its reader has seen: it stays behind the draft's while they have
///   not said whose text counts, so that nothing is written over by accident
/// @param text as it is shown: what is saved, or what somebody has typed and not saved yet
/// @param sketch the steps in the text; null while it cannot be read at all
/// @param chosen the id of the step that is filled in; null for none
/// @param trouble what was refused last, and what can be done about it
public record Editor(
    WorkflowDraft draft,
    long revision,
    String text,
    @Nullable Sketch sketch,
    @Nullable String chosen,
    List<Finding> findings,
    Trouble trouble) {
  public Editor {
    findings = List.copyOf(findings);
  }

  /// How the head of the file is called where a step is named.
  static final String HEAD = "head";

  /// @param sentence empty when nothing was refused
  /// @param theirs how the typed text differs from the saved one; empty unless somebody else saved
  ///   meanwhile
  /// @param seen the revision that was changed meanwhile; null unless somebody else did
  public record Trouble(String sentence, TextDifference theirs, @Nullable Long seen) {
    static final Trouble NONE = new Trouble("", new TextDifference(List.of()), null);

    /// Somebody else saved while this text was written.
    ///
    /// @param theirs the text that they saved
    static Trouble outdated(String theirs, String text, @Nullable Long seen, String sentence) {
      return new Trouble(sentence, TextDifference.of(theirs, text), seen);
    }

    /// What was asked for makes no sense; everything is as it was.
    static Trouble refused(String sentence) {
      return new Trouble(sentence, NONE.theirs(), null);
    }
  }

  static Editor of(
      WorkflowDraft draft,
      String text,
      Checked checked,
      @Nullable String chosen,
      Trouble trouble,
      StepForms forms) {
    return new Editor(
        draft,
        trouble.seen() == null ? draft.revision() : trouble.seen(),
        text,
        WorkflowText.of(text)
            .map(it -> Sketch.of(it, checked.findings(), chosen, forms))
            .orElse(null),
        chosen,
        checked.findings(),
        trouble);
  }

  /// Where a draft is written, with a step chosen.
  static String address(String workflow, @Nullable String chosen) {
    String path = "/workflows/" + workflow + "/draft";
    return chosen == null ? path : path + "?step=" + named(chosen) + "#step-" + named(chosen);
  }

  /// The id of a step in an address: the head of the file has none.
  static String named(String id) {
    return id.isEmpty() ? HEAD : id;
  }

  /// The id that [#named] names; null for nothing.
  static @Nullable String chosen(@Nullable String named) {
    return named == null || named.isEmpty() ? null : named.equals(HEAD) ? "" : named;
  }

  public Called called() {
    return Called.in(text);
  }

  public String path() {
    return "/workflows/" + draft.workflow() + "/draft";
  }

  /// Where a card is opened, or closed again when it is open.
  public String linkTo(Sketch.Card card) {
    return card.form() == null
        ? address(draft.workflow(), card.place().id())
        : path() + "#" + card.domId();
  }

  public String nameOf(Sketch.Card card) {
    return card.form() == null ? named(card.place().id()) : "";
  }

  public String chosenName() {
    return chosen == null ? "" : named(chosen);
  }

  /// Where a card's forms send what they change.
  public String pathOf(Sketch.Card card) {
    return path() + "/steps/" + named(card.place().id());
  }

  public boolean isSaved() {
    return text.equals(draft.text().content());
  }
}
