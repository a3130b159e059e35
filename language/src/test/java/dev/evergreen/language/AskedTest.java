package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.DoStep.Assignee;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Who is asked, and for what.
class AskedTest {
  private static final String FILE =
      """
      workflow: example
      title: An example
      about: ticket
      purpose: Shows who is asked.
      owner: support
      approval: [team frontline, team legal]
      start: by call
      steps:
        - do: Answer the customer
          by: team frontline
          within: 1 hour
        - do: Check the answer
          by: queue fronline
          within: 1 hour
        - do: Thank the customer
          by: responsible
          within: 1 hour
          form:
            plain: text
            short: optional text
            said: {label: Said?, type: optional number}
            meant: {label: Meant?, type: text, optional: true}
            needed: {label: Needed?, type: text}
            chosen: {choices: [a, b], optional: true}
      """;

  @Test
  void a_step_asks_a_team_its_queue_or_whoever_is_responsible() {
    assertThat(asked().stream().map(DoStep::by))
        .containsExactly(
            new Assignee.Team("frontline"),
            new Assignee.Queue("fronline"),
            new Assignee.Responsible());
  }

  @Test
  void optional_means_the_same_wherever_it_is_written() {
    var optional =
        asked().getLast().form().stream()
            .filter(field -> !field.required())
            .map(DoStep.Field::name);

    assertThat(optional).containsExactly("short", "said", "meant", "chosen");
  }

  @Test
  void a_team_that_is_not_there_is_told_where_teams_are_known() {
    assertThat(findings(List.of("frontline", "billing")))
        .isEqualTo(
            """
            example.yaml:6:28: warning: found the team `legal`, which does not exist here
             6 | approval: [team frontline, team legal]
               |                            ^
                 expected: `billing` or `frontline`
                 to mend:  name one of those, or make the team
            example.yaml:13:9: warning: found the team `fronline`, which does not exist here
             13 |     by: queue fronline
                |         ^
                  expected: `billing` or `frontline`
                  to mend:  did you mean `frontline`?
            """);
    assertThat(findings(List.of())).isEmpty();
  }

  private static List<DoStep> asked() {
    var read = WorkflowFiles.read("example.yaml", FILE, TestCatalogue.CATALOGUE);
    return Objects.requireNonNull(read.workflow(), () -> read.findings().toString())
        .definition()
        .steps()
        .stream()
        .map(DoStep.class::cast)
        .toList();
  }

  private static String findings(List<String> teams) {
    var source = new WorkflowFiles.Source("example.yaml", FILE);
    var known = new WorkflowFiles.Known(List.of(), List.of(), teams);
    return WorkflowFiles.read(List.of(source), TestCatalogue.CATALOGUE, known)
        .getFirst()
        .findings()
        .stream()
        .map(finding -> Report.of(finding, FILE))
        .collect(Collectors.joining());
  }
}
