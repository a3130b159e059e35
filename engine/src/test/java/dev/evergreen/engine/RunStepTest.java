package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.testing.TestEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunStepTest {
  private final TestEngine engine = new TestEngine(workflow(action("1"), task("2")));

  @Test
  void the_decision_stops_until_the_result_comes() {
    engine.start();

    assertThat(engine.actions())
        .containsExactly(
            Map.entry(
                1, new Effect.PerformAction(1, "message.send", Map.of("template", "thanks"))));
    assertThat(engine.tasks()).isEmpty();
  }

  @Test
  void an_outcome_sets_the_data_that_the_definition_declares_and_no_other() {
    engine.start();

    engine.succeed(Map.of("count", 5L, "id", "m-17"));

    assertThat(engine.run().data()).isEqualTo(Map.of("count", 5L));
    assertThat(engine.tasks()).containsOnlyKeys(2);
  }

  @Test
  void an_outcome_of_a_wrong_type_is_a_fault() {
    engine.start();

    assertThat(engine.succeed(Map.of("count", "five")))
        .containsExactly(
            new Event.FaultRaised(
                1,
                0,
                "1",
                "expected a whole number as `count` in the outcome of message.send, but found"
                    + " “five”"));
  }

  @Test
  void a_failure_stops_the_run_there_and_a_retry_asks_again_under_the_same_number() {
    engine.start();
    engine.fail("the mail server is away");

    assertThat(engine.run().status()).isEqualTo(Status.FAULTED);
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Fault(
                1, 0, "1", "the mail server is away", new Activation.Action(1, 0, "1", 1)));
    assertThat(engine.take(new Input.Retry(1, "ada")))
        .containsExactly(
            new Event.FaultCleared(1, "ada"),
            new Event.ActionRequested(1, 0, "1", "message.send", Map.of("template", "thanks"), 1));
    engine.succeed(Map.of());
    assertThat(engine.run().status()).isEqualTo(Status.RUNNING);
    assertThat(engine.tasks()).containsOnlyKeys(2);
  }

  @Test
  void a_fault_may_be_skipped_with_a_reason() {
    engine.start();
    engine.fail("the mail server is away");

    assertThat(engine.offer(new Input.Skip(1, "", "ada"))).isInstanceOf(Decision.Rejected.class);
    assertThat(engine.take(new Input.Skip(1, "told by phone", "ada")))
        .containsExactly(
            new Event.Skipped(1, 0, "1", "told by phone", "ada"),
            new Event.TaskOpened(2, 0, "2", null));
  }

  @Test
  void an_argument_that_cannot_be_worked_out_is_a_fault_before_anything_is_asked_for() {
    var broken =
        new Term(
            "customer.name",
            _ -> {
              throw new IllegalArgumentException("nothing known as customer");
            });
    var run =
        new TestEngine(
            workflow(
                new RunStep(
                    "1", "Greet", "message.send", Map.of("name", broken), null, List.of())));

    run.start();

    assertThat(run.run().open())
        .containsExactly(
            new Activation.Fault(
                1,
                0,
                "1",
                "expected a value from `customer.name`, but found: nothing known as customer",
                null));
    assertThat(run.actions()).isEmpty();
    assertThat(run.take(new Input.Retry(1, "ada")))
        .hasExactlyElementsOfTypes(Event.FaultCleared.class, Event.FaultRaised.class);
  }

  @Test
  void canceling_withdraws_the_action_and_its_late_result_is_ignored() {
    engine.start();

    engine.take(new Input.Cancel("a duplicate", "ada"));

    assertThat(engine.actions()).isEmpty();
    assertThat(engine.run().status()).isEqualTo(Status.CANCELED);
    assertThat(engine.take(new Input.ActionSucceeded(1, Map.of("count", 1L))))
        .isEqualTo(List.of(new Event.Ignored("ActionSucceeded for activation 1, which is over")));
    assertThat(engine.run().data()).isEmpty();
  }
}
