package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Question.Comparison;
import dev.evergreen.language.Question.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\'',
      textBlock =
          """
          solved                                        ~ solved is yes
          !ticket.answered                              ~ ticket answered is no
          ticket.priority == "high"                     ~ ticket priority is high
          ticket.category != "too-small"                ~ ticket category is not too small
          ticket.category != ""                         ~ ticket category is known
          size == ""                                    ~ size is not known
          amount > 150                                  ~ amount is more than 150
          amount <= 2.5                                 ~ amount is at most 2.5
          ticket.priority in ["high", "urgent"]         ~ ticket priority is high or urgent
          !(ticket.priority in ["low"])                 ~ ticket priority is not low
          a && !b && ticket.status == "open"            ~ a is yes and b is no and ticket status is open
          a == "say \\"yes\\"" || amount >= -3          ~ a is say "yes" or amount is at least -3
          """)
  void a_condition_is_read_said_and_written_again(String formula, String words) {
    var question = Question.of(formula).orElseThrow();

    assertThat(question.words()).isEqualTo(words);
    assertThat(question.formula()).isEqualTo(formula);
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
    assertThat(Question.inWords(formula)).isEqualTo(formula);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true"})
  void without_a_comparison_it_always_holds(String formula) {
    assertThat(Question.of(formula).orElseThrow().comparisons()).isEmpty();
    assertThat(Question.of(formula).orElseThrow().formula()).isEqualTo("true");
  }

  @org.junit.jupiter.api.Test
  void what_is_compared_with_a_boolean_is_a_plain_yes_or_no() {
    assertThat(Question.of("solved != true").orElseThrow().comparisons())
        .containsExactly(Comparison.of("solved", Test.IS, false));
  }
}
