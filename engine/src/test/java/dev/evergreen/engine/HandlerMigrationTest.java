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
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Versions.migrate;
import static dev.evergreen.engine.Versions.start;
import static dev.evergreen.engine.Versions.started;
import static dev.evergreen.engine.Versions.task;
import static dev.evergreen.engine.Versions.v1;
import static dev.evergreen.engine.Versions.v2;
import static dev.evergreen.engine.Versions.version;
import static dev.evergreen.engine.Versions.watched;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Migration.Move;
import dev.evergreen.engine.Run.Activation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of watches and of handlers at work when a run moves to a new version.
class HandlerMigrationTest {
  private static final String REPLIED = "ticket.customer-replied";

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
  void a_fault_of_a_handler_goes_with_its_handler() {
    var asking = Steps.unless(is("solved", true), on("1.on.1", REPLIED, false));
    var engine = start(v1(watched("1", "Read", asking)));
    engine.arrive(REPLIED, Map.of());

    assertThat(engine.preview(v2(task("1", "Read"))).moves())
        .contains(new Move.Withdrawn(2, "1", null));
    migrate(engine, v2(task("1", "Read")));
    assertThat(engine.run().status()).isEqualTo(Run.Status.RUNNING);
  }
}
