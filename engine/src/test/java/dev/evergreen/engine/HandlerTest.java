package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.after;
import static dev.evergreen.engine.Steps.businessHours;
import static dev.evergreen.engine.Steps.days;
import static dev.evergreen.engine.Steps.decide;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.on;
import static dev.evergreen.engine.Steps.onFailure;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.unless;
import static dev.evergreen.engine.Steps.watched;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Steps.workflow;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Handler.Trigger;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.testing.TestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerTest {
  private static final String REPLIED = "ticket.customer-replied";
  private static final Instant IN_FOUR_HOURS = MONDAY.plus(Duration.ofHours(4));

  @Test
  void a_block_begins_with_its_handlers_on_watch() {
    var engine =
        new TestEngine(
            workflow(
                task(
                    "1",
                    on("1.on.1", REPLIED, false),
                    after("1.on.2", businessHours(4), true),
                    onFailure("1.on.3", false))));

    assertThat(engine.start())
        .containsExactly(
            new Event.RunStarted("issue-resolution", 1, Map.of()),
            new Event.BlockEntered(1, 0, "1"),
            new Event.HandlerArmed(2, 1, "1", "1.on.1", null),
            new Event.HandlerArmed(3, 1, "1", "1.on.2", IN_FOUR_HOURS),
            new Event.TaskOpened(4, 1, "1", null));
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Block(1, 0, "1", false),
            new Activation.Watch(2, 1, "1", "1.on.1", null),
            new Activation.Watch(3, 1, "1", "1.on.2", IN_FOUR_HOURS),
            new Activation.Task(4, 1, "1", null));
    assertThat(engine.listeners())
        .containsExactly(Map.entry(2, new Effect.Listen(2, List.of(REPLIED), null)));
    assertThat(engine.timers())
        .containsExactly(Map.entry(3, new Effect.SetTimer(3, IN_FOUR_HOURS)));
  }

  @Test
  void what_has_not_fired_when_the_block_is_over_fires_no_more() {
    var engine =
        new TestEngine(
            workflow(
                task("1", on("1.on.1", REPLIED, false), after("1.on.2", businessHours(4), true)),
                task("2")));
    engine.start();

    assertThat(engine.complete(Map.of()))
        .containsExactly(
            new Event.TaskCompleted(4, Map.of(), null, "ada"),
            new Event.Withdrawn(3),
            new Event.Withdrawn(2),
            new Event.BlockLeft(1),
            new Event.TaskOpened(5, 0, "2", null));
    assertThat(engine.listeners()).isEmpty();
    assertThat(engine.timers()).isEmpty();
  }

  @Test
  void one_that_interrupts_withdraws_what_is_inside_and_the_run_goes_on_behind() {
    var engine =
        new TestEngine(
            workflow(
                task(
                    "1",
                    on("1.on.1", REPLIED, false, task("1.on.1.1")),
                    after("1.on.2", businessHours(4), false)),
                task("2")));
    engine.start();

    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(
            new Event.Withdrawn(4),
            new Event.Withdrawn(3),
            new Event.Withdrawn(2),
            new Event.MainFlowEnded(1),
            new Event.HandlerFired(5, 1, "1", "1.on.1"),
            new Event.TaskOpened(6, 5, "1.on.1.1", null));
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Block(1, 0, "1", true),
            new Activation.Handling(5, 1, "1", "1.on.1"),
            new Activation.Task(6, 5, "1.on.1.1", null));
    assertThat(engine.complete(Map.of()))
        .containsExactly(
            new Event.TaskCompleted(6, Map.of(), null, "ada"),
            new Event.HandlerDone(5),
            new Event.BlockLeft(1),
            new Event.TaskOpened(7, 0, "2", null));
  }

  @Test
  void one_without_steps_only_interrupts() {
    var engine = new TestEngine(workflow(task("1", on("1.on.1", REPLIED, false)), task("2")));
    engine.start();

    assertThat(engine.arrive(REPLIED, Map.of()))
        .endsWith(
            new Event.MainFlowEnded(1),
            new Event.HandlerFired(4, 1, "1", "1.on.1"),
            new Event.HandlerDone(4),
            new Event.BlockLeft(1),
            new Event.TaskOpened(5, 0, "2", null));
  }

  @Test
  void one_alongside_fires_for_every_event_and_is_waited_for() {
    var engine =
        new TestEngine(
            workflow(task("1", on("1.on.1", REPLIED, true, task("1.on.1.1"))), task("2")));
    engine.start();

    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(
            new Event.HandlerFired(4, 1, "1", "1.on.1"),
            new Event.TaskOpened(5, 4, "1.on.1.1", null));
    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(
            new Event.HandlerFired(6, 1, "1", "1.on.1"),
            new Event.TaskOpened(7, 6, "1.on.1.1", null));
    assertThat(complete(engine, 3))
        .containsExactly(
            new Event.TaskCompleted(3, Map.of(), null, "ada"),
            new Event.Withdrawn(2),
            new Event.MainFlowEnded(1));
    assertThat(engine.listeners()).isEmpty();
    assertThat(complete(engine, 7))
        .containsExactly(
            new Event.TaskCompleted(7, Map.of(), null, "ada"), new Event.HandlerDone(6));
    assertThat(complete(engine, 5))
        .containsExactly(
            new Event.TaskCompleted(5, Map.of(), null, "ada"),
            new Event.HandlerDone(4),
            new Event.BlockLeft(1),
            new Event.TaskOpened(8, 0, "2", null));
  }

  @Test
  void one_alongside_that_is_done_first_leaves_the_block_open() {
    var engine = new TestEngine(workflow(task("1", on("1.on.1", REPLIED, true)), task("2")));
    engine.start();

    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(new Event.HandlerFired(4, 1, "1", "1.on.1"), new Event.HandlerDone(4));
    assertThat(engine.complete(Map.of())).contains(new Event.BlockLeft(1));
  }

  @Test
  void an_interruption_leaves_alone_what_runs_alongside() {
    var engine =
        new TestEngine(
            workflow(
                task(
                    "1",
                    after("1.on.1", businessHours(4), true, task("1.on.1.1")),
                    on("1.on.2", REPLIED, false)),
                task("2")));
    engine.start();
    engine.moveTo(IN_FOUR_HOURS);

    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(
            new Event.Withdrawn(4),
            new Event.Withdrawn(3),
            new Event.MainFlowEnded(1),
            new Event.HandlerFired(7, 1, "1", "1.on.2"),
            new Event.HandlerDone(7));
    assertThat(engine.tasks()).containsOnlyKeys(6);
    assertThat(engine.complete(Map.of()))
        .endsWith(new Event.BlockLeft(1), new Event.TaskOpened(8, 0, "2", null));
  }

  @Test
  void time_fires_once() {
    var engine =
        new TestEngine(
            workflow(task("1", after("1.on.1", businessHours(4), true, task("1.on.1.1")))));
    engine.start();

    assertThat(engine.moveTo(IN_FOUR_HOURS))
        .containsExactly(
            new Event.WaitEnded(2),
            new Event.HandlerFired(4, 1, "1", "1.on.1"),
            new Event.TaskOpened(5, 4, "1.on.1.1", null));
    assertThat(engine.timers()).isEmpty();
    assertThat(engine.moveTo(IN_FOUR_HOURS.plus(Duration.ofDays(30)))).isEmpty();
  }

  @Test
  void a_timer_that_fires_early_is_set_again() {
    var engine = new TestEngine(workflow(task("1", after("1.on.1", businessHours(4), false))));
    engine.start();

    assertThat(engine.take(new Input.TimerFired(2)))
        .containsExactly(
            new Event.Ignored(
                "a timer at 2026-03-02T10:00:00Z for activation 2, which waits until"
                    + " 2026-03-02T14:00:00Z"));
    assertThat(engine.timers()).containsOnlyKeys(2);
  }

  @Test
  void an_event_handler_has_no_timer() {
    var engine = new TestEngine(workflow(task("1", on("1.on.1", REPLIED, false))));
    engine.start();

    assertThat(engine.take(new Input.TimerFired(2)))
        .containsExactly(new Event.Ignored("a timer for handler 1.on.1, which waits for none"));
  }

  @Test
  void unless_holds_it_off_at_the_moment_of_firing() {
    var answered = is("solved", true);
    var engine =
        new TestEngine(
            workflow(
                task(
                    "1",
                    unless(answered, after("1.on.1", businessHours(4), false)),
                    unless(answered, on("1.on.2", REPLIED, false)))));
    engine.start(Map.of("solved", true));

    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(new Event.Ignored(REPLIED + ", which handler 1.on.2 does not take"));
    assertThat(engine.moveTo(IN_FOUR_HOURS)).containsExactly(new Event.WaitEnded(2));
    assertThat(engine.tasks()).hasSize(1);
  }

  @Test
  void an_event_counts_when_its_own_data_meets_the_condition() {
    var low =
        new Condition(
            "event.score < 3",
            values ->
                values.get("event") instanceof Map<?, ?> event
                    && event.get("score") instanceof Long score
                    && score < 3);
    var handler =
        new Handler(
            "1.on.1",
            new Trigger.OnEvent(List.of("survey.answered", REPLIED), low),
            null,
            true,
            List.of());
    var engine = new TestEngine(workflow(task("1", handler)));
    engine.start();

    assertThat(engine.arrive("survey.answered", Map.of("score", 4L)))
        .containsExactly(new Event.Ignored("survey.answered, which handler 1.on.1 does not take"));
    assertThat(engine.arrive("survey.answered", Map.of("score", 2L)))
        .startsWith(new Event.HandlerFired(4, 1, "1", "1.on.1"));
    assertThat(engine.take(new Input.EventArrived(2, "ticket.closed", Map.of("score", 1L))))
        .hasExactlyElementsOfTypes(Event.Ignored.class);
  }

  @Test
  void what_a_handler_asks_and_cannot_know_is_a_fault_that_a_retry_mends() {
    var engine =
        new TestEngine(
            workflow(task("1", unless(is("solved", true), on("1.on.1", REPLIED, false)))));
    engine.start();

    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(
            new Event.FaultRaised(
                2,
                1,
                "1",
                "expected yes or no from `solved == true`, but found: nothing known as solved"));
    assertThat(engine.listeners()).isEmpty();
    assertThat(engine.run().status()).isEqualTo(Status.FAULTED);
    assertThat(engine.tasks()).containsOnlyKeys(3);
    engine.take(new Input.Retry(2, "ada"));
    assertThat(engine.listeners()).containsOnlyKeys(2);
    engine.arrive(REPLIED, Map.of());
    assertThat(engine.take(new Input.Skip(2, "not needed", "ada")))
        .containsExactly(new Event.Skipped(2, 1, "1", "not needed", "ada"));
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Block(1, 0, "1", false), new Activation.Task(3, 1, "1", null));
  }

  @Test
  void a_time_handler_that_cannot_know_fires_when_it_is_tried_again() {
    var engine =
        new TestEngine(
            workflow(
                task("1", unless(is("solved", true), after("1.on.1", businessHours(4), false))),
                task("2")));
    engine.start();
    engine.moveTo(IN_FOUR_HOURS);

    assertThat(engine.run().status()).isEqualTo(Status.FAULTED);
    engine.know(Map.of("solved", false));
    engine.take(new Input.Retry(2, "ada"));
    engine.moveTo(engine.now());
    assertThat(engine.run().open()).containsExactly(new Activation.Task(5, 0, "2", null));
  }

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

  @Test
  void handlers_of_the_whole_watch_over_every_step_and_end_with_the_last() {
    var engine =
        new TestEngine(
            watched(List.of(after("on.1", days(1), true, task("on.1.1"))), task("1"), task("2")));

    assertThat(engine.start())
        .containsExactly(
            new Event.RunStarted("issue-resolution", 1, Map.of()),
            new Event.BlockEntered(1, 0, ""),
            new Event.HandlerArmed(2, 1, "", "on.1", MONDAY.plus(Duration.ofDays(1))),
            new Event.TaskOpened(3, 1, "1", null));
    engine.complete(Map.of());
    assertThat(engine.complete(Map.of()))
        .containsExactly(
            new Event.TaskCompleted(4, Map.of(), null, "ada"),
            new Event.Withdrawn(2),
            new Event.BlockLeft(1),
            new Event.RunEnded("done"));
  }

  @Test
  void a_watched_run_without_steps_is_done_at_once() {
    assertThat(new TestEngine(watched(List.of(on("on.1", REPLIED, false)))).start())
        .endsWith(new Event.Withdrawn(2), new Event.BlockLeft(1), new Event.RunEnded("done"));
  }

  @Test
  void the_whole_cannot_be_skipped_nor_a_handler_but_a_block_can() {
    var engine =
        new TestEngine(
            watched(
                List.of(on("on.1", REPLIED, true, task("on.1.1"))),
                task("1", on("1.on.1", REPLIED, true, task("1.on.1.1"))),
                task("2")));
    engine.start();
    engine.arrive(REPLIED, Map.of());

    for (int number : List.of(1, 2, 4, 6)) {
      assertThat(engine.offer(new Input.Skip(number, "not needed", "ada")))
          .isInstanceOf(Decision.Rejected.class);
    }
    assertThat(engine.take(new Input.Skip(3, "not needed", "ada")))
        .containsExactly(
            new Event.Withdrawn(9),
            new Event.Withdrawn(8),
            new Event.Withdrawn(5),
            new Event.Withdrawn(4),
            new Event.Skipped(3, 1, "1", "not needed", "ada"),
            new Event.TaskOpened(10, 1, "2", null));
  }

  @Test
  void a_block_inside_of_a_block_is_left_before_the_outer_one() {
    var inner = task("1.0.1", on("1.0.1.on.1", REPLIED, false));
    var outer =
        new DecideStep(
            "1",
            "Decide",
            List.of(when(Condition.ALWAYS, inner)),
            null,
            List.of(after("1.on.1", days(1), false)));
    var engine = new TestEngine(workflow(outer, task("2")));
    engine.start();

    assertThat(engine.complete(Map.of()))
        .containsExactly(
            new Event.TaskCompleted(6, Map.of(), null, "ada"),
            new Event.Withdrawn(5),
            new Event.BlockLeft(4),
            new Event.Withdrawn(2),
            new Event.BlockLeft(1),
            new Event.TaskOpened(7, 0, "2", null));
  }

  @Test
  void an_outer_interruption_withdraws_inner_handlers_too() {
    var inner = task("1.0.1", on("1.0.1.on.1", REPLIED, true, task("1.0.1.on.1.1")));
    var outer =
        new DecideStep(
            "1",
            "Decide",
            List.of(when(Condition.ALWAYS, inner)),
            null,
            List.of(after("1.on.1", days(1), false)));
    var engine = new TestEngine(workflow(outer, decide("2")));
    engine.start();
    engine.arrive(REPLIED, Map.of());
    engine.moveTo(MONDAY.plus(Duration.ofDays(1)));

    assertThat(engine.run().status()).isEqualTo(Status.ENDED);
    assertThat(engine.tasks()).isEmpty();
    assertThat(engine.listeners()).isEmpty();
  }

  @Test
  void an_event_handler_names_an_event() {
    assertThatThrownBy(() -> new Trigger.OnEvent(List.of(), null))
        .hasMessage("expected an event to be handled, but found none");
  }

  @Test
  void two_handlers_of_one_id_are_refused() {
    assertThatThrownBy(
            () -> workflow(task("1", on("1.on.1", REPLIED, true), on("1.on.1", REPLIED, true))))
        .hasMessage("expected every handler to have an id of its own, but found 1.on.1 twice");
  }

  private static List<Event> complete(TestEngine engine, int activation) {
    return engine.take(new Input.TaskCompleted(activation, new DoStep.Answers(Map.of()), "ada"));
  }
}
