package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
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
      case DoStep _, RunStep _, WaitStep _ -> false;
    };
  }

  /// Every step, those inside others included.
  static Stream<Step> all(List<Step> steps) {
    return steps.stream()
        .flatMap(step ->
            Stream.concat(
                Stream.of(step),
                switch (step) {
                  case DecideStep decide ->
                      decide.branches().stream().flatMap(branch -> all(branch.steps()));
                  case RepeatStep repeat ->
                      Stream.concat(all(repeat.steps()), all(repeat.otherwise()));
                  case WaitStep wait -> all(wait.otherwise());
                  case DoStep _, RunStep _, EndStep _ -> Stream.<Step>empty();
                }));
  }

  private static boolean anyAlwaysEnds(List<Step> steps) {
    return steps.stream().anyMatch(Paths::alwaysEnds);
  }
}
