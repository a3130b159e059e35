package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A change touches what it is about and nothing else.
class WorkflowTextTest {
  private static final String TEXT =
      """
      # Who reads this?
      workflow: example   # the name
      title: An example

      steps:
        # Say hello first.
        - run: message.send
          with: {template: acknowledge}   # short

        - do: Read it
          by: team frontline
          within: 1 hour  # soon
          instructions: |
            Read everything.

            Then think.
          checklist:
            - One
            - Two   # last

        # Enough?
        - decide: Enough?
          when !enough:
            - end: not-enough
          otherwise: []

        - repeat: Round
          at most: 3 times
          until: solved
          steps: [{do: Try, by: responsible}, {end: tried}]

        # The end.
        - end: done
      # Nothing below.
      """;

  private final WorkflowText text = of(TEXT);

  @Test
  void parts_are_told_with_their_values_and_places() {
    assertThat(text.parts().stream().map(part -> part.id() + " " + part.kind()))
        .containsExactly(
            "1 run", "2 do", "3 decide", "3.1.1 end", "4 repeat", "4.1 do", "4.2 end", "5 end");
    assertThat(text.part("2").orElseThrow().values())
        .isEqualTo(
            Map.of(
                "do", "Read it",
                "by", "team frontline",
                "within", "1 hour",
                "instructions", "Read everything.\n\nThen think.",
                "checklist", List.of("One", "Two")));
    assertThat(text.part("2").orElseThrow().line()).isEqualTo(10);
    assertThat(text.partAt(24)).contains("3.1.1");
    assertThat(text.partAt(1)).isEmpty();
    assertThat(text.head()).isEqualTo(Map.of("workflow", "example", "title", "An example"));
  }

  @Test
  void a_value_is_set_in_its_place() {
    expect(text.set("2", "within", "2 hours"), "within: 1 hour ", "within: 2 hours ");
    expect(
        text.set("", "title", "Another: example"),
        "title: An example",
        "title: \"Another: example\"");
    expect(
        text.set("1", "with", Map.of("template", "thank-you")),
        "{template: acknowledge}",
        "{template: thank-you}");
    expect(
        text.set("2", "instructions", "Look.\nThink."),
        "Read everything.\n\n      Then think.",
        "Look.\n      Think.");
    expect(
        text.set("2", "checklist", List.of("Only one")),
        "      - One\n      - Two   # last",
        "      - Only one   # last");
    expect(
        text.set("2", "instructions", "One line"),
        "|\n      Read everything.\n\n      Then think.",
        "One line");
  }

  @Test
  void what_stays_of_a_map_stays_as_it_was_written() {
    var quoted = of("steps:\n  - run: webhook.call\n    with:\n      body.order: '4711'\n");

    assertThat(
            quoted
                .set("1", "with", Map.of("body.order", "4711", "body.tries", "3"))
                .part("1")
                .orElseThrow()
                .values())
        .isEqualTo(
            Map.of("run", "webhook.call", "with", Map.of("body.order", "4711", "body.tries", "3")));
    assertThat(quoted.set("1", "with", Map.of("body.order", "4711", "body.tries", "3")).text())
        .contains("body.order: \"4711\"")
        .contains("body.tries: 3");
  }

  @Test
  void a_key_of_a_process_goes_where_processes_have_it() {
    var process = of("process: care\ntitle: Care\nworkflows: []\n");

    assertThat(process.set("", "purpose", "Nobody waits.").text())
        .isEqualTo("process: care\ntitle: Care\npurpose: Nobody waits.\nworkflows: []\n");
  }

  @Test
  void a_comment_stays_on_its_line_when_a_value_grows() {
    expect(
        text.set("2", "within", List.of("a b", "c d")),
        "within: 1 hour  # soon\n",
        "within:  # soon\n      - a b\n      - c d\n");
  }

  @Test
  void a_new_key_goes_where_it_belongs() {
    expect(
        text.set("2", "evidence", "required"),
        "      - Two   # last\n",
        "      - Two   # last\n    evidence: required\n");
    expect(
        text.set("1", "title", "Say hello"),
        "- run: message.send\n",
        "- run: message.send\n    title: Say hello\n");
    expect(
        text.set("3", "when urgent", List.of(Map.of("end", "urgent"))),
        "      - end: not-enough\n",
        "      - end: not-enough\n    when urgent:\n      - end: urgent\n");
  }

  @Test
  void what_is_the_same_already_changes_nothing() {
    assertThat(text.set("2", "instructions", "Read everything.\n\nThen think.\n").text())
        .isEqualTo(TEXT);
    assertThat(text.set("2", "checklist", List.of("One", "Two")).text()).isEqualTo(TEXT);
    assertThat(text.move("2", "", 1).text()).isEqualTo(TEXT);
    assertThat(text.move("2", "", 2).text()).isEqualTo(TEXT);
  }

  @Test
  void keys_are_renamed_and_removed() {
    expect(
        text.rename("3", "when !enough", "when x == \"y\""), "when !enough:", "when x == \"y\":");
    expect(text.remove("2", "within"), "    within: 1 hour  # soon\n", "");
    expect(
        text.remove("2", "checklist"), "    checklist:\n      - One\n      - Two   # last\n", "");
    expect(text.remove("2", "do"), "do: Read it\n    by", "by");
  }

  @Test
  void steps_are_put_in() {
    var step = step("do", "Call", "by", "responsible");
    expect(
        text.insertAfter("1", step),
        "# short\n\n",
        "# short\n\n  - do: Call\n    by: responsible\n\n");
    expect(
        text.insert("", 5, step),
        "  - end: done\n",
        "  - end: done\n\n  - do: Call\n    by: responsible\n");
    expect(
        text.insert("", 0, step),
        "  # Say hello",
        "  - do: Call\n    by: responsible\n\n  # Say hello");
    expect(
        text.insert("3.otherwise", 0, step),
        "otherwise: []",
        "otherwise:\n      - do: Call\n        by: responsible");
    expect(
        text.insert("4.else", 0, step),
        "{end: tried}]\n",
        "{end: tried}]\n    else:\n      - do: Call\n        by: responsible\n");
  }

  @Test
  void a_list_on_one_line_is_written_out_when_it_changes() {
    expect(
        text.insert("4", 1, Map.of("end", "x")),
        "steps: [{do: Try, by: responsible}, {end: tried}]",
        """
        steps:
              - do: Try
                by: responsible
              - end: x
              - end: tried\
        """
            .stripTrailing());
    expect(
        text.set("4.2", "end", "y"),
        "steps: [{do: Try, by: responsible}, {end: tried}]",
        "steps:\n      - do: Try\n        by: responsible\n      - end: y");
    expect(
        text.delete("4.1"),
        "steps: [{do: Try, by: responsible}, {end: tried}]",
        "steps:\n      - end: tried");
  }

  @Test
  void handlers_are_blocks_of_their_own() {
    var made =
        text.insert("2.on", 0, step("after", "1 day", "steps", List.of(Map.of("end", "late"))));

    assertThat(made.text())
        .contains("    on:\n      - after: 1 day\n        steps:\n          - end: late\n");
    assertThat(made.part("2.on.1").orElseThrow().kind()).isEqualTo("on");
    assertThat(made.set("2.on.1", "alongside", true).text())
        .contains("- after: 1 day\n        alongside: true\n");
    assertThat(made.delete("2.on.1").remove("2", "on").text()).isEqualTo(TEXT);
  }

  @Test
  void steps_are_taken_out_with_their_comments() {
    expect(
        text.delete("1"),
        "  # Say hello first.\n  - run: message.send\n    with: {template: acknowledge}   # short\n\n",
        "");
    expect(text.delete("5"), "\n  # The end.\n  - end: done\n", "");
    expect(text.delete("3.1.1"), "when !enough:\n      - end: not-enough", "when !enough: []");
  }

  @Test
  void steps_move_with_their_comments() {
    var moved = text.move("3", "", 0).text();
    assertThat(moved)
        .contains(
            """
            steps:
              # Enough?
              - decide: Enough?
                when !enough:
                  - end: not-enough
                otherwise: []

              # Say hello first.
            """)
        .contains("# last\n\n  - repeat");
    assertThat(lines(moved)).isEqualTo(lines(TEXT));

    var nested = text.move("2", "3.otherwise", 0).text();
    assertThat(nested)
        .contains("    otherwise:\n      - do: Read it\n        by: team frontline\n")
        .contains("          Read everything.\n\n          Then think.\n");
    assertThat(of(nested).part("2.otherwise.1")).isPresent();
    assertThat(of(nested).move("2.otherwise.1", "", 1).text()).isEqualTo(TEXT);
  }

  @Test
  void a_step_does_not_move_into_itself() {
    assertThatThrownBy(() -> text.move("3", "3.1", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a list outside 3");
    assertThatThrownBy(() -> text.delete("9")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> text.set("9", "end", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void line_ends_and_astral_signs_stay() {
    var windows = of("title: 🌳 ä\nsteps:\n- end: a\n- end: b\n".replace("\n", "\r\n"));

    assertThat(windows.insertAfter("1", Map.of("do", "x")).text())
        .isEqualTo("title: 🌳 ä\r\nsteps:\r\n- end: a\r\n- do: x\r\n- end: b\r\n");
    assertThat(windows.move("2", "", 0).text())
        .isEqualTo("title: 🌳 ä\r\nsteps:\r\n- end: b\r\n- end: a\r\n");
    assertThat(windows.delete("2").text()).isEqualTo("title: 🌳 ä\r\nsteps:\r\n- end: a\r\n");
  }

  @Test
  void signs_of_two_places_may_stand_anywhere() {
    for (int blanks = 1_000; blanks < 1_050; blanks++) {
      var text = "title: %s🌳\nsteps:\n- end: a\n".formatted("x".repeat(blanks));

      assertThat(of(text).insertAfter("1", Map.of("end", "b")).text())
          .isEqualTo(text + "- end: b\n");
    }
  }

  @Test
  void text_that_is_not_yaml_is_none() {
    assertThat(WorkflowText.of("a: [")).isEmpty();
    assertThat(WorkflowText.of("- a")).isEmpty();
    assertThat(WorkflowText.of("")).isEmpty();
  }

  static Stream<String> files() throws IOException {
    try (var files = Files.walk(Path.of("../server/src/main/resources/workflows"))) {
      return files
          .filter(it -> it.toString().endsWith(".yaml"))
          .map(WorkflowTextTest::read)
          .toList()
          .stream();
    }
  }

  /// Whatever is changed and changed back leaves the file as it was.
  @ParameterizedTest
  @MethodSource("files")
  void every_change_of_a_shipped_file_can_be_taken_back(String file) {
    var whole = of(file);
    for (var part : whole.parts()) {
      assertThat(whole.insertAfter(part.id(), Map.of("end", "x")).delete(next(part.id())).text())
          .isEqualTo(file);
      part.values()
          .forEach((key, value) -> {
            var back = whole.set(part.id(), key, "other").set(part.id(), key, value);
            assertThat(values(back)).isEqualTo(values(whole));
          });
      var moved = whole.move(part.id(), "", 0);
      assertThat(lines(moved.text())).isEqualTo(lines(file));
    }
  }

  private static List<Map<String, Object>> values(WorkflowText text) {
    return text.parts().stream().map(WorkflowText.Part::values).toList();
  }

  private static String next(String id) {
    int dot = id.lastIndexOf('.');
    return id.substring(0, dot + 1) + (Integer.parseInt(id.substring(dot + 1)) + 1);
  }

  /// The lines of a text in any order, without indents and what an emptied list leaves.
  private static List<String> lines(String text) {
    return text.lines()
        .map(String::strip)
        .map(line -> line.replaceFirst(": \\[]$", ":"))
        .filter(line -> !line.isEmpty())
        .sorted()
        .toList();
  }

  private void expect(WorkflowText changed, String before, String after) {
    assertThat(TEXT).contains(before);
    assertThat(changed.text()).isEqualTo(TEXT.replace(before, after));
  }

  private static Map<String, Object> step(Object... pairs) {
    var step = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      step.put(pairs[i].toString(), pairs[i + 1]);
    }
    return step;
  }

  private static WorkflowText of(String text) {
    return WorkflowText.of(text).orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
