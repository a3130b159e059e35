package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.after;
import static dev.evergreen.engine.Steps.days;
import static dev.evergreen.engine.Steps.decide;
import static dev.evergreen.engine.Steps.on;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.watched;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Steps.workflow;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.testing.TestEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Handlers of the whole run, and of blocks inside of blocks.
class NestedHandlerTest {
  private static final String REPLIED = "ticket.customer-replied";

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
}
