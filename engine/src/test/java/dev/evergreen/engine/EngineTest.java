package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Decision.Reason;
import dev.evergreen.engine.Decision.Rejected;
import dev.evergreen.engine.testing.TestEngine;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineTest {
  private final TestEngine engine = new TestEngine(workflow(task("1")));

  @Test
  void a_workflow_without_steps_is_done_at_once() {
    assertThat(new TestEngine(workflow()).start())
        .containsExactly(
            new Event.RunStarted("issue-resolution", 1, Map.of()), new Event.RunEnded("done"));
  }

  @Test
  void a_run_starts_once() {
    engine.start();

    assertThat(engine.offer(new Input.Start(Map.of())))
        .isEqualTo(
            new Rejected(
                Reason.WRONG_MOMENT, "expected a new run to start, but found one that is RUNNING"));
  }

  @Test
  void an_ended_run_neither_starts_nor_is_canceled() {
    engine.start();
    engine.complete(Map.of());

    assertThat(engine.offer(new Input.Start(Map.of())))
        .isEqualTo(
            new Rejected(
                Reason.ALREADY_ENDED, "expected a new run to start, but found one that is ENDED"));
    assertThat(engine.offer(new Input.Cancel("late", "ada")))
        .isEqualTo(
            new Rejected(
                Reason.ALREADY_ENDED,
                "expected a run under way to cancel, but found one that is ENDED"));
  }

  @Test
  void a_number_that_was_never_given_is_rejected() {
    engine.start();

    assertThat(engine.offer(new Input.TimerFired(2)))
        .isEqualTo(
            new Rejected(
                Reason.WRONG_MOMENT, "expected one of the run's activations, 1 to 1, but found 2"));
  }

  @Test
  void an_input_of_another_kind_than_what_is_open_is_ignored() {
    engine.start();

    assertThat(engine.take(new Input.Retry(1, "ada")))
        .containsExactly(new Event.Ignored("Retry for activation 1, which is a TASK"));
  }

  @Test
  void canceling_withdraws_the_task() {
    engine.start();

    assertThat(engine.take(new Input.Cancel("a duplicate", "ada")))
        .containsExactly(new Event.Withdrawn(1), new Event.RunCanceled("a duplicate", "ada"));
    assertThat(engine.tasks()).isEmpty();
    assertThat(engine.run().outcome()).isNull();
  }

  @Test
  void the_outside_is_told_how_a_run_is_over() {
    engine.start();

    assertThat(engine.decide(new Input.Cancel("a duplicate", "ada")))
        .isEqualTo(
            new Decision.Accepted(
                List.of(new Event.Withdrawn(1), new Event.RunCanceled("a duplicate", "ada")),
                List.of(new Effect.WithdrawTask(1), new Effect.Finish("canceled")),
                new Run(Run.Status.CANCELED, Map.of(), List.of(), 1, null)));
    assertThat(engine.decide(new Input.TaskCompleted(1, new DoStep.Answers(Map.of()), "ada")))
        .isInstanceOfSatisfying(
            Decision.Accepted.class,
            accepted -> assertThat(accepted.effects()).containsExactly(new Effect.Finish("done")));
  }

  @Test
  void nothing_comes_for_a_run_that_has_not_started() {
    assertThat(engine.offer(new Input.Cancel("early", "ada")))
        .isEqualTo(
            new Rejected(
                Reason.WRONG_MOMENT,
                "expected a run under way to cancel, but found one that is NEW"));
    assertThat(engine.offer(new Input.TimerFired(0)))
        .isEqualTo(
            new Rejected(
                Reason.WRONG_MOMENT, "expected one of the run's activations, 1 to 0, but found 0"));
  }

  @Test
  void a_definition_tells_what_it_was_made_of() {
    var start = new Definition.Trigger("ticket.opened", Condition.ALWAYS);
    var definition =
        new Definition(
            "greet",
            3,
            "Greet",
            "customer",
            List.of(start),
            Steps.DATA,
            Set.of("note"),
            List.of(task("1")),
            List.of());

    assertThat(definition.atVersion(4))
        .hasToString("greet version 4")
        .extracting(Definition::title, Definition::about, Definition::starts)
        .containsExactly("Greet", "customer", List.of(start));
    assertThat(definition.inputs()).containsExactly("note");
    assertThat(definition.titleOf("1")).isEqualTo("Do 1");
    assertThat(definition.titleOf(Definition.WHOLE)).isEqualTo("Greet");
    assertThatThrownBy(() -> definition.handler("on.1"))
        .hasMessage("expected greet version 3 to have a handler on.1");
    assertThatThrownBy(() ->
            new Definition(
                "greet",
                1,
                "",
                "ticket",
                List.of(),
                Map.of(),
                Set.of("note"),
                List.of(),
                List.of()))
        .hasMessage("expected inputs among the data [], but found [note]");
  }

  @Test
  void whatever_does_not_fit_where_a_run_stands_cannot_be_applied() {
    var started = Run.fresh().apply(new Event.RunStarted("w", 1, Map.of()));
    var ended = started.apply(new Event.RunEnded("done"));

    assertRefused(Run.fresh(), new Event.RunEnded("done"));
    assertRefused(started, new Event.RunStarted("w", 1, Map.of()));
    assertRefused(ended, new Event.TaskOpened(1, 0, "1", null));
    assertRefused(ended, new Event.RunMigrated(2, List.of(), "ada"));
  }

  @Test
  void what_does_not_fit_what_is_open_cannot_be_applied() {
    var asked =
        Run.fresh()
            .apply(new Event.RunStarted("w", 1, Map.of()))
            .apply(new Event.TaskOpened(1, 0, "1", null));

    assertThatThrownBy(() -> asked.apply(new Event.RoundsEnded(1, true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected an event that the lifecycle of the activation allows in");
  }

  private static void assertRefused(Run run, Event event) {
    assertThatThrownBy(() -> run.apply(event))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected an event that the lifecycle of the run allows in");
  }

  @Test
  void a_run_that_is_over_has_nothing_open() {
    var run = engine.run().apply(new Event.RunStarted("w", 1, Map.of()));

    assertThatThrownBy(() ->
            run.apply(new Event.TaskOpened(1, 0, "1", null)).apply(new Event.RunEnded("done")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected nothing to be open when a run is over");
  }

  @Test
  void a_definition_of_another_shape_is_refused() {
    engine.start();
    var other =
        new Definition(
            "other",
            1,
            "",
            "ticket",
            List.of(),
            Map.of(),
            Set.of(),
            List.of(action("1")),
            List.of());
    var surroundings =
        new Engine.Surroundings(Facts.NONE, BusinessHours.always(ZoneOffset.UTC), engine.now());

    assertThatThrownBy(() ->
            Engine.decide(
                other,
                engine.run(),
                new Input.TaskCompleted(1, new DoStep.Answers(Map.of()), "ada"),
                surroundings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected step 1 of other version 1 to be a DoStep");
  }

  @Test
  void two_steps_of_one_id_are_refused() {
    assertThatThrownBy(() -> workflow(task("1"), task("1")))
        .hasMessage("expected every step to have an id of its own, but found 1 twice");
  }

  @Test
  void an_event_of_another_run_cannot_be_applied() {
    assertThatThrownBy(() -> Run.fresh().apply(new Event.TaskOpened(1, 0, "1", null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected an event that the lifecycle of the run allows in NEW");
  }
}
