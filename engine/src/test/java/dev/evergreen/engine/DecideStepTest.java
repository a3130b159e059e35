package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.decide;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.testing.TestEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecideStepTest {
  private static final DecideStep STEP =
      decide(
          "1",
          when(is("category", "refund"), task("1.0.1")),
          when(is("vip", true)),
          when(is("vip", false), end("1.2.1", "turned away")));

  private final TestEngine engine = new TestEngine(workflow(STEP, task("2")));

  @Test
  void the_first_branch_that_holds_is_taken_and_then_the_run_goes_on_after_it() {
    engine.know(Map.of("category", "refund", "vip", true));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", 0), new Event.TaskOpened(2, 0, "1.0.1", null));
    assertThat(engine.complete(Map.of())).endsWith(new Event.TaskOpened(3, 0, "2", null));
  }

  @Test
  void a_branch_may_be_empty() {
    engine.know(Map.of("category", "simple", "vip", true));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", 1), new Event.TaskOpened(2, 0, "2", null));
  }

  @Test
  void without_a_branch_that_holds_the_run_goes_on() {
    engine.know(Map.of("category", "simple", "vip", "maybe"));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", -1), new Event.TaskOpened(2, 0, "2", null));
  }

  @Test
  void an_end_inside_ends_the_run_at_once() {
    engine.know(Map.of("category", "simple", "vip", false));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", 2), new Event.RunEnded("turned away"));
    assertThat(engine.tasks()).isEmpty();
  }

  @Test
  void a_condition_without_an_answer_is_a_fault_and_a_retry_asks_it_again() {
    assertThat(engine.start())
        .endsWith(
            new Event.FaultRaised(
                1,
                0,
                "1",
                "expected yes or no from `category == refund`, but found: nothing known as"
                    + " category"));

    engine.know(Map.of("category", "refund"));

    assertThat(engine.take(new Input.Retry(1, "ada")))
        .containsExactly(
            new Event.FaultCleared(1, "ada"),
            new Event.BranchTaken(1, 0, "1", 0),
            new Event.TaskOpened(2, 0, "1.0.1", null));
  }

  @Test
  void run_data_is_read_before_facts() {
    var asking =
        new TestEngine(
            workflow(
                task("1", null, Steps.field("category", true)),
                decide("2", when(is("category", "refund"), end("2.0.1", "refunded")))));
    asking.know(Map.of("category", "simple"));
    asking.start();

    assertThat(asking.complete(Map.of("category", "refund")))
        .endsWith(new Event.RunEnded("refunded"));
  }
}
