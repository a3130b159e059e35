package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.after;
import static dev.evergreen.engine.Steps.ask;
import static dev.evergreen.engine.Steps.await;
import static dev.evergreen.engine.Steps.businessHours;
import static dev.evergreen.engine.Steps.call;
import static dev.evergreen.engine.Steps.days;
import static dev.evergreen.engine.Steps.decide;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.on;
import static dev.evergreen.engine.Steps.onFailure;
import static dev.evergreen.engine.Steps.pause;
import static dev.evergreen.engine.Steps.repeat;
import static dev.evergreen.engine.Steps.together;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Decision.Reason;
import dev.evergreen.engine.Decision.Rejected;
import dev.evergreen.engine.Migration.Move;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.TogetherStep.Join;
import dev.evergreen.engine.testing.TestEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MigrationTest {
  private static final String REPLIED = "ticket.customer-replied";

  @Test
  void a_step_that_has_not_moved_is_kept_and_the_run_goes_on_along_the_new_version() {
    var engine = started(task("1", "Read"), task("2", "Answer"));

    assertThat(engine.preview(v2(task("1", "Read"), task("2", "Close"))).moves())
        .containsExactly(new Move.Kept(1, "1"));
    assertThat(migrate(engine, v2(task("1", "Read"), task("2", "Close"))))
        .containsExactly(
            new Event.RunMigrated(2, List.of(new Activation.Task(1, 0, "1", null)), "ada"));
    assertThat(engine.complete(Map.of())).endsWith(new Event.TaskOpened(2, 0, "2", null));
    assertThat(Objects.requireNonNull(engine.tasks().get(2)).step().title()).isEqualTo("Close");
  }

  @Test
  void a_step_with_one_more_before_it_is_moved_and_asked_for_in_its_new_words() {
    var engine = started(task("1", "Read"));
    var to = v2(task("1", "Greet"), task("2", "Read"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Moved(1, "1", "2"));
    migrate(engine, to);
    assertThat(Objects.requireNonNull(engine.tasks().get(1)).step().id()).isEqualTo("2");
    assertThat(engine.run().open()).containsExactly(new Activation.Task(1, 0, "2", null));
    assertThat(engine.complete(Map.of())).endsWith(new Event.RunEnded("done"));
  }

  @Test
  void a_task_that_is_the_same_to_the_letter_is_not_asked_for_again() {
    var engine = started(task("1", "Read"));
    var decision = engine.decide(new Input.Migrate(engine.preview(v2(task("1", "Read"))), "ada"));

    assertThat(decision)
        .isEqualTo(
            new Decision.Accepted(
                List.of(
                    new Event.RunMigrated(2, List.of(new Activation.Task(1, 0, "1", null)), "ada")),
                List.of()));
  }

  @Test
  void a_step_with_a_new_title_in_the_same_place_is_the_same_step() {
    var engine = started(task("1", "Read"), task("2", "Answer"));
    var to = v2(task("1", "Read the ticket"), task("2", "Answer"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Kept(1, "1"));
  }

  @Test
  void of_two_that_could_be_meant_neither_is_taken_unless_a_person_chooses() {
    var from = v1(task("1", "Read"), action("2"));
    var to = v2(task("1", "Greet"), task("2", "Understand"), action("3"));
    var run = start(from).run();

    assertThat(Migration.preview(from, to, run, Map.of()).moves())
        .containsExactly(new Move.Withdrawn(1, "1", "3"));
    assertThat(Migration.preview(from, to, run, Map.of("1", "2")).moves())
        .containsExactly(new Move.Moved(1, "1", "2"));
    assertThatThrownBy(() -> Migration.preview(from, to, run, Map.of("1", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected steps of one kind, but found");
    assertThatThrownBy(() -> Migration.preview(from, to, run, Map.of("1", "9")))
        .hasMessage("expected issue-resolution version 2 to have a step 9");
  }

  @Test
  void a_choice_cannot_name_one_step_twice() {
    var from = v1(task("1", "Read"), task("2", "Answer"));
    var to = v2(task("1", "Read"), task("2", "Answer"));
    var run = start(from).run();

    assertThatThrownBy(() -> Migration.preview(from, to, run, Map.of("1", "2", "2", "2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected each step to be chosen once, but found");
  }

  @Test
  void a_step_that_is_gone_is_withdrawn_and_the_run_goes_on_behind_it() {
    var engine = started(pause("1", days(3)), action("2"), task("3", "Answer"));
    var to = v2(task("1", "Answer"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Withdrawn(1, "1", "1"));
    assertThat(migrate(engine, to))
        .containsExactly(
            new Event.Withdrawn(1),
            new Event.RunMigrated(2, List.of(), "ada"),
            new Event.TaskOpened(2, 0, "1", null));
    assertThat(engine.timers()).isEmpty();
  }

  @Test
  void without_a_step_behind_it_the_run_comes_to_its_end() {
    var engine = started(pause("1", days(3)));

    assertThat(engine.preview(v2()).moves()).containsExactly(new Move.Withdrawn(1, "1", null));
    assertThat(migrate(engine, v2())).endsWith(new Event.RunEnded("done"));
  }

  @Test
  void behind_the_last_step_of_a_branch_comes_what_follows_the_decision() {
    var engine =
        started(decide("1", when(Condition.ALWAYS, pause("1.0.1", days(1)))), task("2", "Answer"));
    var to = v2(decide("1", when(Condition.ALWAYS)), task("2", "Answer"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Withdrawn(2, "1.0.1", null));
    assertThat(migrate(engine, to)).endsWith(new Event.TaskOpened(3, 0, "2", null));
  }

  @Test
  void when_the_decision_is_gone_too_it_is_what_came_behind_that() {
    var engine =
        started(decide("1", when(Condition.ALWAYS, pause("1.0.1", days(1)))), task("2", "Answer"));
    var to = v2(task("1", "Answer"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Withdrawn(2, "1.0.1", "1"));
    assertThat(migrate(engine, to)).endsWith(new Event.TaskOpened(3, 0, "1", null));
  }

  @Test
  void one_more_branch_in_front_moves_the_steps_of_the_others() {
    var solved = is("solved", true);
    var engine =
        started(decide("1", when(Condition.ALWAYS, task("1.0.1", "Answer"))), task("2", "Close"));
    var to =
        v2(
            decide(
                "1",
                when(solved, end("1.0.1", "solved")),
                when(Condition.ALWAYS, task("1.1.1", "Answer"))),
            task("2", "Close"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Moved(2, "1.0.1", "1.1.1"));
  }

  @Test
  void a_loop_goes_on_in_its_round_and_ends_at_the_new_bound() {
    var from = v1(repeat("1", 5, is("count", 0L), task("1.1", "Try")), task("2", "Close"));
    var engine = start(from, Map.of("count", 1L));
    engine.complete(Map.of());
    engine.complete(Map.of());
    var to =
        v2(action("1"), repeat("2", 2, is("count", 0L), task("2.1", "Try")), task("3", "Close"));

    assertThat(engine.preview(to).moves())
        .containsExactly(new Move.Moved(1, "1", "2"), new Move.Moved(4, "1.1", "2.1"));
    migrate(engine, to);
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Rounds(1, 0, "2", 3), new Activation.Task(4, 1, "2.1", null));
    assertThat(engine.complete(Map.of()))
        .endsWith(new Event.RoundsEnded(1, true), new Event.TaskOpened(5, 0, "3", null));
  }

  @Test
  void a_step_gone_from_a_round_leads_to_the_end_of_the_round() {
    var from = v1(repeat("1", 2, is("count", 0L), task("1.1", "Try"), end("1.else.1", "given up")));
    var engine = start(from, Map.of("count", 1L));
    var to = v2(repeat("1", 2, is("count", 0L), action("1.1"), end("1.else.1", "given up")));

    assertThat(engine.preview(to).moves())
        .containsExactly(new Move.Kept(1, "1"), new Move.Withdrawn(2, "1.1", null));
    assertThat(migrate(engine, to))
        .contains(new Event.Withdrawn(2), new Event.RoundBegan(1, 0, "1", 2));
  }

  @Test
  void a_loop_that_is_gone_goes_with_all_that_is_open_in_it() {
    var from = v1(repeat("1", 2, is("count", 0L), task("1.1", "Try")), task("2", "Close"));
    var engine = start(from);
    var to = v2(task("1", "Close"));

    assertThat(engine.preview(to).moves())
        .containsExactly(new Move.Withdrawn(1, "1", "1"), new Move.Withdrawn(2, "1.1", null));
    assertThat(migrate(engine, to)).startsWith(new Event.Withdrawn(2), new Event.Withdrawn(1));
    assertThat(engine.tasks()).containsOnlyKeys(3);
  }

  @Test
  void branches_stay_apart_and_a_branch_without_its_step_is_over() {
    var from =
        v1(
            together(
                "1", Join.ALL, List.of(task("1.0.1", "Call")), List.of(task("1.1.1", "Write"))),
            task("2", "Close"));
    var engine = start(from);
    var to =
        v2(together("1", Join.ALL, List.of(), List.of(task("1.1.1", "Write"))), task("2", "Close"));

    assertThat(migrate(engine, to)).endsWith(new Event.BranchEnded(2));
    assertThat(engine.complete(Map.of()))
        .endsWith(new Event.TogetherEnded(1), new Event.TaskOpened(6, 0, "2", null));
  }

  @Test
  void what_goes_on_at_once_goes_on_along_the_new_version() {
    var engine = started(pause("1", days(1)), decide("2"), task("3", "Answer"));
    var to = v2(decide("1"), task("2", "Close"));

    var migration =
        Migration.preview(
            v1(pause("1", days(1)), decide("2"), task("3", "Answer")),
            to,
            engine.run(),
            Map.of("2", "1"));
    assertThat(migration.moves()).containsExactly(new Move.Withdrawn(1, "1", "1"));
    assertThat(engine.take(new Input.Migrate(migration, "ada")))
        .endsWith(new Event.BranchTaken(2, 0, "1", -1), new Event.TaskOpened(3, 0, "2", null));
  }

  @Test
  void what_is_inside_of_a_step_that_a_person_chooses_is_compared_too() {
    var solved = is("solved", true);
    var from = v1(repeat("1", 2, solved, task("1.1", "Try")));
    var to =
        v2(
            action("1"),
            repeat("2", 2, solved, task("2.1", "Try")),
            repeat("3", 2, solved, task("3.1", "Try")));

    assertThat(Migration.preview(from, to, start(from).run(), Map.of("1", "3")).moves())
        .containsExactly(new Move.Moved(1, "1", "3"), new Move.Moved(2, "1.1", "3.1"));
  }

  @Test
  void titles_are_compared_only_between_the_same_two_neighbors() {
    var from = v1(task("1", "Read"), action("2"), task("3", "Answer"));
    var to =
        v2(task("1", "Greet"), task("2", "Understand"), retitled(action("3")), task("4", "Reply"));
    var engine = start(from);
    engine.take(new Input.Skip(1, "known", "ada"));
    engine.succeed(Map.of());

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Moved(3, "3", "4"));
  }

  @Test
  void of_steps_that_changed_places_the_longest_common_order_stays() {
    var from = v1(task("1", "A"), task("2", "B"), action("3"), task("4", "C"));
    var to = v2(task("1", "B"), retitled(action("2")), task("3", "C"), task("4", "A"));
    var run = start(from).run();

    assertThat(Migration.preview(from, to, run, Map.of()).moves())
        .containsExactly(new Move.Withdrawn(1, "1", "1"));
  }

  @Test
  void a_step_gone_from_what_comes_after_a_loop_leads_behind_the_loop() {
    var from =
        v1(
            repeat("1", 1, is("count", 0L), task("1.1", "Try"), pause("1.else.1", days(1))),
            task("2", "Close"));
    var engine = start(from, Map.of("count", 1L));
    engine.complete(Map.of());
    var to = v2(repeat("1", 1, is("count", 0L), task("1.1", "Try")), task("2", "Close"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Withdrawn(3, "1.else.1", null));
    assertThat(migrate(engine, to)).endsWith(new Event.TaskOpened(4, 0, "2", null));
  }

  @Test
  void everything_inside_of_a_step_that_is_gone_goes_with_it() {
    var solved = is("solved", true);
    var from =
        v1(repeat("1", 2, solved, repeat("1.1", 2, solved, task("1.1.1", "Try"))), action("2"));
    var engine = start(from);

    assertThat(engine.preview(v2(action("1"))).moves())
        .containsExactly(
            new Move.Withdrawn(1, "1", "1"),
            new Move.Withdrawn(2, "1.1", null),
            new Move.Withdrawn(3, "1.1.1", null));
  }

  @Test
  void a_step_gets_a_watch_wherever_it_is_at_work() {
    var engine =
        start(v1(watched("1", "Read", on("1.on.1", REPLIED, true, task("1.on.1.1", "Look")))));
    engine.arrive(REPLIED, Map.of());
    engine.arrive(REPLIED, Map.of());
    var to =
        v2(
            watched(
                "1",
                "Read",
                on(
                    "1.on.1",
                    REPLIED,
                    true,
                    watched("1.on.1.1", "Look", after("1.on.1.1.on.1", days(1), false)))));

    migrate(engine, to);
    assertThat(engine.run().open().stream().filter(Activation.Block.class::isInstance))
        .containsExactly(
            new Activation.Block(1, 0, "1", false),
            new Activation.Block(8, 4, "1.on.1.1", false),
            new Activation.Block(9, 6, "1.on.1.1", false));
    assertThat(engine.timers()).containsOnlyKeys(10, 11);
    engine.moveTo(MONDAY.plus(Duration.ofDays(1)));
    assertThat(engine.tasks()).containsOnlyKeys(3);
  }

  @Test
  void an_inner_watch_comes_inside_of_an_outer_one() {
    var inner = task("1.0.1", "Read");
    var engine = start(v1(decide("1", when(Condition.ALWAYS, inner))));
    var guarded =
        new DecideStep(
            "1",
            "Decide 1",
            List.of(
                when(Condition.ALWAYS, watched("1.0.1", "Read", onFailure("1.0.1.on.1", true)))),
            null,
            List.of(on("1.on.1", REPLIED, false)));

    migrate(engine, v2(guarded));
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Task(2, 4, "1.0.1", null),
            new Activation.Block(3, 0, "1", false),
            new Activation.Block(4, 3, "1.0.1", false),
            new Activation.Watch(5, 3, "1", "1.on.1", null));
    assertThat(engine.complete(Map.of()))
        .endsWith(
            new Event.BlockLeft(4),
            new Event.Withdrawn(5),
            new Event.BlockLeft(3),
            new Event.RunEnded("done"));
  }

  @Test
  void two_steps_that_are_gone_at_once_each_lead_on_by_themselves() {
    var from =
        v1(
            together(
                "1",
                Join.ANY,
                List.of(pause("1.0.1", days(1))),
                List.of(pause("1.1.1", days(1)), action("1.1.2"))),
            task("2", "Close"));
    var engine = start(from);
    var to = v2(together("1", Join.ANY, List.of(), List.of(action("1.1.1"))), task("2", "Close"));

    assertThat(migrate(engine, to).stream().filter(Event.TaskOpened.class::isInstance)).hasSize(1);
    assertThat(engine.actions()).isEmpty();
  }

  @Test
  void a_preview_says_whether_the_run_can_follow() {
    var engine = started(together("1", Join.ALL, List.of(task("1.0.1", "Call"))));

    assertThat(engine.preview(v2(together("1", Join.ALL))).isPossible()).isFalse();
    assertThat(engine.preview(v2()).isPossible()).isTrue();
  }

  @Test
  void another_number_of_branches_is_impossible() {
    var engine = started(together("1", Join.ALL, List.of(task("1.0.1", "Call"))));
    var to =
        v2(together("1", Join.ALL, List.of(task("1.0.1", "Call")), List.of(task("1.1.1", "Go"))));

    assertThat(engine.preview(to).moves())
        .contains(new Move.Impossible(1, "1", "it has another number of branches there"));
    assertThat(engine.offer(new Input.Migrate(engine.preview(to), "ada")))
        .isEqualTo(
            new Rejected(
                Reason.WRONG_MOMENT,
                "expected a place for “Together 1” in issue-resolution version 2, but it has"
                    + " another number of branches there"));
  }

  @Test
  void a_step_that_a_person_puts_into_a_loop_has_no_place_there() {
    var from = v1(task("1", "Read"));
    var to = v2(repeat("1", 2, is("count", 0L), task("1.1", "Read again")));

    assertThat(Migration.preview(from, to, start(from).run(), Map.of("1", "1.1")).moves())
        .containsExactly(
            new Move.Impossible(1, "1", "it is inside of something there that has not begun"));
  }

  @Test
  void what_would_come_behind_may_be_out_of_reach_too() {
    var from = v1(pause("1", days(1)), task("2", "Read"));
    var to = v2(repeat("1", 2, is("count", 0L), task("1.1", "Read again")));

    assertThat(Migration.preview(from, to, start(from).run(), Map.of("2", "1.1")).moves())
        .containsExactly(
            new Move.Impossible(
                1, "1", "it is not there, and what comes behind it is inside of something else"));
  }

  @Test
  void new_handlers_of_the_whole_watch_from_now_on() {
    var engine = started(task("1", "Read"));
    engine.moveTo(MONDAY.plus(Duration.ofHours(2)));
    var to =
        version(
            2,
            List.of(after("on.1", businessHours(4), true, task("on.1.1", "Look"))),
            task("1", "Read"));

    assertThat(engine.preview(to).moves()).containsExactly(new Move.Kept(1, "1"));
    assertThat(migrate(engine, to))
        .containsExactly(
            new Event.BlockEntered(2, 0, ""),
            new Event.RunMigrated(
                2,
                List.of(
                    new Activation.Task(1, 2, "1", null), new Activation.Block(2, 0, "", false)),
                "ada"),
            new Event.HandlerArmed(3, 2, "", "on.1", MONDAY.plus(Duration.ofHours(6))));
    engine.moveTo(MONDAY.plus(Duration.ofHours(6)));
    assertThat(engine.tasks()).containsOnlyKeys(1, 5);
    engine.complete(Map.of());
    assertThat(engine.complete(Map.of()))
        .endsWith(new Event.BlockLeft(2), new Event.RunEnded("done"));
  }

  @Test
  void handlers_that_are_gone_watch_no_longer() {
    var from =
        version(
            1, List.of(on("on.1", REPLIED, true)), watched("1", "Read", onFailure("1.on.1", true)));
    var engine = start(from);
    var to = v2(task("1", "Read"));

    assertThat(engine.preview(to).moves())
        .containsExactly(
            new Move.Withdrawn(1, "", null),
            new Move.Withdrawn(2, "", null),
            new Move.Withdrawn(3, "1", null),
            new Move.Kept(4, "1"));
    assertThat(migrate(engine, to))
        .containsExactly(
            new Event.Withdrawn(2),
            new Event.Withdrawn(1),
            new Event.Withdrawn(3),
            new Event.RunMigrated(2, List.of(new Activation.Task(4, 0, "1", null)), "ada"));
    assertThat(engine.listeners()).isEmpty();
    assertThat(engine.complete(Map.of())).endsWith(new Event.RunEnded("done"));
  }

  @Test
  void one_handler_more_is_armed_and_the_others_stay_as_they_are() {
    var engine = start(v1(watched("1", "Read", on("1.on.1", REPLIED, true))));
    var to =
        v2(
            watched(
                "1",
                "Read",
                after("1.on.1", days(1), true),
                on("1.on.2", REPLIED, true, end("1.on.2.1", "replied"))));

    assertThat(migrate(engine, to))
        .containsExactly(
            new Event.RunMigrated(
                2,
                List.of(
                    new Activation.Block(1, 0, "1", false),
                    new Activation.Watch(2, 1, "1", "1.on.2", null),
                    new Activation.Task(3, 1, "1", null)),
                "ada"),
            new Event.HandlerArmed(4, 1, "1", "1.on.1", MONDAY.plus(Duration.ofDays(1))));
    assertThat(engine.arrive(REPLIED, Map.of())).endsWith(new Event.RunEnded("replied"));
  }

  @Test
  void a_handler_at_work_has_to_be_there() {
    var engine =
        start(v1(watched("1", "Read", on("1.on.1", REPLIED, true, task("1.on.1.1", "Look")))));
    engine.arrive(REPLIED, Map.of());

    assertThat(engine.preview(v2(task("1", "Read"))).moves())
        .contains(
            new Move.Impossible(4, "1", "its steps are under way, and the handler is not there"));
    assertThat(
            engine
                .preview(
                    v2(
                        task("1", "Greet"),
                        watched(
                            "2", "Read", on("2.on.1", REPLIED, true, task("2.on.1.1", "Look")))))
                .moves())
        .containsExactly(
            new Move.Moved(1, "1", "2"),
            new Move.Moved(2, "1", "2"),
            new Move.Moved(3, "1", "2"),
            new Move.Moved(4, "1", "2"),
            new Move.Moved(5, "1.on.1.1", "2.on.1.1"));
  }

  @Test
  void a_step_gone_from_a_handler_leads_to_its_end() {
    var engine =
        start(
            v1(
                watched("1", "Read", on("1.on.1", REPLIED, false, task("1.on.1.1", "Look"))),
                task("2", "Close")));
    engine.arrive(REPLIED, Map.of());
    var to =
        v2(
            watched("1", "Read", on("1.on.1", REPLIED, false, action("1.on.1.1"))),
            task("2", "Close"));

    assertThat(migrate(engine, to))
        .endsWith(
            new Event.HandlerDone(4),
            new Event.BlockLeft(1),
            new Event.TaskOpened(6, 0, "2", null));
  }

  @Test
  void handlers_are_the_same_when_they_fire_at_the_same() {
    var from =
        v1(
            watched(
                "1",
                "Read",
                on("1.on.1", REPLIED, true),
                after("1.on.2", days(1), true),
                Steps.unless(is("solved", true), after("1.on.3", days(1), true)),
                after("1.on.4", days(1), false)));
    var engine = start(from);
    var to =
        v2(
            watched(
                "1",
                "Read",
                on("1.on.1", "ticket.closed", true),
                after("1.on.2", days(2), true),
                after("1.on.3", days(1), true),
                Steps.unless(is("solved", true), after("1.on.4", days(1), true)),
                after("1.on.5", days(1), false)));

    assertThat(engine.preview(to).moves())
        .containsExactly(
            new Move.Kept(1, "1"),
            new Move.Withdrawn(2, "1", null),
            new Move.Kept(3, "1"),
            new Move.Kept(4, "1"),
            new Move.Kept(5, "1"),
            new Move.Kept(6, "1"));
    migrate(engine, to);
    assertThat(engine.run().activation(3))
        .isEqualTo(new Activation.Watch(3, 1, "1", "1.on.3", MONDAY.plus(Duration.ofDays(1))));
    assertThat(engine.listeners().values())
        .containsExactly(new Effect.Listen(7, List.of("ticket.closed"), null));
  }

  @Test
  void a_wait_keeps_its_end_and_hears_what_the_new_version_says() {
    var engine = start(v1(await("1", REPLIED, null, days(3))));
    var until = MONDAY.plus(Duration.ofDays(3));
    var wait =
        new WaitStep(
            "1", "Wait 1", List.of("ticket.closed"), null, days(9), null, List.of(), List.of());

    migrate(engine, v2(wait));
    assertThat(engine.listeners().get(1))
        .isEqualTo(new Effect.Listen(1, List.of("ticket.closed"), null));
    assertThat(engine.run().open()).containsExactly(new Activation.Wait(1, 0, "1", until));
    assertThat(engine.timers().get(1)).isEqualTo(new Effect.SetTimer(1, until));
  }

  @Test
  void a_wait_for_an_event_that_becomes_one_for_time_stops_listening_and_the_other_way_round() {
    var forEvent = await("1", REPLIED, null, days(3));
    var forTime = pause("1", days(3));
    var quiet = start(v1(forEvent));
    migrate(quiet, v2(forTime));
    var hearing = start(v1(forTime));
    migrate(hearing, v2(forEvent));

    assertThat(quiet.listeners()).isEmpty();
    assertThat(hearing.listeners()).containsOnlyKeys(1);
  }

  @Test
  void a_wait_that_hears_the_same_is_left_alone() {
    var engine = start(v1(await("1", REPLIED, null, days(3))));

    assertThat(
            engine.decide(
                new Input.Migrate(engine.preview(v2(await("1", REPLIED, null, days(4)))), "ada")))
        .isInstanceOfSatisfying(
            Decision.Accepted.class, accepted -> assertThat(accepted.effects()).isEmpty());
  }

  @Test
  void whatever_else_is_open_takes_its_number_and_its_state_along() {
    var retries = new RunStep.Retry(2, businessHours(1), 2);
    var from =
        v1(
            together(
                "1",
                Join.ALL,
                List.of(ask("1.0.1", 2)),
                List.of(call("1.1.1", Map.of())),
                List.of(
                    new RunStep("1.2.1", "Send", "mail", Map.of(), Map.of(), retries, List.of())),
                List.of(action("1.3.1")),
                List.of(action("1.4.1"))));
    var engine = start(from);
    engine.take(new Input.Answered(7, "some"));
    engine.take(new Input.Failed(9, "away"));
    engine.take(new Input.Failed(11, "away"));
    var before = engine.run().open();
    var to =
        v2(
            action("1"),
            together(
                "2",
                Join.ALL,
                List.of(ask("2.0.1", 2)),
                List.of(call("2.1.1", Map.of())),
                List.of(
                    new RunStep("2.2.1", "Send", "mail", Map.of(), Map.of(), retries, List.of())),
                List.of(action("2.3.1")),
                List.of(action("2.4.1"))));
    var titled =
        Map.of("1", "2", "1.0.1", "2.0.1", "1.1.1", "2.1.1", "1.3.1", "2.3.1", "1.4.1", "2.4.1");
    var migration = Migration.preview(from, to, engine.run(), titled);

    engine.take(new Input.Migrate(migration, "ada"));

    assertThat(engine.run().open().toString())
        .isEqualTo(before.toString().replace("step=1", "step=2"));
  }

  @Test
  void a_fault_of_a_handler_goes_with_its_handler() {
    var asking = Steps.unless(is("solved", true), on("1.on.1", REPLIED, false));
    var engine = start(v1(watched("1", "Read", asking)));
    engine.arrive(REPLIED, Map.of());

    assertThat(engine.preview(v2(task("1", "Read"))).moves())
        .contains(new Move.Withdrawn(2, "1", null));
    migrate(engine, v2(task("1", "Read")));
    assertThat(engine.run().status()).isEqualTo(Run.Status.RUNNING);
  }

  @Test
  void data_of_another_type_is_in_the_way() {
    var engine = start(v1(task("1", "Read")), Map.of("count", 3L));
    var to =
        new Definition(
            "issue-resolution",
            2,
            "Resolve an issue",
            "ticket",
            List.of(),
            Map.of("count", new ValueType.Text()),
            Set.of(),
            List.of(task("1", "Read")),
            List.of());

    assertThat(engine.preview(to).moves())
        .containsExactly(
            new Move.Impossible(
                0, "", "expected a text as `count` in the data of the run, but found “3”"),
            new Move.Kept(1, "1"));
  }

  @Test
  void when_the_run_has_gone_on_since_the_preview_nothing_happens() {
    var engine = started(task("1", "Read"), task("2", "Answer"));
    var migration = engine.preview(v2(task("1", "Read"), task("2", "Answer")));
    engine.complete(Map.of());

    assertThat(engine.offer(new Input.Migrate(migration, "ada")))
        .isEqualTo(
            new Rejected(
                Reason.WRONG_MOMENT,
                "expected the run to be as it was in the preview, but it has gone on"));
  }

  @Test
  void a_run_that_is_over_or_has_not_begun_stays_on_its_version() {
    var engine = start(v1());
    var fresh = new TestEngine(v1());

    assertThat(engine.offer(new Input.Migrate(engine.preview(v2()), "ada")))
        .isEqualTo(
            new Rejected(
                Reason.ALREADY_ENDED,
                "expected a run under way to follow another version, but found one that is"
                    + " ENDED"));
    assertThat(fresh.offer(new Input.Migrate(fresh.preview(v2()), "ada")))
        .isEqualTo(
            new Rejected(
                Reason.WRONG_MOMENT,
                "expected a run under way to follow another version, but found one that is NEW"));
  }

  @Test
  void another_workflow_is_no_other_version() {
    var engine = started(task("1", "Read"));
    var other =
        new Definition(
            "other", 2, "", "ticket", List.of(), Map.of(), Set.of(), List.of(), List.of());

    assertThatThrownBy(() -> engine.preview(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected another version of issue-resolution, but found other version 2");
  }

  @Test
  void an_event_that_moves_what_is_not_open_cannot_be_applied() {
    var run = started(task("1", "Read")).run();

    assertThatThrownBy(() -> run.apply(new Event.RunMigrated(2, List.of(), "ada")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() ->
            run.apply(new Event.RunMigrated(2, List.of(new Activation.Call(1, 0, "1")), "ada")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() ->
            run.apply(
                new Event.RunMigrated(2, List.of(new Activation.Task(2, 0, "1", null)), "ada")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected Task[number=1, scope=0, step=1, dueAt=null] in another");
  }

  private static RunStep retitled(RunStep step) {
    return new RunStep(
        step.id(),
        "Run 2",
        step.action(),
        step.with(),
        step.into(),
        step.retries(),
        step.handlers());
  }

  private static DoStep task(String id, String title) {
    return watched(id, title);
  }

  private static DoStep watched(String id, String title, Handler... handlers) {
    return Steps.task(id, title, null, List.of(), List.of(handlers));
  }

  private static Definition v1(Step... steps) {
    return version(1, List.of(), steps);
  }

  private static Definition v2(Step... steps) {
    return version(2, List.of(), steps);
  }

  private static Definition version(int number, List<Handler> handlers, Step... steps) {
    return Steps.watched(handlers, steps).atVersion(number);
  }

  private static TestEngine started(Step... steps) {
    return start(v1(steps));
  }

  private static TestEngine start(Definition definition) {
    return start(definition, Map.of());
  }

  private static TestEngine start(Definition definition, Map<String, Object> data) {
    var engine = new TestEngine(definition);
    engine.start(data);
    return engine;
  }

  private static List<Event> migrate(TestEngine engine, Definition to) {
    return engine.take(new Input.Migrate(engine.preview(to), "ada"));
  }
}
