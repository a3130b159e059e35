package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The reference page says what the reader reads.
class ReferenceTest {
  private static final Path PAGE = Path.of("../docs/workflow-language.md");
  private static final String HEAD =
      """
      workflow: example
      title: An example
      about: ticket
      purpose: Shows one block.
      owner: support
      start: by hand
      data: {answer: text, level: [low, high], urgent: boolean}
      """;

  @Test
  void the_page_is_up_to_date() throws IOException {
    var page = Reference.language();

    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/workflow-language.md"), page);
    assertThat(Files.readString(PAGE))
        .as("docs/workflow-language.md; the page as it should be is in language/target")
        .isEqualTo(page);
  }

  static Stream<Block> steps() {
    return StepGrammar.STEPS.stream();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void every_example_of_a_step_can_be_used(Block step) {
    var end = step.equals(StepGrammar.END) ? "" : "  - end: done\n";
    assertUsable(HEAD + "steps:\n" + step.example().indent(2) + end);
  }

  @Test
  void the_other_examples_can_be_used_too() {
    assertUsable(Grammar.WORKFLOW.example());
    assertUsable(Grammar.PROCESS.example());
    assertUsable(HEAD + "steps:\n" + StepGrammar.HANDLER.example().indent(2));
    assertUsable(HEAD + "steps:\n" + StepGrammar.RETRY.example().indent(2));
    assertUsable(
        HEAD
            + "steps:\n  - decide: Is it urgent?\n    table:\n"
            + StepGrammar.RULE.example().indent(6)
            + "      - otherwise: {urgent: false}\n");
    assertUsable(
        HEAD.replace("by hand", "by call")
            + "inputs:\n"
            + StepGrammar.FIELD.example().indent(2)
            + "steps: [{end: x}]\n");
    assertUsable(
        Grammar.WORKFLOW
            .example()
            .replaceFirst(
                "(?s)start:.*steps:", "start:\n" + Grammar.START.example().indent(2) + "steps:"));
    assertUsable(
        Grammar.PROCESS
            .example()
            .replaceFirst(
                "(?s)goals:.*workflows:",
                "goals:\n" + Grammar.GOAL.example().indent(2) + "workflows:"));
  }

  /// What a key's example says must be something that can stand there.
  @Test
  void every_key_has_an_example_that_is_yaml() {
    for (var block : List.of(Grammar.WORKFLOW, Grammar.PROCESS, StepGrammar.DO, StepGrammar.RUN)) {
      for (var key : block.keys()) {
        var findings = new Findings("example");
        assertThat(Yaml.read(key.name() + ": " + key.example(), findings))
            .as("%s %s: %s", block.name(), key.name(), findings.inOrder())
            .isNotNull();
      }
    }
  }

  private static void assertUsable(String text) {
    var checked = WorkflowFiles.read("example", text, TestCatalogue.CATALOGUE);

    assertThat(checked.isUsable()).as(text + checked.findings()).isTrue();
  }
}
