package dev.evergreen.engine;

import static dev.evergreen.engine.Steps.decide;
import static dev.evergreen.engine.Steps.end;
import static dev.evergreen.engine.Steps.is;
import static dev.evergreen.engine.Steps.task;
import static dev.evergreen.engine.Steps.when;
import static dev.evergreen.engine.Steps.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.DecideStep.Table;
import dev.evergreen.engine.testing.TestEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecideStepTest {
  private static final DecideStep STEP =
      decide(
          "1",
          when(is("category", "refund"), task("1.0.1")),
          when(is("vip", true)),
          when(is("vip", false), end("1.2.1", "turned away")));

  private final TestEngine engine = new TestEngine(workflow(STEP, task("2")));

  @Test
  void the_first_branch_that_holds_is_taken_and_then_the_run_goes_on_after_it() {
    engine.know(Map.of("category", "refund", "vip", true));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", 0), new Event.TaskOpened(2, 0, "1.0.1", null));
    assertThat(engine.complete(Map.of())).endsWith(new Event.TaskOpened(3, 0, "2", null));
  }

  @Test
  void a_branch_may_be_empty() {
    engine.know(Map.of("category", "simple", "vip", true));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", 1), new Event.TaskOpened(2, 0, "2", null));
  }

  @Test
  void without_a_branch_that_holds_the_run_goes_on() {
    engine.know(Map.of("category", "simple", "vip", "maybe"));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", -1), new Event.TaskOpened(2, 0, "2", null));
  }

  @Test
  void an_end_inside_ends_the_run_at_once() {
    engine.know(Map.of("category", "simple", "vip", false));

    assertThat(engine.start())
        .endsWith(new Event.BranchTaken(1, 0, "1", 2), new Event.RunEnded("turned away"));
    assertThat(engine.tasks()).isEmpty();
  }

  @Test
  void a_condition_without_an_answer_is_a_fault_and_a_retry_asks_it_again() {
    assertThat(engine.start())
        .endsWith(
            new Event.FaultRaised(
                1,
                0,
                "1",
                "expected yes or no from `category == refund`, but found: nothing known as"
                    + " category"));

    engine.know(Map.of("category", "refund"));

    assertThat(engine.take(new Input.Retry(1, "ada")))
        .containsExactly(
            new Event.FaultCleared(1, "ada"),
            new Event.BranchTaken(1, 0, "1", 0),
            new Event.TaskOpened(2, 0, "1.0.1", null));
  }

  @Test
  void run_data_is_read_before_facts() {
    var asking =
        new TestEngine(
            workflow(
                task("1", null, Steps.field("category", true)),
                decide("2", when(is("category", "refund"), end("2.0.1", "refunded")))));
    asking.know(Map.of("category", "simple"));
    asking.start();

    assertThat(asking.complete(Map.of("category", "refund")))
        .endsWith(new Event.RunEnded("refunded"));
  }

  @Test
  void the_first_rule_of_a_table_that_holds_sets_data_and_the_branches_read_it() {
    var table =
        new Table(
            List.of(
                rule(is("solved", true), "none"),
                rule(is("solved", false), "simple"),
                rule(Condition.ALWAYS, "refund")),
            Table.Hit.FIRST);
    var step =
        new DecideStep(
            "1",
            "Rate",
            List.of(
                when(is("category", "refund"), task("1.0.1")),
                when(is("category", "simple"), task("1.1.1"))),
            table,
            List.of());
    var run = new TestEngine(workflow(step));

    assertThat(run.start(Map.of("solved", false)))
        .endsWith(
            new Event.RuleApplied(1, 0, "1", 1, Map.of("category", "simple")),
            new Event.BranchTaken(2, 0, "1", 1),
            new Event.TaskOpened(3, 0, "1.1.1", null));
    assertThat(run.run().data()).isEqualTo(Map.of("solved", false, "category", "simple"));
  }

  @Test
  void
      a_table_without_branches_goes_on_behind_the_step_and_so_does_one_without_a_rule_that_holds() {
    var run = rating(Table.Hit.UNIQUE, rule(is("solved", true), "refund"));

    assertThat(run.start(Map.of("solved", false)))
        .endsWith(
            new Event.RuleApplied(1, 0, "1", Event.BranchTaken.NONE, Map.of()),
            new Event.TaskOpened(2, 0, "2", null));
    assertThat(run.run().data()).isEqualTo(Map.of("solved", false));
  }

  @Test
  void of_a_table_with_one_hit_two_rules_that_hold_are_a_failure() {
    var run =
        rating(
            Table.Hit.UNIQUE,
            rule(is("solved", true), "simple"),
            rule(Condition.ALWAYS, "simple"),
            rule(Condition.ALWAYS, "refund"));

    assertThat(run.start(Map.of("solved", false)))
        .endsWith(
            new Event.FaultRaised(1, 0, "1", "expected one rule to hold, but found rules 2 and 3"));
  }

  @Test
  void the_one_rule_that_holds_applies_wherever_it_stands() {
    var run =
        rating(
            Table.Hit.UNIQUE, rule(Condition.ALWAYS, "refund"), rule(is("solved", true), "simple"));

    assertThat(run.start(Map.of("solved", false)))
        .contains(new Event.RuleApplied(1, 0, "1", 0, Map.of("category", "refund")));
  }

  @Test
  void what_a_rule_sets_has_to_fit() {
    var run = rating(Table.Hit.FIRST, rule(Condition.ALWAYS, "odd"));

    assertThat(run.start())
        .endsWith(
            new Event.FaultRaised(
                1,
                0,
                "1",
                "expected one of simple, refund as `category` from rule 1, but found “odd”"));
  }

  /// A run that decides by a table and goes on with a task.
  private static TestEngine rating(Table.Hit hit, Table.Rule... rules) {
    var table = new Table(List.of(rules), hit);
    var decide = new DecideStep("1", "Rate", List.of(), table, List.of());
    return new TestEngine(workflow(decide, task("2")));
  }

  private static Table.Rule rule(Condition when, String category) {
    return new Table.Rule(when, Map.of("category", Term.of(category)));
  }
}
