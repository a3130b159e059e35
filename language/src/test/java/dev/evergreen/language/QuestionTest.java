package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Question.Comparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "solved",
        "!ticket.answered",
        "ticket.priority == \"high\"",
        "ticket.category != \"too-small\"",
        "ticket.category != \"\"",
        "size == \"\"",
        "amount > 150",
        "amount <= 2.5",
        "ticket.priority in [\"high\", \"urgent\"]",
        "!(ticket.priority in [\"low\"])",
        "a && !b && ticket.status == \"open\"",
        "a == \"say \\\"yes\\\"\" || amount >= -3"
      })
  void a_condition_of_plain_comparisons_is_written_again_as_it_was(String formula) {
    assertThat(Question.of(formula).orElseThrow().formula()).isEqualTo(formula);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a && (b || c)",
        "due < now",
        "size(ticket.subject) > 3",
        "ticket.subject.startsWith(\"Re\")",
        "!(a && b)",
        "a ==",
        "1 == 1",
        "a in b",
        "false"
      })
  void another_shape_stays_a_formula(String formula) {
    assertThat(Question.of(formula)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true"})
  void without_a_comparison_it_always_holds(String formula) {
    assertThat(Question.of(formula).orElseThrow().comparisons()).isEmpty();
    assertThat(Question.of(formula).orElseThrow().formula()).isEqualTo("true");
  }

  @Test
  void what_is_compared_with_a_boolean_is_a_plain_yes_or_no() {
    assertThat(Question.of("solved != true").orElseThrow().comparisons())
        .containsExactly(Comparison.of("solved", Question.Test.IS, false));
  }
}
