package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.on;
import static dev.evergreen.engine.Steps.onFailure;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.unless;
import static dev.evergreen.engine.Steps.watched;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.testing.TestEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Handlers of failures, and what becomes of a failure that none takes.
class FailureHandlerTest {
  private static final String REPLIED = "ticket.customer-replied";

  @Test
  void a_failure_is_taken_by_the_nearest_handler_and_the_run_goes_on_behind_its_block() {
    var engine =
        new TestEngine(
            watched(
                List.of(onFailure("on.1", false, end("on.1.1", "broken"))),
                action("1", onFailure("1.on.1", false, task("1.on.1.1"))),
                task("2")));
    engine.start();

    assertThat(engine.fail("the mail server is away"))
        .containsExactly(
            new Event.StepFailed(3, 2, "1", "the mail server is away"),
            new Event.MainFlowEnded(2),
            new Event.HandlerFired(4, 2, "1", "1.on.1"),
            new Event.TaskOpened(5, 4, "1.on.1.1", null));
    assertThat(engine.run().status()).isEqualTo(Status.RUNNING);
    assertThat(engine.complete(Map.of()))
        .endsWith(new Event.BlockLeft(2), new Event.TaskOpened(6, 1, "2", null));
  }

  @Test
  void a_failure_in_a_handler_is_not_for_the_handlers_of_the_same_block() {
    var engine =
        new TestEngine(
            watched(
                List.of(onFailure("on.1", false, end("on.1.1", "broken"))),
                task(
                    "1",
                    on("1.on.1", REPLIED, true, action("1.on.1.1")),
                    onFailure("1.on.2", false))));
    engine.start();
    engine.arrive(REPLIED, Map.of());

    assertThat(engine.fail("away"))
        .startsWith(new Event.StepFailed(6, 5, "1.on.1.1", "away"))
        .endsWith(
            new Event.MainFlowEnded(1),
            new Event.HandlerFired(7, 1, "", "on.1"),
            new Event.Withdrawn(7),
            new Event.Withdrawn(1),
            new Event.RunEnded("broken"));
    assertThat(engine.tasks()).isEmpty();
    assertThat(engine.listeners()).isEmpty();
  }

  @Test
  void alongside_a_failure_the_step_waits_for_a_person_all_the_same() {
    var engine =
        new TestEngine(
            workflow(action("1", onFailure("1.on.1", true, task("1.on.1.1"))), task("2")));
    engine.start();

    assertThat(engine.fail("away"))
        .containsExactly(
            new Event.FaultRaised(2, 1, "1", "away"),
            new Event.HandlerFired(3, 1, "1", "1.on.1"),
            new Event.TaskOpened(4, 3, "1.on.1.1", null));
    assertThat(engine.run().status()).isEqualTo(Status.FAULTED);
    engine.take(new Input.Retry(2, "ada"));
    engine.succeed(Map.of());
    assertThat(engine.complete(Map.of()))
        .endsWith(new Event.BlockLeft(1), new Event.TaskOpened(5, 0, "2", null));
  }

  @Test
  void a_failure_that_the_handler_is_held_off_from_or_cannot_judge_is_a_fault() {
    var handler = unless(is("solved", true), onFailure("1.on.1", false));
    var heldOff = new TestEngine(workflow(action("1", handler)));
    heldOff.start(Map.of("solved", true));
    var unknown = new TestEngine(workflow(action("1", handler)));
    unknown.start();

    assertThat(heldOff.fail("away")).containsExactly(new Event.FaultRaised(2, 1, "1", "away"));
    assertThat(unknown.fail("away"))
        .containsExactly(
            new Event.FaultRaised(
                2,
                1,
                "1",
                "away; expected yes or no from `solved == true`, but found: nothing known as"
                    + " solved"));
  }

  @Test
  void a_step_that_cannot_even_begin_is_a_failure_too() {
    var block =
        new DecideStep(
            "1",
            "Decide",
            List.of(when(is("solved", true))),
            null,
            List.of(onFailure("1.on.1", false, task("1.on.1.1"))));
    var engine = new TestEngine(workflow(block));

    assertThat(engine.start())
        .endsWith(
            new Event.StepFailed(
                2,
                1,
                "1",
                "expected yes or no from `solved == true`, but found: nothing known as solved"),
            new Event.MainFlowEnded(1),
            new Event.HandlerFired(3, 1, "1", "1.on.1"),
            new Event.TaskOpened(4, 3, "1.on.1.1", null));
  }

  @Test
  void a_fault_in_a_block_is_tried_again_inside_of_the_same_block() {
    var block =
        new DecideStep(
            "1",
            "Decide",
            List.of(when(is("solved", true), task("1.0.1"))),
            null,
            List.of(on("1.on.1", REPLIED, false)));
    var engine = new TestEngine(workflow(block));
    engine.start();
    engine.know(Map.of("solved", true));

    assertThat(engine.take(new Input.Retry(3, "ada")))
        .containsExactly(
            new Event.FaultCleared(3, "ada"),
            new Event.BranchTaken(3, 1, "1", 0),
            new Event.TaskOpened(4, 1, "1.0.1", null));
  }
}
