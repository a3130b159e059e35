package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.language.Profile;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first text of a new draft, and the name that it wants.
record NewText(String name, String text) {
  private static final Pattern NAME_LINE =
      Pattern.compile("(?m)^workflow:[ \\t]*([a-z][a-z0-9-]{0,79})[ \\t]*(?:#.*)?$");
  private static final Pattern TITLE_LINE = Pattern.compile("(?m)^title:[ \\t]*\\S.*$");
  private static final int MOST_TRIES = 50;

  @SuppressWarnings("InlineFormatString") // a text of its own, to be read as one
  private static final String FRESH =
      """
      workflow: %s
      title: %s
      process: support
      kind: service
      about: ticket
      purpose: Say in one sentence what is better for the customer afterwards.
      owner: support-operations
      review every: 90 days

      start:
        - on: ticket.opened

      steps:
        - do: Answer the customer
          by: responsible
          within: 4 business hours

        - run: ticket.close
          title: Close the ticket
          with: {outcome: resolved}

        - end: resolved
      """;

  /// A workflow of that title that asks for an answer and closes.
  static NewText fresh(String title) {
    String name = nameFor(title);
    return new NewText(name, FRESH.formatted(name, quoted(title)));
  }

  static NewText copy(WorkflowFile source, String title) {
    String text =
        TITLE_LINE
            .matcher(source.text())
            .replaceFirst(Matcher.quoteReplacement("title: " + quoted(title)));
    return new NewText(nameFor(title), text);
  }

  /// A file as somebody chose it; it names itself, or its file name does.
  static NewText imported(String file, String text) {
    Matcher line = NAME_LINE.matcher(text);
    return new NewText(
        line.find() ? line.group(1) : nameFor(file.replaceFirst("\\.[a-zA-Z]+$", "")), text);
  }

  /// A model of another tool. What a workflow says beyond its steps is left to its editor.
  static NewText ofModel(Definition model) {
    var inputs =
        model.inputs().stream()
            .sorted()
            .map(name ->
                new DoStep.Field(name, name, Objects.requireNonNull(model.data().get(name)), true))
            .toList();
    var profile =
        new Profile(
            "Say in one sentence what is better for the customer afterwards.",
            "support-operations",
            "support",
            "service",
            Profile.Format.NONE,
            Profile.Review.NONE,
            false);
    return new NewText(
        model.name(),
        WorkflowFile.write(new WorkflowFile(model, profile, inputs, Map.of(), Map.of(), "")));
  }

  /// Creates it under its name, or the next free one: `return`, `return-2`, …
  Outcome<WorkflowDraft> createIn(WorkflowDrafts drafts, String change, Agent by) {
    Outcome<WorkflowDraft> outcome = drafts.create(name, text, change, by);
    for (int n = 2; n <= MOST_TRIES && isTaken(outcome); n++) {
      outcome = drafts.create(name + "-" + n, text, change, by);
    }
    return outcome;
  }

  /// Makes it the next version of the workflow that it names, or a new one.
  Outcome<WorkflowDraft> bringInto(WorkflowDrafts drafts, String change, Agent by) {
    return drafts.bring(name, text, change, by);
  }

  private static boolean isTaken(Outcome<WorkflowDraft> outcome) {
    return outcome instanceof Outcome.Rejected<WorkflowDraft>(Outcome.Reason reason, _)
        && reason == Outcome.Reason.TAKEN;
  }

  /// `Handle a return (B2B)` is `handle-a-return-b2b`.
  static String nameFor(String title) {
    String plain =
        Normalizer.normalize(title, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[-0-9]+|-+$", "");
    String name = plain.isEmpty() ? "workflow" : plain;
    return name.substring(0, Math.min(name.length(), 60)).replaceAll("-+$", "");
  }

  /// A title as YAML reads it back, whatever is in it.
  static String quoted(String title) {
    return title.matches("[\\p{L}][\\p{L}\\p{N} ',()-]*")
        ? title
        : "\""
            + title.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
            + "\"";
  }
}
