package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.businessHours;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.pause;
import static dev.evergreen.engine.Steps.repeat;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.together;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.TogetherStep.Join;
import dev.evergreen.engine.testing.TestEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TogetherStepTest {

  @Test
  void branches_begin_in_order_and_all_of_them_are_waited_for() {
    var engine = new TestEngine(twoTasks(Join.ALL));

    assertThat(engine.start())
        .containsExactly(
            new Event.RunStarted("issue-resolution", 1, Map.of()),
            new Event.TogetherBegan(1, 0, "1"),
            new Event.BranchBegan(2, 1, "1", 0),
            new Event.BranchBegan(3, 1, "1", 1),
            new Event.TaskOpened(4, 2, "1.0.1", null),
            new Event.TaskOpened(5, 3, "1.1.1", null));
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Together(1, 0, "1"),
            new Activation.Branch(2, 1, "1", 0),
            new Activation.Branch(3, 1, "1", 1),
            new Activation.Task(4, 2, "1.0.1", null),
            new Activation.Task(5, 3, "1.1.1", null));
    assertThat(complete(engine, 5))
        .containsExactly(
            new Event.TaskCompleted(5, Map.of(), null, "ada"), new Event.BranchEnded(3));
    assertThat(complete(engine, 4))
        .containsExactly(
            new Event.TaskCompleted(4, Map.of(), null, "ada"),
            new Event.BranchEnded(2),
            new Event.TogetherEnded(1),
            new Event.TaskOpened(6, 0, "2", null));
  }

  @Test
  void of_any_the_first_branch_to_be_over_withdraws_the_others() {
    var engine = new TestEngine(twoTasks(Join.ANY));
    engine.start();

    assertThat(complete(engine, 5))
        .containsExactly(
            new Event.TaskCompleted(5, Map.of(), null, "ada"),
            new Event.BranchEnded(3),
            new Event.Withdrawn(4),
            new Event.Withdrawn(2),
            new Event.TogetherEnded(1),
            new Event.TaskOpened(6, 0, "2", null));
    assertThat(engine.tasks()).containsOnlyKeys(6);
  }

  @Test
  void of_any_a_branch_that_need_not_wait_leaves_the_later_ones_unbegun() {
    var engine =
        new TestEngine(
            workflow(together("1", Join.ANY, List.of(), List.of(task("1.1.1"))), task("2")));

    assertThat(engine.start())
        .endsWith(
            new Event.BranchEnded(2),
            new Event.Withdrawn(3),
            new Event.TogetherEnded(1),
            new Event.TaskOpened(4, 0, "2", null));
  }

  @Test
  void without_branches_it_is_over_at_once() {
    var engine = new TestEngine(workflow(together("1", Join.ANY), task("2")));

    assertThat(engine.start())
        .endsWith(
            new Event.TogetherBegan(1, 0, "1"),
            new Event.TogetherEnded(1),
            new Event.TaskOpened(2, 0, "2", null));
  }

  @Test
  void branches_inside_of_branches_go_first() {
    var inner = together("1.0.1", Join.ALL, List.of(task("1.0.1.0.1")), List.of(task("1.0.1.1.1")));
    var engine =
        new TestEngine(workflow(together("1", Join.ALL, List.of(inner), List.of(task("1.1.1")))));

    assertThat(engine.start().stream().filter(Event.TaskOpened.class::isInstance))
        .containsExactly(
            new Event.TaskOpened(7, 5, "1.0.1.0.1", null),
            new Event.TaskOpened(8, 6, "1.0.1.1.1", null),
            new Event.TaskOpened(9, 3, "1.1.1", null));
  }

  @Test
  void an_end_in_a_branch_ends_the_run_and_withdraws_the_rest() {
    var engine =
        new TestEngine(
            workflow(
                together(
                    "1",
                    Join.ALL,
                    List.of(task("1.0.1"), end("1.0.2", "refunded")),
                    List.of(pause("1.1.1", businessHours(2))),
                    List.of(action("1.2.1")))));
    engine.start();

    assertThat(engine.complete(Map.of()))
        .containsExactly(
            new Event.TaskCompleted(5, Map.of(), null, "ada"),
            new Event.Withdrawn(7),
            new Event.Withdrawn(4),
            new Event.Withdrawn(6),
            new Event.Withdrawn(3),
            new Event.Withdrawn(2),
            new Event.Withdrawn(1),
            new Event.RunEnded("refunded"));
    assertThat(engine.timers()).isEmpty();
    assertThat(engine.actions()).isEmpty();
    assertThat(engine.run().open()).isEmpty();
  }

  @Test
  void an_end_in_an_earlier_branch_keeps_a_later_one_from_beginning() {
    var engine =
        new TestEngine(
            workflow(
                together("1", Join.ALL, List.of(end("1.0.1", "at once")), List.of(task("1.1.1")))));

    assertThat(engine.start()).endsWith(new Event.RunEnded("at once"));
    assertThat(engine.tasks()).isEmpty();
  }

  @Test
  void a_fault_in_one_branch_stops_no_other() {
    var engine =
        new TestEngine(
            workflow(together("1", Join.ALL, List.of(action("1.0.1")), List.of(task("1.1.1")))));
    engine.start();
    engine.fail("the mail server is away");

    assertThat(engine.run().status()).isEqualTo(Status.FAULTED);
    assertThat(engine.complete(Map.of()))
        .containsExactly(
            new Event.TaskCompleted(5, Map.of(), null, "ada"), new Event.BranchEnded(3));
    assertThat(engine.run().status()).isEqualTo(Status.FAULTED);
    engine.take(new Input.Skip(4, "told by phone", "ada"));
    assertThat(engine.run().outcome()).isEqualTo("done");
  }

  @Test
  void two_faults_have_to_be_mended_both() {
    var engine =
        new TestEngine(
            workflow(together("1", Join.ALL, List.of(action("1.0.1")), List.of(action("1.1.1")))));
    engine.start();
    engine.fail("away");
    engine.fail("away");
    engine.take(new Input.Retry(4, "ada"));

    assertThat(engine.run().status()).isEqualTo(Status.FAULTED);
    engine.take(new Input.Retry(5, "ada"));
    assertThat(engine.run().status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void the_whole_may_be_skipped_but_no_single_branch() {
    var engine = new TestEngine(twoTasks(Join.ALL));
    engine.start();

    assertThat(engine.offer(new Input.Skip(2, "not needed", "ada")))
        .isEqualTo(
            new Decision.Rejected(
                Decision.Reason.WRONG_MOMENT,
                "expected an open step to skip, but activation 2 is a BRANCH"));
    assertThat(engine.take(new Input.Skip(1, "not needed", "ada")))
        .containsExactly(
            new Event.Withdrawn(5),
            new Event.Withdrawn(3),
            new Event.Withdrawn(4),
            new Event.Withdrawn(2),
            new Event.Skipped(1, 0, "1", "not needed", "ada"),
            new Event.TaskOpened(6, 0, "2", null));
  }

  @Test
  void loops_in_two_branches_count_their_own_rounds() {
    var engine =
        new TestEngine(
            workflow(
                together(
                    "1",
                    Join.ALL,
                    List.of(repeat("1.0.1", 2, is("count", 0L), task("1.0.1.1"))),
                    List.of(repeat("1.1.1", 3, is("count", 0L), task("1.1.1.1"))))));
    engine.start(Map.of("count", 7L));

    while (!engine.run().status().isFinal()) {
      engine.complete(Map.of());
    }

    assertThat(engine.history().stream().filter(Event.RoundsEnded.class::isInstance)).hasSize(2);
    assertThat(engine.history().stream().filter(Event.TaskCompleted.class::isInstance)).hasSize(5);
  }

  private static Definition twoTasks(Join join) {
    return workflow(together("1", join, List.of(task("1.0.1")), List.of(task("1.1.1"))), task("2"));
  }

  private static List<Event> complete(TestEngine engine, int activation) {
    return engine.take(new Input.TaskCompleted(activation, new DoStep.Answers(Map.of()), "ada"));
  }
}
