package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.ask;
import static dev.evergreen.engine.Steps.await;
import static dev.evergreen.engine.Steps.businessHours;
import static dev.evergreen.engine.Steps.call;
import static dev.evergreen.engine.Steps.days;
import static dev.evergreen.engine.Steps.decide;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.pause;
import static dev.evergreen.engine.Steps.repeat;
import static dev.evergreen.engine.Steps.together;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Versions.migrate;
import static dev.evergreen.engine.Versions.start;
import static dev.evergreen.engine.Versions.started;
import static dev.evergreen.engine.Versions.task;
import static dev.evergreen.engine.Versions.v1;
import static dev.evergreen.engine.Versions.v2;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Where a run goes on in a new version of its workflow, and when it cannot.
class MigrationTest {
  private static final String REPLIED = "ticket.customer-replied";

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
  void a_wait_keeps_its_end_and_hears_what_the_new_version_says() {
    var engine = start(v1(await("1", REPLIED, null, days(3))));
    var until = MONDAY.plus(Duration.ofDays(3));
    var wait =
        new WaitStep(
            "1",
            "Wait 1",
            List.of("ticket.closed"),
            null,
            days(9),
            null,
            null,
            List.of(),
            List.of());

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
}
