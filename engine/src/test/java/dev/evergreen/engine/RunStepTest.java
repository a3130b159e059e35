package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.testing.TestEngine;
import java.time.Duration;
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
                    "1",
                    "Greet",
                    "message.send",
                    Map.of("name", broken),
                    Map.of(),
                    null,
                    List.of())));

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

  private static final RunStep.Retry RETRIES = new RunStep.Retry(2, Steps.businessHours(2), 3);

  @Test
  void a_failing_action_is_tried_again_each_time_later() {
    var run = new TestEngine(workflow(retrying(RETRIES), task("2")));
    run.start();
    var first = MONDAY.plus(Duration.ofHours(2));
    var second = MONDAY.plus(Duration.ofDays(1)); // six business hours after noon

    assertThat(run.fail("away")).containsExactly(new Event.ActionFailed(1, "away", first));
    assertThat(run.run().open()).containsExactly(new Activation.Backoff(1, 0, "1", 1, first));
    assertThat(run.actions()).isEmpty();
    assertThat(run.moveTo(first))
        .containsExactly(new Event.ActionRequested(1, 0, "1", "mail", Map.of(), 2));
    assertThat(run.fail("away")).containsExactly(new Event.ActionFailed(1, "away", second));
  }

  @Test
  void after_the_last_try_it_is_a_fault_and_a_person_begins_anew() {
    var run = new TestEngine(workflow(retrying(new RunStep.Retry(1, Steps.businessHours(2), 1))));
    run.start();
    run.fail("away");
    run.moveTo(MONDAY.plus(Duration.ofHours(2)));

    assertThat(run.fail("still away"))
        .containsExactly(new Event.FaultRaised(1, 0, "1", "still away"));
    assertThat(run.take(new Input.Retry(1, "ada")))
        .endsWith(new Event.ActionRequested(1, 0, "1", "mail", Map.of(), 1));
    assertThat(run.fail("away")).hasExactlyElementsOfTypes(Event.ActionFailed.class);
  }

  @Test
  void an_early_timer_is_set_again_and_a_late_result_of_the_failed_try_is_ignored() {
    var run = new TestEngine(workflow(retrying(RETRIES)));
    run.start();
    run.fail("away");

    assertThat(run.take(new Input.TimerFired(1))).hasExactlyElementsOfTypes(Event.Ignored.class);
    assertThat(run.timers()).containsOnlyKeys(1);
    assertThat(run.take(new Input.ActionSucceeded(1, Map.of())))
        .containsExactly(new Event.Ignored("ActionSucceeded for activation 1, which is a BACKOFF"));
  }

  @Test
  void skipping_while_it_waits_to_be_tried_again_clears_the_timer() {
    var run = new TestEngine(workflow(retrying(RETRIES), task("2")));
    run.start();
    run.fail("away");

    assertThat(run.take(new Input.Skip(1, "told by phone", "ada")))
        .endsWith(new Event.TaskOpened(2, 0, "2", null));
    assertThat(run.timers()).isEmpty();
  }

  @Test
  void skipping_while_it_is_performed_takes_it_back() {
    engine.start();

    engine.take(new Input.Skip(1, "told by phone", "ada"));

    assertThat(engine.actions()).isEmpty();
    assertThat(engine.tasks()).containsOnlyKeys(2);
  }

  @Test
  void arguments_that_can_no_longer_be_worked_out_are_a_failure_of_the_next_try() {
    var name =
        new Term(
            "customer",
            values -> {
              if (values.get("customer") instanceof String customer) {
                return customer;
              }
              throw new IllegalArgumentException("nothing known as customer");
            });
    var step = new RunStep("1", "Send", "mail", Map.of("name", name), Map.of(), RETRIES, List.of());
    var run = new TestEngine(workflow(step));
    run.know(Map.of("customer", "Grace"));
    run.start();
    run.fail("away");
    run.know(Map.of());

    assertThat(run.moveTo(MONDAY.plus(Duration.ofHours(2))))
        .hasExactlyElementsOfTypes(Event.FaultRaised.class);
    assertThat(run.run().open())
        .containsExactly(
            new Activation.Fault(
                1,
                0,
                "1",
                "expected a value from `customer`, but found: nothing known as customer",
                new Activation.Backoff(1, 0, "1", 1, MONDAY.plus(Duration.ofHours(2)))));
    run.know(Map.of("customer", "Grace"));
    assertThat(run.take(new Input.Retry(1, "ada")))
        .endsWith(new Event.ActionRequested(1, 0, "1", "mail", Map.of("name", "Grace"), 1));
  }

  @Test
  void the_time_to_the_next_try_has_bounds() {
    var steep = new RunStep.Retry(50, Steps.days(10), 10);

    assertThat(steep.after(1)).isEqualTo(Steps.days(10));
    assertThat(steep.after(2)).isEqualTo(Steps.days(100));
    assertThat(steep.after(50)).isEqualTo(Steps.days(10_000));
    assertThat(new RunStep.Retry(3, new Span(1, Span.Unit.MINUTES, true), 1.5).after(2))
        .isEqualTo(new Span(2, Span.Unit.MINUTES, true));
  }

  @Test
  void a_retry_is_one_at_least_and_never_sooner_than_the_one_before() {
    assertThatThrownBy(() -> new RunStep.Retry(0, Steps.days(1), 1))
        .hasMessage("expected 1 retry or more and a factor of 1 or more, but found 0 and 1.0");
    assertThatThrownBy(() -> new RunStep.Retry(1, Steps.days(1), 0.9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RunStep.Retry(1, Steps.days(1), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RunStep retrying(RunStep.Retry retries) {
    return new RunStep("1", "Send", "mail", Map.of(), Map.of(), retries, List.of());
  }
}
