package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.ask;
import static dev.evergreen.engine.Steps.days;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static dev.evergreen.engine.testing.TestEngine.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.testing.TestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskStepTest {
  private static final Instant IN_TWO_DAYS = MONDAY.plus(Duration.ofDays(2));

  private final AskStep question = ask("1", 2, end("1.else.1", "silent"));
  private final TestEngine engine = new TestEngine(workflow(question, task("2")));

  @Test
  void the_customer_is_asked_and_has_an_end_to_answer_by() {
    assertThat(engine.start()).endsWith(new Event.QuestionAsked(1, 0, "1", 1, IN_TWO_DAYS));
    assertThat(engine.questions())
        .containsExactly(Map.entry(1, new Effect.AskCustomer(1, question, 1)));
    assertThat(engine.timers().get(1)).isEqualTo(new Effect.SetTimer(1, IN_TWO_DAYS));
    assertThat(engine.run().open())
        .containsExactly(new Activation.Question(1, 0, "1", 1, IN_TWO_DAYS));
  }

  @Test
  void an_answer_that_fits_becomes_run_data() {
    engine.start();

    assertThat(engine.answer(3L))
        .containsExactly(
            new Event.QuestionAnswered(1, Map.of("count", 3L)),
            new Event.TaskOpened(2, 0, "2", null));
    assertThat(engine.run().data()).isEqualTo(Map.of("count", 3L));
    assertThat(engine.timers()).isEmpty();
    assertThat(engine.questions()).isEmpty();
  }

  @Test
  void an_answer_that_does_not_fit_is_asked_for_again_until_the_attempts_are_used_up() {
    engine.start();

    assertThat(engine.answer("some"))
        .containsExactly(
            new Event.AnswerRefused(1, "expected a whole number, but found “some”"),
            new Event.QuestionAsked(1, 0, "1", 2, IN_TWO_DAYS));
    assertThat(engine.questions().get(1)).isEqualTo(new Effect.AskCustomer(1, question, 2));
    assertThat(engine.timers()).containsOnlyKeys(1);
    assertThat(engine.answer("many"))
        .containsExactly(
            new Event.AnswerRefused(1, "expected a whole number, but found “many”"),
            new Event.QuestionEnded(1),
            new Event.RunEnded("silent"));
    assertThat(engine.timers()).isEmpty();
    assertThat(engine.questions()).isEmpty();
  }

  @Test
  void a_blank_text_is_no_answer() {
    var text =
        new AskStep(
            "1", "Ask", "why", "note", new ValueType.Text(), 1, days(1), List.of(), List.of());
    var run = new TestEngine(workflow(text, task("2")));
    run.start();

    assertThat(run.answer(" "))
        .hasExactlyElementsOfTypes(
            Event.AnswerRefused.class, Event.QuestionEnded.class, Event.TaskOpened.class);
    assertThat(run.run().data()).isEmpty();
  }

  @Test
  void no_answer_in_time_goes_the_other_way_and_takes_the_question_back() {
    engine.start();

    assertThat(engine.moveTo(IN_TWO_DAYS))
        .containsExactly(new Event.QuestionEnded(1), new Event.RunEnded("silent"));
    assertThat(engine.questions()).isEmpty();
    assertThat(engine.take(new Input.Answered(1, 3L)))
        .containsExactly(new Event.Ignored("Answered for activation 1, which is over"));
  }

  @Test
  void a_timer_that_fires_early_is_set_again() {
    engine.start();

    assertThat(engine.take(new Input.TimerFired(1)))
        .containsExactly(
            new Event.Ignored(
                "a timer at 2026-03-02T10:00:00Z for activation 1, which waits until"
                    + " 2026-03-04T10:00:00Z"));
    assertThat(engine.timers().get(1)).isEqualTo(new Effect.SetTimer(1, IN_TWO_DAYS));
  }

  @Test
  void a_question_that_cannot_be_put_stops_the_run_and_a_retry_puts_it_again() {
    engine.start();
    engine.take(new Input.Failed(1, "no channel"));

    assertThat(engine.timers()).isEmpty();
    assertThat(engine.run().open())
        .containsExactly(
            new Activation.Fault(
                1, 0, "1", "no channel", new Activation.Question(1, 0, "1", 1, IN_TWO_DAYS)));
    assertThat(engine.take(new Input.Retry(1, "ada")))
        .containsExactly(
            new Event.FaultCleared(1, "ada"), new Event.QuestionAsked(1, 0, "1", 1, IN_TWO_DAYS));
    assertThat(engine.questions()).containsOnlyKeys(1);
    assertThat(engine.timers()).containsOnlyKeys(1);
  }

  @Test
  void a_question_that_is_put_again_after_its_end_gives_the_customer_the_whole_time() {
    engine.start();
    engine.take(new Input.Failed(1, "no channel"));
    var retried = IN_TWO_DAYS.plus(Duration.ofDays(1));
    var end = retried.plus(Duration.ofDays(2));
    engine.moveTo(retried);

    assertThat(engine.take(new Input.Retry(1, "ada")))
        .containsExactly(
            new Event.FaultCleared(1, "ada"), new Event.QuestionAsked(1, 0, "1", 1, end));
    assertThat(engine.timers().get(1)).isEqualTo(new Effect.SetTimer(1, end));
    engine.moveTo(end.minusSeconds(1));
    assertThat(engine.questions()).containsOnlyKeys(1);
    assertThat(engine.answer(3L)).startsWith(new Event.QuestionAnswered(1, Map.of("count", 3L)));
  }

  @Test
  void a_second_attempt_that_is_put_again_stays_the_second() {
    engine.start();
    engine.answer("some");
    engine.take(new Input.Failed(1, "no channel"));
    engine.moveTo(IN_TWO_DAYS);

    assertThat(engine.take(new Input.Retry(1, "ada")))
        .endsWith(new Event.QuestionAsked(1, 0, "1", 2, IN_TWO_DAYS.plus(Duration.ofDays(2))));
    assertThat(engine.answer("many"))
        .endsWith(new Event.QuestionEnded(1), new Event.RunEnded("silent"));
  }

  @Test
  void a_question_may_be_skipped_and_is_taken_back_then() {
    engine.start();

    assertThat(engine.take(new Input.Skip(1, "told by phone", "ada")))
        .containsExactly(
            new Event.Skipped(1, 0, "1", "told by phone", "ada"),
            new Event.TaskOpened(2, 0, "2", null));
    assertThat(engine.questions()).isEmpty();
    assertThat(engine.timers()).isEmpty();
  }

  @Test
  void it_asks_at_least_once() {
    assertThatThrownBy(() -> ask("1", 0)).hasMessage("expected 1 attempt or more, but found 0");
  }

  @Test
  void behind_the_steps_for_silence_comes_what_follows_the_question() {
    var silent = new TestEngine(workflow(ask("1", 2, task("1.else.1")), task("2")));
    silent.start();
    silent.moveTo(IN_TWO_DAYS);

    assertThat(silent.complete(Map.of())).endsWith(new Event.TaskOpened(3, 0, "2", null));
  }
}
