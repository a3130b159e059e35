package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.businessHours;
import static dev.evergreen.engine.Steps.field;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.testing.TestEngine;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoStepTest {
  private final TestEngine engine =
      new TestEngine(
          workflow(
              task("1", businessHours(9), field("category", true), field("count", false)),
              task("2")));

  @Test
  void a_person_is_asked_with_a_due_time_in_business_time() {
    var events = engine.start();

    var dueAt = Instant.parse("2026-03-03T11:00:00Z");
    assertThat(events)
        .containsExactly(
            new Event.RunStarted("issue-resolution", 1, Map.of()),
            new Event.TaskOpened(1, 0, "1", dueAt));
    assertThat(engine.tasks().get(1)).extracting(Effect.OpenTask::dueAt).isEqualTo(dueAt);
    assertThat(engine.timers()).isEmpty();
  }

  @Test
  void answers_become_run_data_and_the_next_step_begins() {
    engine.start();

    var events = engine.complete(Map.of("category", "refund", "count", 2L));

    assertThat(events)
        .containsExactly(
            new Event.TaskCompleted(1, Map.of("category", "refund", "count", 2L), null, "ada"),
            new Event.TaskOpened(2, 0, "2", null));
    assertThat(engine.run().data()).isEqualTo(Map.of("category", "refund", "count", 2L));
  }

  @Test
  void answers_that_do_not_fit_the_form_are_rejected_in_a_sentence() {
    engine.start();

    assertThat(problem(Map.of()))
        .isEqualTo("expected one of simple, refund for “The category”, but found no answer");
    assertThat(problem(Map.of("category", " ")))
        .isEqualTo("expected one of simple, refund for “The category”, but found no answer");
    assertThat(problem(Map.of("category", "gift")))
        .isEqualTo("expected one of simple, refund for “The category”, but found “gift”");
    assertThat(problem(Map.of("category", "simple", "count", "two")))
        .isEqualTo("expected a whole number for “The count”, but found “two”");
    assertThat(problem(Map.of("category", "simple", "mood", "good")))
        .isEqualTo("expected only answers to category, count, but found mood");
    assertThat(engine.history()).hasSize(2);
  }

  @Test
  void a_step_without_a_form_takes_no_answers() {
    engine.start();
    engine.complete(Map.of("category", "refund"));

    assertThat(engine.offer(completed(2, Map.of("mood", "good"))))
        .isEqualTo(
            new Decision.Rejected(
                Decision.Reason.WRONG_ANSWERS,
                "expected no answers, because this step has no form, but found mood"));
  }

  @Test
  void skipping_needs_a_reason_and_sets_nothing() {
    engine.start();

    assertThat(engine.offer(new Input.Skip(1, " ", "ada")))
        .isEqualTo(
            new Decision.Rejected(
                Decision.Reason.WRONG_ANSWERS, "expected a reason for skipping, but found none"));
    assertThat(engine.take(new Input.Skip(1, "a duplicate", "ada")))
        .startsWith(new Event.Skipped(1, 0, "1", "a duplicate", "ada"));
    assertThat(engine.run().data()).isEmpty();
  }

  @Test
  void a_second_completion_is_recorded_and_changes_nothing() {
    engine.start();
    engine.complete(Map.of("category", "refund"));
    var before = engine.run();

    assertThat(engine.take(completed(1, Map.of("category", "simple"))))
        .containsExactly(new Event.Ignored("TaskCompleted for activation 1, which is over"));
    assertThat(engine.run()).isEqualTo(before);
  }

  private String problem(Map<String, Object> answers) {
    return engine.offer(completed(1, answers))
                instanceof Decision.Rejected(Decision.Reason reason, String detail)
            && reason == Decision.Reason.WRONG_ANSWERS
        ? detail
        : "accepted";
  }

  private static Input completed(int activation, Map<String, Object> answers) {
    return new Input.TaskCompleted(activation, new DoStep.Answers(answers), "bob");
  }

  @Test
  void somebody_else_may_be_asked() {
    var to = new DoStep.Assignee.Person("7");
    engine.start();

    assertThat(engine.decide(new Input.Reassign(1, to, "ada")))
        .isEqualTo(
            new Decision.Accepted(
                List.of(new Event.TaskReassigned(1, to, "ada")),
                List.of(new Effect.ReassignTask(1, to)),
                engine.run()));
    var before = engine.run();
    engine.take(new Input.Reassign(1, to, "ada"));
    assertThat(engine.run()).isEqualTo(before);
  }

  @Test
  void where_evidence_is_asked_for_a_task_is_not_completed_without() {
    var step =
        new DoStep(
            "1",
            "Repair",
            "",
            new DoStep.Assignee.Team("field"),
            null,
            List.of(),
            List.of(),
            true,
            List.of());
    var repair = new TestEngine(Steps.workflow(step));
    repair.start();

    for (var evidence : Arrays.asList(null, " ")) {
      assertThat(
              repair.offer(
                  new Input.TaskCompleted(1, new DoStep.Answers(Map.of(), evidence), "bob")))
          .isEqualTo(
              new Decision.Rejected(
                  Decision.Reason.WRONG_ANSWERS,
                  "expected evidence that it was done, but found none"));
    }
    assertThat(
            repair.take(new Input.TaskCompleted(1, new DoStep.Answers(Map.of(), "file 12"), "bob")))
        .startsWith(new Event.TaskCompleted(1, Map.of(), "file 12", "bob"));
  }
}
