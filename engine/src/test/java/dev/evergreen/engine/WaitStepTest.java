package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.await;
import static dev.evergreen.engine.Steps.businessHours;
import static dev.evergreen.engine.Steps.days;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.pause;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.testing.TestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WaitStepTest {
  private static final String REPLIED = "ticket.customer-replied";
  private static final Instant IN_THREE_DAYS = Instant.parse("2026-03-05T10:00:00Z");

  private final TestEngine engine =
      new TestEngine(
          workflow(await("1", REPLIED, null, days(3), end("1.else.1", "silent")), task("2")));

  @Test
  void it_listens_and_has_an_end() {
    engine.start();

    assertThat(engine.listeners().get(1)).isEqualTo(new Effect.Listen(1, List.of(REPLIED), null));
    assertThat(engine.timers().get(1)).isEqualTo(new Effect.SetTimer(1, IN_THREE_DAYS));
  }

  @Test
  void the_event_goes_on_and_ends_timer_and_listening() {
    engine.start();

    assertThat(engine.arrive(REPLIED, Map.of()))
        .containsExactly(new Event.WaitMet(1, REPLIED), new Event.TaskOpened(2, 0, "2", null));
    assertThat(engine.timers()).isEmpty();
    assertThat(engine.listeners()).isEmpty();
  }

  @Test
  void when_the_time_passes_first_the_other_steps_run() {
    engine.start();

    assertThat(engine.moveTo(IN_THREE_DAYS))
        .containsExactly(new Event.WaitEnded(1), new Event.RunEnded("silent"));
    assertThat(engine.listeners()).isEmpty();
    assertThat(engine.run().outcome()).isEqualTo("silent");
  }

  @Test
  void a_moment_that_was_agreed_on_ends_it_earlier_but_never_later() {
    assertThat(until(engine.now().plusSeconds(60))).isEqualTo(engine.now().plusSeconds(60));
    assertThat(until(IN_THREE_DAYS)).isEqualTo(IN_THREE_DAYS);
    assertThat(until(IN_THREE_DAYS.plusSeconds(1))).isEqualTo(IN_THREE_DAYS);
  }

  @Test
  void a_moment_that_has_passed_ends_it_at_once() {
    assertThat(until(Instant.EPOCH)).isEqualTo(engine.now());
  }

  private static Instant until(Instant moment) {
    var appointment =
        new TestEngine(
            workflow(
                new WaitStep(
                    "1",
                    "Wait for the day",
                    List.of(),
                    null,
                    days(3),
                    Term.of(moment),
                    null,
                    List.of(),
                    List.of()),
                task("2")));
    appointment.start();
    return Objects.requireNonNull(appointment.timers().get(1)).at();
  }

  @Test
  void of_event_and_timer_at_one_moment_the_second_is_ignored() {
    engine.start();
    engine.arrive(REPLIED, Map.of());

    assertThat(engine.take(new Input.TimerFired(1)))
        .containsExactly(new Event.Ignored("TimerFired for activation 1, which is over"));
  }

  @Test
  void a_timer_that_fires_early_is_set_again() {
    engine.start();

    assertThat(engine.take(new Input.TimerFired(1)))
        .containsExactly(
            new Event.Ignored(
                "a timer at 2026-03-02T10:00:00Z for activation 1, which waits until"
                    + " 2026-03-05T10:00:00Z"));
    assertThat(engine.timers()).containsOnlyKeys(1);
  }

  @Test
  void business_time_passes_only_while_open() {
    var pausing = new TestEngine(workflow(pause("1", businessHours(41))));

    pausing.start();

    assertThat(pausing.timers().get(1))
        .isEqualTo(new Effect.SetTimer(1, Instant.parse("2026-03-09T11:00:00Z")));
    assertThat(pausing.listeners()).isEmpty();
    assertThat(pausing.moveTo(Instant.parse("2026-03-09T11:00:00Z")))
        .containsExactly(new Event.WaitEnded(1), new Event.RunEnded("done"));
  }

  @Test
  void an_event_that_does_not_meet_the_condition_does_not_count() {
    var happy = new Condition("event.score > 3", WaitStepTest::isHappy);
    var asking = new TestEngine(workflow(await("1", "survey.answered", happy, days(3))));
    asking.start();

    assertThat(asking.arrive("survey.answered", Map.of("score", 2L)))
        .containsExactly(
            new Event.Ignored("survey.answered, for which activation 1 does not wait"));
    assertThat(asking.arrive("survey.answered", Map.of("score", 5L)))
        .startsWith(new Event.WaitMet(1, "survey.answered"));
  }

  @Test
  void after_a_fault_it_waits_again_for_the_whole_time() {
    var broken = Steps.is("missing", 1L);
    var faulty = new TestEngine(workflow(await("1", REPLIED, broken, days(3))));
    faulty.start();

    faulty.arrive(REPLIED, Map.of());

    assertThat(faulty.run().status()).isEqualTo(Status.FAULTED);
    assertThat(faulty.timers()).isEmpty();
    assertThat(faulty.listeners()).isEmpty();
    var retried = Instant.parse("2026-03-10T10:00:00Z");
    faulty.moveTo(retried);
    var end = retried.plus(Duration.ofDays(3));
    assertThat(faulty.take(new Input.Retry(1, "ada")))
        .containsExactly(
            new Event.FaultCleared(1, "ada"),
            new Event.WaitBegan(1, 0, "1", List.of(REPLIED), end));
    assertThat(faulty.timers().get(1)).isEqualTo(new Effect.SetTimer(1, end));
    assertThat(faulty.listeners()).containsOnlyKeys(1);
    faulty.moveTo(end.minusSeconds(1));
    assertThat(faulty.run().activation(1)).isEqualTo(new Activation.Wait(1, 0, "1", end));
    assertThat(faulty.moveTo(end)).startsWith(new Event.WaitEnded(1));
  }

  @Test
  void after_a_fault_the_day_that_was_agreed_on_stays_that_day() {
    var agreed = MONDAY.plus(Duration.ofDays(1));
    var broken = Steps.is("missing", 1L);
    var wait =
        new WaitStep(
            "1",
            "Wait",
            List.of(REPLIED),
            broken,
            days(5),
            Term.of(agreed),
            null,
            List.of(),
            List.of());
    var faulty = new TestEngine(workflow(wait, task("2")));
    faulty.start();
    faulty.arrive(REPLIED, Map.of());
    var retried = agreed.plus(Duration.ofDays(1));
    faulty.moveTo(retried);

    faulty.take(new Input.Retry(1, "ada"));

    assertThat(faulty.timers().get(1)).isEqualTo(new Effect.SetTimer(1, retried));
  }

  @Test
  void canceling_ends_timer_and_listening() {
    engine.start();

    assertThat(engine.take(new Input.Cancel("a duplicate", null)))
        .containsExactly(new Event.Withdrawn(1), new Event.RunCanceled("a duplicate", null));
    assertThat(engine.timers()).isEmpty();
    assertThat(engine.listeners()).isEmpty();
  }

  @Test
  void steps_for_the_case_that_no_event_comes_need_an_event() {
    assertThatThrownBy(() ->
            new WaitStep(
                "1",
                "Wait",
                List.of(),
                null,
                days(1),
                null,
                null,
                List.of(end("2", "silent")),
                List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected an event in a wait");
  }

  private static boolean isHappy(Map<String, Object> values) {
    return values.get("event") instanceof Map<?, ?> event
        && event.get("score") instanceof Long score
        && score > 3;
  }

  @Test
  void it_looks_back_to_the_last_beginning_of_a_step() {
    var wait =
        new WaitStep("2", "Wait", List.of(REPLIED), null, days(3), null, "1", List.of(), List.of());
    var looking = new TestEngine(workflow(task("1"), wait, task("3")));
    looking.arrive(REPLIED, Map.of());
    looking.start();

    assertThat(looking.decide(new Input.TaskCompleted(1, new DoStep.Answers(Map.of()), "ada")))
        .isInstanceOfSatisfying(
            Decision.Accepted.class,
            accepted ->
                assertThat(accepted.effects())
                    .contains(new Effect.Listen(2, List.of(REPLIED), "1")));
    looking.arrive(REPLIED, Map.of());
    looking.complete(Map.of());
    assertThat(looking.tasks()).containsOnlyKeys(3);
  }

  @Test
  void what_came_before_that_step_began_does_not_count() {
    var wait =
        new WaitStep("2", "Wait", List.of(REPLIED), null, days(3), null, "1", List.of(), List.of());
    var looking = new TestEngine(workflow(task("1"), wait, task("3")));
    looking.arrive(REPLIED, Map.of());
    looking.start();
    looking.complete(Map.of());

    assertThat(looking.listeners()).containsOnlyKeys(2);
  }

  @Test
  void skipping_goes_on_behind_it_and_takes_listener_and_timer_back() {
    engine.start();

    assertThat(engine.take(new Input.Skip(1, "replied by phone", "ada")))
        .containsExactly(
            new Event.Skipped(1, 0, "1", "replied by phone", "ada"),
            new Event.TaskOpened(2, 0, "2", null));
    assertThat(engine.listeners()).isEmpty();
    assertThat(engine.timers()).isEmpty();
  }

  @Test
  void behind_the_steps_for_silence_comes_what_follows_the_wait() {
    var silent =
        new TestEngine(workflow(await("1", REPLIED, null, days(3), task("1.else.1")), task("2")));
    silent.start();
    silent.moveTo(silent.now().plus(Duration.ofDays(3)));

    assertThat(silent.complete(Map.of())).endsWith(new Event.TaskOpened(3, 0, "2", null));
  }
}
