package dev.evergreen.language.bpmn;

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
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// Steps made anew: with ids that say where they stand, or with handlers.
final class Rebuild {
  private Rebuild() {}

  /// The same steps with the ids that a file with them would give.
  static List<Step> numbered(List<Step> steps, String prefix) {
    return IntStream.range(0, steps.size())
        .mapToObj(i -> numbered(steps.get(i), prefix + (i + 1)))
        .toList();
  }

  static List<Handler> handlers(List<Handler> handlers, String prefix) {
    return IntStream.range(0, handlers.size())
        .mapToObj(i -> {
          var it = handlers.get(i);
          var id = prefix + (i + 1);
          return new Handler(
              id, it.trigger(), it.unless(), it.alongside(), numbered(it.steps(), id + "."));
        })
        .toList();
  }

  /// The same step with these handlers. An end has none.
  static Step with(Step step, List<Handler> handlers) {
    return copy(step, step.id(), handlers, (steps, _) -> steps);
  }

  /// The same question with what is done when no answer comes.
  static AskStep otherwise(AskStep it, List<Step> otherwise) {
    return asked(it, it.id(), otherwise, it.handlers());
  }

  private static Step numbered(Step step, String id) {
    return copy(step, id, handlers(step.handlers(), id + ".on."), Rebuild::numbered);
  }

  /// @param inner makes a part anew, from its steps and what their ids begin with
  private static Step copy(
      Step step,
      String id,
      List<Handler> handlers,
      BiFunction<List<Step>, String, List<Step>> inner) {
    return switch (step) {
      case DoStep it ->
          new DoStep(
              id,
              it.title(),
              it.instructions(),
              it.by(),
              it.within(),
              it.form(),
              it.checklist(),
              it.evidence(),
              handlers);
      case RunStep it ->
          new RunStep(id, it.title(), it.action(), it.with(), it.into(), it.retries(), handlers);
      case AskStep it -> asked(it, id, inner.apply(it.otherwise(), id + ".else."), handlers);
      case DecideStep it ->
          new DecideStep(id, it.title(), branches(it, id, inner), it.table(), handlers);
      case TogetherStep it ->
          new TogetherStep(
              id,
              it.title(),
              it.join(),
              IntStream.range(0, it.branches().size())
                  .mapToObj(i -> inner.apply(it.branches().get(i), id + "." + (i + 1) + "."))
                  .toList(),
              handlers);
      case RepeatStep it ->
          new RepeatStep(
              id,
              it.title(),
              it.atMost(),
              it.until(),
              inner.apply(it.steps(), id + "."),
              inner.apply(it.otherwise(), id + ".else."),
              handlers);
      case WaitStep it ->
          new WaitStep(
              id,
              it.title(),
              it.events(),
              it.when(),
              it.atMost(),
              it.until(),
              it.since(),
              inner.apply(it.otherwise(), id + ".else."),
              handlers);
      case CallStep it ->
          new CallStep(id, it.title(), it.workflow(), it.with(), it.into(), handlers);
      case EndStep it -> new EndStep(id, it.title(), it.outcome());
    };
  }

  private static AskStep asked(
      AskStep it, String id, List<Step> otherwise, List<Handler> handlers) {
    return new AskStep(
        id,
        it.title(),
        it.question(),
        it.into(),
        it.type(),
        it.attempts(),
        it.atMost(),
        otherwise,
        handlers);
  }

  private static List<DecideStep.Branch> branches(
      DecideStep step, String id, BiFunction<List<Step>, String, List<Step>> inner) {
    return IntStream.range(0, step.branches().size())
        .mapToObj(i -> {
          var branch = step.branches().get(i);
          boolean otherwise =
              i == step.branches().size() - 1 && branch.when().equals(Condition.ALWAYS);
          var prefix = id + (otherwise ? ".otherwise." : "." + (i + 1) + ".");
          return new DecideStep.Branch(branch.when(), inner.apply(branch.steps(), prefix));
        })
        .toList();
  }
}
