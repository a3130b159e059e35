package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.call;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Decision.Reason;
import dev.evergreen.engine.Decision.Rejected;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.testing.TestEngine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallStepTest {
  private final TestEngine engine =
      new TestEngine(workflow(call("1", Map.of("note", "outcome", "count", "tries")), task("2")));

  @Test
  void another_run_is_started_with_what_the_step_gives_it() {
    assertThat(engine.start())
        .endsWith(new Event.CallBegan(1, 0, "1", "escalate", Map.of("note", "angry")));
    assertThat(engine.calls())
        .containsExactly(Map.entry(1, new Effect.StartRun(1, "escalate", Map.of("note", "angry"))));
    assertThat(engine.run().open()).containsExactly(new Activation.Call(1, 0, "1"));
  }

  @Test
  void its_outcome_and_data_come_back_under_our_names() {
    engine.start();

    assertThat(engine.finishCall("solved", Map.of("tries", 2L, "other", true)))
        .containsExactly(
            new Event.CallEnded(1, "solved", Map.of("note", "solved", "count", 2L)),
            new Event.TaskOpened(2, 0, "2", null));
    assertThat(engine.run().data()).isEqualTo(Map.of("note", "solved", "count", 2L));
  }

  @Test
  void data_called_outcome_goes_before_the_outcome_and_what_is_missing_is_left_out() {
    engine.start();

    engine.finishCall("solved", Map.of("outcome", "by phone"));

    assertThat(engine.run().data()).isEqualTo(Map.of("note", "by phone"));
  }

  @Test
  void what_does_not_fit_is_a_fault_and_a_retry_starts_another_run() {
    engine.start();

    assertThat(engine.finishCall("solved", Map.of("tries", "many")))
        .containsExactly(
            new Event.CallEnded(1, "solved", Map.of()),
            new Event.FaultRaised(
                2, 0, "1", "expected a whole number as `count` from escalate, but found “many”"));
    assertThat(engine.take(new Input.Retry(2, "ada")))
        .containsExactly(
            new Event.FaultCleared(2, "ada"),
            new Event.CallBegan(2, 0, "1", "escalate", Map.of("note", "angry")));
    assertThat(engine.calls()).containsOnlyKeys(2);
  }

  @Test
  void a_run_that_somebody_cancels_is_a_fault_here() {
    engine.start();

    assertThat(engine.finishCall(Definition.CANCELED, Map.of()))
        .endsWith(
            new Event.FaultRaised(
                2, 0, "1", "expected the run of escalate to come to its end, but it was canceled"));
  }

  @Test
  void a_run_that_cannot_be_started_is_a_fault_and_a_retry_asks_for_it_again() {
    engine.start();

    assertThat(engine.take(new Input.Failed(1, "no such workflow")))
        .containsExactly(new Event.FaultRaised(1, 0, "1", "no such workflow"));
    engine.take(new Input.Retry(1, "ada"));
    assertThat(engine.calls()).containsOnlyKeys(1);
    assertThat(engine.run().open()).containsExactly(new Activation.Call(1, 0, "1"));
  }

  @Test
  void canceling_cancels_the_called_run() {
    engine.start();

    assertThat(engine.take(new Input.Cancel("a duplicate", "ada")))
        .containsExactly(new Event.Withdrawn(1), new Event.RunCanceled("a duplicate", "ada"));
    assertThat(engine.calls()).isEmpty();
  }

  @Test
  void a_called_run_starts_with_its_inputs_and_with_nothing_else() {
    var definition =
        new Definition(
            "escalate",
            1,
            "Escalate",
            "ticket",
            List.of(),
            Steps.DATA,
            Set.of("note"),
            List.of(task("1")),
            List.of());

    assertThat(new TestEngine(definition).start(Map.of("note", "angry", "count", 1L)))
        .startsWith(new Event.RunStarted("escalate", 1, Map.of("note", "angry", "count", 1L)));
    assertThat(start(definition, Map.of("count", 1L)))
        .isEqualTo(rejected("expected `note` to start escalate version 1 with, but found none"));
    assertThat(start(definition, Map.of("note", 3L)))
        .isEqualTo(rejected("expected a text as `note` at the start, but found “3”"));
    assertThat(start(definition, Map.of("note", "", "mood", "bad")))
        .isEqualTo(
            rejected(
                "expected data that escalate version 1 declares, but found `mood` at the start"));
  }

  @Test
  void the_data_of_the_start_can_be_read() {
    var engine = new TestEngine(workflow(task("1")));
    engine.start(Map.of("solved", true));

    assertThat(engine.run().data()).isEqualTo(Map.of("solved", true));
  }

  private static Decision start(Definition definition, Map<String, Object> data) {
    return new TestEngine(definition).offer(new Input.Start(data));
  }

  private static Rejected rejected(String detail) {
    return new Rejected(Reason.WRONG_ANSWERS, detail);
  }
}
