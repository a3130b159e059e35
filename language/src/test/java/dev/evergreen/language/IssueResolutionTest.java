package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.testing.TestEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Walks the shipped workflow's main ways with the engine.
class IssueResolutionTest {
  private static final Path FILE =
      Path.of("../server/src/main/resources/workflows/issue-resolution.yaml");

  private final Map<String, Object> ticket = new HashMap<>(Map.of("status", "open"));
  private final List<String> performed = new ArrayList<>();
  private TestEngine engine = new TestEngine(definition());

  @BeforeEach
  void start() {
    engine = new TestEngine(definition());
    know();
    engine.start();
    performActions();
  }

  @Test
  void the_file_is_clean() throws IOException {
    var checked = WorkflowFiles.read("file", Files.readString(FILE), TestCatalogue.CATALOGUE);

    assertThat(checked.findings()).isEmpty();
  }

  @Test
  void a_confirmed_answer_closes_and_is_followed_by_one_question() {
    read(true);
    complete(Map.of());
    assertThat(performed)
        .containsExactly("message.send acknowledge", "ticket.update", "ticket.update offered");
    ticket.put("solution", "confirmed");
    arrive("ticket.solution-confirmed");

    assertThat(performed.subList(3, performed.size()))
        .containsExactly("message.send thank-you", "ticket.close resolved");
    pass(Duration.ofDays(1));
    assertThat(performed.getLast()).isEqualTo("survey.send");
    arrive("feedback.survey-answered");
    assertEnded("closed");
  }

  @Test
  void silence_before_the_answer_closes_without_details() {
    read(false);
    pass(Duration.ofDays(3));

    assertThat(performed.getLast()).isEqualTo("ticket.close no-details");
    assertEnded("no-details");
  }

  @Test
  void silence_after_the_answer_is_asked_about_and_then_closes() {
    read(true);
    complete(Map.of());
    pass(Duration.ofDays(2));
    assertThat(performed.getLast()).isEqualTo("message.send is-it-solved");
    pass(Duration.ofDays(5));

    assertThat(performed).contains("ticket.close silent").doesNotContain("message.send thank-you");
    pass(Duration.ofDays(9));
    assertThat(performed).contains("survey.send");
    assertEnded("closed");
  }

  @Test
  void a_person_judges_a_reply_and_five_rounds_go_to_the_technical_team() {
    read(true);
    for (int round = 0; round < 5; round++) {
      complete(Map.of());
      arrive("ticket.customer-replied");
      complete(Map.of("solved", false));
    }
    assertThat(performed.getLast()).isEqualTo("ticket.assign technical");
    complete(Map.of("agreement", "workaround"));

    assertThat(performed.getLast()).isEqualTo("ticket.close workaround");
  }

  @Test
  void a_reopened_ticket_ends_the_tail() {
    read(true);
    complete(Map.of());
    ticket.put("solution", "confirmed");
    arrive("ticket.solution-confirmed");
    arrive("ticket.reopened");

    assertThat(performed).doesNotContain("survey.send");
    assertEnded("closed");
  }

  private void read(boolean enough) {
    complete(Map.of("category", "technical", "priority", "normal", "enough_information", enough));
  }

  private void complete(Map<String, Object> answers) {
    engine.complete(answers);
    performActions();
  }

  private void arrive(String event) {
    know();
    engine.arrive(event, Map.of());
    performActions();
  }

  private void pass(Duration time) {
    // Actions asked for on the way are performed before the clock goes on.
    var end = engine.now().plus(time);
    while (engine.now().isBefore(end)) {
      engine.moveTo(engine.now().plus(Duration.ofHours(1)));
      performActions();
    }
  }

  private void performActions() {
    while (!engine.actions().isEmpty()) {
      perform(engine.actions().firstEntry().getValue());
      know();
      engine.succeed(Map.of());
    }
  }

  private void perform(Effect.PerformAction action) {
    var arguments = action.arguments();
    switch (action.action()) {
      case "ticket.close" -> ticket.put("status", "closed");
      case "ticket.update" -> ticket.putAll(arguments);
      default -> {
        // Nothing that the workflow reads.
      }
    }
    var said =
        Stream.of("template", "solution", "outcome", "team")
            .filter(arguments::containsKey)
            .map(name -> " " + arguments.get(name))
            .findFirst();
    performed.add(action.action() + said.orElse(""));
  }

  private void know() {
    engine.know(Map.of("ticket", Map.copyOf(ticket)));
  }

  private void assertEnded(String outcome) {
    assertThat(engine.run().status()).isEqualTo(Run.Status.ENDED);
    assertThat(engine.run().outcome()).isEqualTo(outcome);
    assertThat(RunJson.read(RunJson.write(engine.run()))).isEqualTo(engine.run());
  }

  private static Definition definition() {
    try {
      var checked = WorkflowFiles.read("file", Files.readString(FILE), TestCatalogue.CATALOGUE);
      return Objects.requireNonNull(checked.workflow(), checked.findings()::toString).definition();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
