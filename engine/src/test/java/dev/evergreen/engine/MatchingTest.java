package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.action;
import static dev.evergreen.engine.Steps.after;
import static dev.evergreen.engine.Steps.days;
import static dev.evergreen.engine.Steps.decide;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.on;
import static dev.evergreen.engine.Steps.repeat;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Versions.migrate;
import static dev.evergreen.engine.Versions.retitled;
import static dev.evergreen.engine.Versions.start;
import static dev.evergreen.engine.Versions.started;
import static dev.evergreen.engine.Versions.task;
import static dev.evergreen.engine.Versions.v1;
import static dev.evergreen.engine.Versions.v2;
import static dev.evergreen.engine.Versions.version;
import static dev.evergreen.engine.Versions.watched;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Migration.Move;
import dev.evergreen.engine.Run.Activation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Which step of the new version is meant by one of the old.
class MatchingTest {
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
                List.of(),
                engine.run()));
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
  void a_step_of_a_handler_of_the_whole_is_found_where_it_is_now() {
    var before = on("on.1", REPLIED, true, task("on.1.1", "Look"));
    var engine = start(version(1, List.of(before), task("1", "Read")));
    engine.arrive(REPLIED, Map.of());
    var now = on("on.1", REPLIED, true, task("on.1.1", "Greet"), task("on.1.2", "Look"));

    var moves = engine.preview(version(2, List.of(now), task("1", "Read"))).moves();

    assertThat(moves).contains(new Move.Moved(5, "on.1.1", "on.1.2"));
  }
}
