package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {
  private static final String FILE =
      """
      workflow: example
      title: An example
      about: ticket
      purpose: Asks.
      owner: support
      start: by hand
      steps:
        - do: Read the ticket
          by: team frontline
          within: 1 hour
          form:
            category: [simple, technical]
            enough:
              label: Do we know enough?
              type: boolean
            kind:
              label: Which kind is it?
              choices: [plain, needs-an-expert]
        - end: done
      """;

  private final Plain plain =
      Plain.of(
          Objects.requireNonNull(
                  WorkflowFiles.read("example.yaml", FILE, TestCatalogue.CATALOGUE).workflow())
              .definition());

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          category == "technical"                              → category is technical
          category != "technical"                              → category is not technical
          category == "technical" && !ticket.assigned          → category is technical and the ticket is not assigned
          category == "technical" || category == "simple"      → category is technical or simple
          !(category == "technical" || ticket.assigned)        → category is not technical and the ticket is not assigned
          a && (b || c)                                        → a and (b or c)
          enough                                               → yes to “Do we know enough?”
          !enough                                              → no to “Do we know enough?”
          enough == false                                      → no to “Do we know enough?”
          kind == "needs-an-expert"                            → needs an expert to “Which kind is it?”
          ticket.priority in ["high", "urgent"]                → the ticket's priority is high or urgent
          !(ticket.priority in ["high"])                       → the ticket's priority is not high
          ticket.category == ""                                → the ticket's category is not known
          event.score < 3                                      → its score is below 3
          !(event.score < 3)                                   → its score is at least 3
          attempts >= 3                                        → attempts is at least 3
          amount > 500.0                                       → amount is above 500
          amount <= limit                                      → amount is at most limit
          event.outcome == "complaint-settled"                 → its outcome is complaint settled
          now - ticket.openedAt > duration("24h")              → now - ticket.openedAt > duration("24h")
          size(category) > 3 && enough                         → size(category) > 3 && enough
          no formula at all                                    → no formula at all
          """)
  void a_formula_is_told_in_words_or_stays_as_it_is(String formula, String words) {
    assertThat(plain.condition(formula)).isEqualTo(words);
  }

  @Test
  void under_its_own_question_the_answer_says_it_all() {
    assertThat(plain.condition("!enough", "Do we know enough?")).isEqualTo("no");
    assertThat(plain.condition("kind == \"plain\"", "Which kind is it?")).isEqualTo("plain");
  }

  @Test
  void names_are_told_as_people_read_them() {
    assertThat(Plain.words("needs-an_expert")).isEqualTo("needs an expert");
    assertThat(Plain.words("openedAt")).isEqualTo("opened at");
    assertThat(Plain.anyOf(List.of("ticket.customer-replied", "ticket.closed")))
        .isEqualTo("customer replied or closed");
  }
}
