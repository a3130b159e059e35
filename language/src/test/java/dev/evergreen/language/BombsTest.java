package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts that somebody wrote to hold up a node. Each is dealt with in little time and on a small
/// stack, by findings or an answer, never by an error of the machine.
class BombsTest {
  private static final Duration CEILING = Duration.ofSeconds(10);

  private static final String HEAD =
      """
      workflow: bomb
      title: Hold up a node
      process: support
      kind: service
      about: ticket
      purpose: None.
      owner: support-operations
      review every: 90 days
      start:
        - on: ticket.opened
      """;

  static Stream<Arguments> workflows() {
    return Stream.of(
        Arguments.of("brackets", "[".repeat(250_000)),
        Arguments.of("braces", "{a: ".repeat(60_000)),
        Arguments.of("dashes", "- ".repeat(120_000)),
        Arguments.of("questions", "? ".repeat(120_000)),
        Arguments.of(
            "laughs",
            "a: &a [x, x]\n" + lines(20, n -> "b%d: &b%d [*a, *a, *a]\n".formatted(n, n))),
        Arguments.of("anchors", HEAD + lines(15_000, n -> "x%d: &x%d 1\n".formatted(n, n))),
        Arguments.of("keys", HEAD + lines(25_000, n -> "k%d: \n".formatted(n))),
        Arguments.of("one key", HEAD + "title:\n".repeat(30_000)),
        Arguments.of("one line", HEAD + "description: " + "x".repeat(250_000)),
        Arguments.of("escapes", HEAD + "description: \"" + "\\u0041".repeat(40_000) + "\""),
        Arguments.of("steps", HEAD + "steps:\n" + "  - wait: 1 day\n".repeat(15_000)),
        Arguments.of(
            "decisions",
            HEAD
                + "steps:\n"
                + """
                  - decide: Is it so?
                    when ticket.number > 1:
                      - wait: 1 day
                    else:
                      - wait: 2 days
                """
                    .repeat(2_000)),
        Arguments.of(
            "branches",
            HEAD
                + "steps:\n  - decide: Which?\n"
                + lines(
                    5_000, n -> "    when ticket.number == %d:\n      - end: a\n".formatted(n))),
        Arguments.of(
            "a long condition",
            HEAD
                + "steps:\n  - decide: Which?\n    when "
                + "ticket.number == 1 || ".repeat(10_000)
                + "true:\n      - end: a\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workflows")
  void a_workflow_is_read_in_little_time(String name, String text) {
    within(() -> WorkflowFiles.read("bomb.yaml", text, TestCatalogue.CATALOGUE));
  }

  @Test
  void more_than_anybody_writes_is_refused_where_it_becomes_too_much() {
    var checked =
        WorkflowFiles.read(
            "bomb.yaml", HEAD + lines(9_000, "k%d:\n"::formatted), TestCatalogue.CATALOGUE);

    assertThat(checked.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.found()).isEqualTo("more than 10,000 keys and values");
          assertThat(finding.line()).isBetween(4_900, 5_100);
        });
  }

  static Stream<Arguments> expressions() {
    return Stream.of(
        Arguments.of("parentheses", "(".repeat(1_900) + "true" + ")".repeat(1_900)),
        Arguments.of("nots", "!".repeat(3_900) + "true"),
        Arguments.of("minuses", "0 < " + "-".repeat(3_900) + "1"),
        Arguments.of("lists", "[".repeat(1_900) + "]".repeat(1_900) + " == []"),
        Arguments.of("sums", "0 < " + "1+".repeat(1_900) + "1"),
        Arguments.of("choices", "true ? ".repeat(500) + "true" + " : true".repeat(50)),
        Arguments.of("fields", "ticket" + ".subject".repeat(480) + " == ''"),
        Arguments.of("size", "true || ".repeat(100_000) + "true"),
        Arguments.of("a pattern", "ticket.subject.matches('" + "(a*)*".repeat(700) + "b')"),
        Arguments.of("a large pattern", "ticket.subject.matches('((a{1,1000}){1,1000}){1,1000}')"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void a_condition_is_checked_in_little_time(String name, String expression) {
    var text =
        HEAD
            + "steps:\n  - decide: Is it so?\n    when "
            + expression.replace("\\", "\\\\")
            + ":\n      - end: yes\n    else:\n      - end: no\n";

    within(() -> WorkflowFiles.read("bomb.yaml", text, TestCatalogue.CATALOGUE));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("values", "{{a}}".repeat(12_000)),
        Arguments.of("lines of values", "{{a}}\n".repeat(10_000)),
        Arguments.of("questions", "{% if a %}".repeat(3_000) + "{% endif %}".repeat(3_000)),
        Arguments.of("rounds", "{% for i in a %}".repeat(1_800) + "{% endfor %}".repeat(1_800)),
        Arguments.of("unfinished", "{% if a %}".repeat(6_000)),
        Arguments.of("openings", "{{".repeat(30_000)),
        Arguments.of("filters", "{{ a" + " | upcase".repeat(6_000) + " }}"),
        Arguments.of("growing", "{{ a" + " | append: a".repeat(4_000) + " }}"),
        Arguments.of("parentheses", "{% if " + "(".repeat(30_000) + " %}x{% endif %}"),
        Arguments.of("indexes", "{{ a" + "[a".repeat(9_000) + "]".repeat(9_000) + " }}"),
        Arguments.of("ors", "{% if a" + " or a".repeat(12_000) + " %}x{% endif %}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void a_text_is_filled_in_or_refused_in_little_time(String name, String liquid) {
    within(() -> {
      try {
        assertThat(TextTemplate.parse(liquid).render(Map.of("a", "aaaaaaaaaa"))).isNotNull();
      } catch (TextTemplate.Malformed e) {
        assertThat(e).hasMessageMatching("(?s).{1,500}");
      }
    });
  }

  /// On a thread like those that serve pages.
  private static void within(ThrowingCallable work) {
    assertTimeoutPreemptively(CEILING, () -> assertThatCode(work).doesNotThrowAnyException());
  }

  private static String lines(int count, java.util.function.IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
  }
}
