package dev.evergreen.server.workflow.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.server.workflow.studio.Difference.Change;
import dev.evergreen.server.workflow.studio.Difference.Detail;
import dev.evergreen.server.workflow.studio.Difference.Kind;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final String TEXT =
      """
      workflow: compared
      title: Compare
      about: ticket
      purpose: Somebody sees what changed.
      owner: support-operations
      start:
        - on: ticket.opened
      steps:
        - do: Read the ticket
          by: team frontline
          within: 1 business hour
          form: {solved: boolean}
        - decide: Is it solved?
          when !solved:
            - do: Answer the customer
              by: responsible
              within: 4 business hours
        - run: ticket.close
          title: Close the ticket
          with: {outcome: resolved}
        - end: resolved
      """;

  @Test
  void a_step_says_what_is_different_about_it() {
    Difference difference = to(TEXT.replace("1 business hour", "30 minutes"));

    assertThat(difference.changes()).hasSize(1);
    Change change = difference.changes().getFirst();
    assertThat(change.kind()).isEqualTo(Kind.CHANGED);
    assertThat(change.title()).isEqualTo("Read the ticket");
    assertThat(change.details())
        .containsExactly(new Detail("Within", "1 business hour", "30 minutes"));
  }

  @Test
  void a_new_step_says_where_it_stands() {
    Difference difference =
        to(
            TEXT.replace(
                "  - run: ticket.close",
                "  - do: Thank the customer\n    by: responsible\n    within: 1 business day\n  - run: ticket.close"));

    assertThat(difference.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.kind()).isEqualTo(Kind.ADDED);
          assertThat(change.where()).isEqualTo("after “Is it solved?”");
        });
  }

  @Test
  void a_step_under_another_title_is_the_same_step() {
    Difference difference = to(TEXT.replace("Answer the customer", "Call the customer"));

    assertThat(difference.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.kind()).isEqualTo(Kind.CHANGED);
          assertThat(change.details())
              .containsExactly(new Detail("Title", "Answer the customer", "Call the customer"));
        });
  }

  @Test
  void a_renamed_block_moves_nothing_inside_it() {
    assertThat(to(TEXT.replace("Is it solved?", "Is it done?")).changes())
        .singleElement()
        .satisfies(change -> assertThat(change.kind()).isEqualTo(Kind.CHANGED));
  }

  @Test
  void a_step_that_is_gone_is_told() {
    Difference difference =
        to(
            TEXT.replace(
                "  - run: ticket.close\n    title: Close the ticket\n    with: {outcome: resolved}\n",
                ""));

    assertThat(difference.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.kind()).isEqualTo(Kind.REMOVED);
          assertThat(change.title()).isEqualTo("Close the ticket");
        });
  }

  @Test
  void other_words_for_the_whole_are_told_first() {
    Difference difference = to(TEXT.replace("Somebody sees", "Everybody sees"));

    assertThat(difference.changes().getFirst().title()).isEqualTo("The workflow itself");
  }

  @Test
  void comments_change_no_step() {
    assertThat(to(TEXT.replace("steps:", "# A comment.\nsteps:")).isEmpty()).isTrue();
  }

  private static Difference to(String changed) {
    return Difference.between(read(TEXT), read(changed));
  }

  private static WorkflowFile read(String text) {
    return Objects.requireNonNull(WorkflowFiles.read("compared.yaml", text, CATALOGUE).workflow());
  }
}
