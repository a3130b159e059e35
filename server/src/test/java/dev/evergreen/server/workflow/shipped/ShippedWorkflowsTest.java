package dev.evergreen.server.workflow.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Definition;
import dev.evergreen.language.TextTemplate;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What all of the shipped files must have in common.
class ShippedWorkflowsTest {
  private static final Map<String, Object> VALUES =
      Map.of(
          "ticket", Map.of("number", 17L, "subject", "My tent leaks"),
          "customer", Map.of("name", "Amara Okafor"),
          "organization", Map.of("name", "Ridgeline Outfitters"),
          "links",
              Map.of(
                  "confirm", "https://help.example/s/1",
                  "score1", "https://help.example/1",
                  "score2", "https://help.example/2",
                  "score3", "https://help.example/3",
                  "score4", "https://help.example/4",
                  "score5", "https://help.example/5"));

  static Stream<WorkflowFile> workflows() {
    return Shipped.workflows();
  }

  static Stream<Path> texts() {
    return Shipped.in("texts").stream();
  }

  /// The one warning is meant: it stands beside the main job, which closes.
  @Test
  void checks_find_nothing_else() {
    assertThat(Shipped.FILES)
        .flatMap(file -> file.findings())
        .extracting(finding -> finding.file() + ": " + finding.found())
        .containsExactly("no-answer-in-time.yaml: no rule for closing the ticket");
  }

  /// A desk is not flooded by what it did not ask for: what is in force without anybody's doing
  /// waits for another workflow or a person, but for the main job.
  @Test
  void only_the_main_job_is_in_force_and_starts_by_itself() {
    assertThat(Shipped.in("workflows"))
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly(
            "customer-went-dark.yaml",
            "escalate.yaml",
            "issue-resolution.yaml",
            "thank-for-feedback.yaml");
    assertThat(
            Shipped.workflows().map(WorkflowFile::definition).flatMap(ShippedWorkflowsTest::starts))
        .containsExactlyInAnyOrder(
            "issue-resolution on ticket.opened",
            "issue-resolution on ticket.reopened",
            "no-answer-in-time on ticket.opened",
            "log-interaction on ticket.opened when event.channel == \"in_person\"",
            "follow-up-in-48-hours on ticket.closed when event.outcome == \"complaint-settled\"");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void each_has_stories_that_take_every_way(WorkflowFile file) throws ClassNotFoundException {
    var name = file.definition().name();
    var stories =
        Arrays.stream(name.split("-"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining("", getClass().getPackageName() + ".", "Test"));

    assertThat(Class.forName(stories).getAnnotation(Walks.class))
        .extracting(Walks::value)
        .isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void each_is_found_on_the_page_by_what_happens(WorkflowFile file) {
    var definition = file.definition();
    assertThat(Shipped.text(Path.of("../docs/shipped-workflows.md")))
        .contains("**%s**, `%s`".formatted(definition.title(), definition.name()));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void each_written_anew_says_the_same(WorkflowFile file) {
    var text = WorkflowFile.write(file);

    var read = WorkflowFiles.read("file", text, Shipped.CATALOGUE).workflow();

    var again = Objects.requireNonNull(read, text);
    assertThat(again.profile()).isEqualTo(file.profile());
    assertThat(Ways.of(again.definition())).isEqualTo(Ways.of(file.definition()));
    assertThat(WorkflowFile.write(again)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void each_says_what_the_standard_format_asks_for(WorkflowFile file) {
    var profile = file.profile();
    assertThat(profile.review().every()).isNotNull();
    assertThat(profile.process()).isNotEmpty();
    if (!profile.kind().equals("service")) {
      assertThat(profile.format().scope()).isNotEmpty();
      assertThat(profile.format().roles()).isNotEmpty();
      assertThat(profile.format().exceptions()).isNotEmpty();
      assertThat(profile.review().approval()).isNotEmpty();
      assertThat(profile.review().reviewed()).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void each_text_is_a_whole_letter(Path file) {
    var letter = TextTemplate.parse(Shipped.text(file)).render(VALUES);

    assertThat(letter.lines().toList())
        .startsWith("Subject: Re: My tent leaks", "", "Hello Amara Okafor,", "")
        .endsWith("", "Ridgeline Outfitters");
    assertThat(letter).doesNotContain("{{").doesNotContain("  ");
  }

  private static Stream<String> starts(Definition definition) {
    return definition.starts().stream()
        .map(start ->
            String.join(
                " when ",
                start.when().equals(Condition.ALWAYS)
                    ? List.of(definition.name() + " on " + start.event())
                    : List.of(definition.name() + " on " + start.event(), start.when().source())));
  }
}
