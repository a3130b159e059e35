package dev.evergreen.language;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
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
    // A handler that cuts the step off may lead on to the steps below it.
    return step.handlers().stream().allMatch(it -> it.alongside() || anyAlwaysEnds(it.steps()))
        && switch (step) {
          case EndStep _ -> true;
          case DecideStep decide ->
              decide.branches().stream().anyMatch(branch -> branch.when().equals(Condition.ALWAYS))
                  && decide.branches().stream().allMatch(branch -> anyAlwaysEnds(branch.steps()));
          case TogetherStep together ->
              together.join() == TogetherStep.Join.ALL
                  ? together.branches().stream().anyMatch(Paths::anyAlwaysEnds)
                  : together.branches().stream().allMatch(Paths::anyAlwaysEnds);
          case RepeatStep repeat -> anyAlwaysEnds(repeat.steps());
          case DoStep _, RunStep _, AskStep _, WaitStep _, CallStep _ -> false;
        };
  }

  /// Every step, those inside others and in handlers included.
  static Stream<Step> all(List<Step> steps, List<Handler> handlers) {
    return Stream.concat(
        steps.stream()
            .flatMap(step ->
                Stream.concat(
                    Stream.of(step),
                    Stream.concat(
                        step.parts().stream().flatMap(part -> all(part, List.of())),
                        all(List.of(), step.handlers())))),
        handlers.stream().flatMap(handler -> all(handler.steps(), List.of())));
  }

  static boolean anyAlwaysEnds(List<Step> steps) {
    return steps.stream().anyMatch(Paths::alwaysEnds);
  }
}
