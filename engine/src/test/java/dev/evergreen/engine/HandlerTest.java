package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.after;
import static dev.evergreen.engine.Steps.businessHours;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.on;
import static dev.evergreen.engine.Steps.onFailure;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.unless;
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

/// When a handler fires, and what it does to its block.
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
