package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.field;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.repeat;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.testing.TestEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatStepTest {
  private final TestEngine engine =
      new TestEngine(
          workflow(
              repeat(
                  "1",
                  2,
                  is("solved", true),
                  task("1.1", null, field("solved", false)),
                  end("1.else.1", "escalated")),
              task("2")));

  @Test
  void rounds_go_on_until_the_condition_holds() {
    engine.start();
    engine.complete(Map.of("solved", false));

    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Rounds(1, 0, "1", 2), new Activation.Task(3, 1, "1.1", null));
    assertThat(engine.complete(Map.of("solved", true)))
        .endsWith(new Event.RoundsEnded(1, false), new Event.TaskOpened(4, 0, "2", null));
  }

  @Test
  void after_the_last_round_the_other_steps_run() {
    engine.start();
    engine.complete(Map.of("solved", false));

    assertThat(engine.complete(Map.of("solved", false)))
        .endsWith(new Event.RoundsEnded(1, true), new Event.RunEnded("escalated"));
    assertThat(engine.run().open()).isEmpty();
  }

  @Test
  void a_fault_in_the_condition_keeps_the_round() {
    engine.start();
    engine.complete(Map.of());

    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Fault(
                1,
                0,
                "1",
                "expected yes or no from `solved == true`, but found: nothing known as solved",
                new Activation.Rounds(1, 0, "1", 1)));
    engine.know(Map.of("solved", false));
    assertThat(engine.take(new Input.Retry(1, "ada")))
        .containsExactly(
            new Event.FaultCleared(1, "ada"),
            new Event.RoundBegan(1, 0, "1", 2),
            new Event.TaskOpened(3, 1, "1.1", null));
  }

  @Test
  void skipping_the_fault_leaves_the_rounds() {
    engine.start();
    engine.complete(Map.of());

    assertThat(engine.take(new Input.Skip(1, "solved by phone", "ada")))
        .endsWith(new Event.TaskOpened(3, 0, "2", null));
  }

  @Test
  void rounds_without_a_step_that_waits_stop_with_a_fault() {
    var never = new Condition("false", _ -> false);
    var empty = Steps.decide("1.1.1", Steps.when(Condition.ALWAYS));
    var busy =
        new TestEngine(workflow(repeat("1", 1_000, never, repeat("1.1", 1_000, never, empty))));

    assertThat(busy.start().getLast())
        .isInstanceOfSatisfying(
            Event.FaultRaised.class,
            fault ->
                assertThat(fault.problem())
                    .isEqualTo(
                        "expected at most 10,000 steps before one that waits, but found more"));
  }

  @Test
  void rounds_are_bounded_and_not_empty() {
    assertThatThrownBy(() -> repeat("1", 0, Condition.ALWAYS, task("1.1")))
        .hasMessage("expected 1 round or more, but found 0");
    assertThatThrownBy(
            () -> new RepeatStep("1", "Try", 3, Condition.ALWAYS, List.of(), List.of(), List.of()))
        .hasMessage("expected a step to repeat, but found none");
  }
}
