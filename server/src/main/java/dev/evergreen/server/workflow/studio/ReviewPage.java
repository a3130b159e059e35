package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.server.workflow.WorkflowDraft.Review;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A draft on its way to a version: what changes, who is asked, what they say.
///
/// @param comparison with the version in force; null when there is none
/// @param file what would come into force; null while the text has errors
/// @param findings what the checks remark; with an error nobody can be asked
/// @param choices the teams that can be asked, while nobody has been
/// @param problem a sentence about what was just sent; empty when nothing is wrong
public record ReviewPage(
    Head head,
    @Nullable Comparison comparison,
    @Nullable WorkflowFile file,
    List<Mending> findings,
    List<Choice> choices,
    List<Answer> answers,
    String problem) {
  public ReviewPage {
    findings = List.copyOf(findings);
    choices = List.copyOf(choices);
    answers = List.copyOf(answers);
  }

  /// @param members who could answer for it, in words
  /// @param chosen whether it agreed to the version before
  /// @param named whether the workflow itself says that it is asked
  public record Choice(String key, String name, String members, boolean chosen, boolean named) {}

  /// @param mine whether the reader can answer for this team now
  public record Answer(Review review, String team, boolean mine) {}

  public boolean hasErrors() {
    return findings.stream().anyMatch(it -> it.finding().severity() == Finding.Severity.ERROR);
  }

  /// Whether something is to be done by the reader.
  public boolean asksReader() {
    return answers.stream().anyMatch(Answer::mine);
  }
}
