package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.ProcessDraft;
import dev.evergreen.server.workflow.ProcessDrafts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first text of a process, and the name that it wants.
record NewProcess(String name, String text) {
  private static final Pattern NAME_LINE =
      Pattern.compile("(?m)^process:[ \\t]*([a-z][a-z0-9-]{0,79})[ \\t]*(?:#.*)?$");
  private static final Pattern KEY_LINE = Pattern.compile("(?m)^process:");
  private static final Pattern WORKFLOW_LINE = Pattern.compile("(?m)^(workflow|steps):");

  @SuppressWarnings("InlineFormatString") // a text of its own, to be read as one
  private static final String FRESH =
      """
      process: %s
      title: %s
      purpose: Say in one sentence what is better for the customer when all of this works.
      owner: support-operations
      review every: 90 days

      goals:
        - goal: Every customer hears from a person within four hours of our day
          measure: first response in time
          target: 95 %%

      workflows: []
      """;

  static NewProcess fresh(String title) {
    String name = NewText.nameFor(title);
    return new NewProcess(name, FRESH.formatted(name, NewText.quoted(title)));
  }

  /// Whether a file that somebody chose is about a process: workflows name theirs, too.
  static boolean isIn(String text) {
    return KEY_LINE.matcher(text).find() && !WORKFLOW_LINE.matcher(text).find();
  }

  /// A file as somebody chose it; it names itself, or its file name does.
  static NewProcess imported(String file, String text) {
    Matcher line = NAME_LINE.matcher(text);
    return new NewProcess(
        line.find() ? line.group(1) : NewText.nameFor(file.replaceFirst("\\.[a-zA-Z]+$", "")),
        text);
  }

  Outcome<ProcessDraft> createIn(ProcessDrafts drafts, String change, Agent by) {
    return drafts.create(name, text, change, by);
  }

  /// Makes it what is written next about the process that it names, or a new one.
  Outcome<ProcessDraft> bringInto(ProcessDrafts drafts, String change, Agent by) {
    return drafts.bring(name, text, change, by);
  }
}
