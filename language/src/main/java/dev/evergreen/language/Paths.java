package dev.evergreen.language;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import java.util.List;
import java.util.stream.Stream;

/// Questions about the ways through a tree of steps.
final class Paths {
  private Paths() {}

  /// Whether the run has ended after the step, whatever happens.
  static boolean alwaysEnds(Step step) {
    return switch (step) {
      case EndStep _ -> true;
      case DecideStep decide ->
          decide.branches().stream().anyMatch(branch -> branch.when().equals(Condition.ALWAYS))
              && decide.branches().stream().allMatch(branch -> anyAlwaysEnds(branch.steps()));
      case RepeatStep repeat -> anyAlwaysEnds(repeat.steps());
      case TogetherStep together -> together.branches().stream().anyMatch(Paths::anyAlwaysEnds);
      case DoStep _, RunStep _, AskStep _, WaitStep _, CallStep _ -> false;
    };
  }

  /// Every step, those inside others included.
  static Stream<Step> all(List<Step> steps) {
    return steps.stream()
        .flatMap(step ->
            Stream.of(
                    Stream.of(step),
                    step.parts().stream().flatMap(Paths::all),
                    step.handlers().stream().flatMap(handler -> all(handler.steps())))
                .flatMap(inner -> inner));
  }

  private static boolean anyAlwaysEnds(List<Step> steps) {
    return steps.stream().anyMatch(Paths::alwaysEnds);
  }
}
