package dev.evergreen.server.workflow.shipped;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.WaitStep;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The ways that a workflow can go: each branch, rule and handler, each end of a wait, a question
/// and a loop.
final class Ways {
  private static final String CAME = "it came";
  private static final String TIME_PASSED = "time passed";
  private static final String MET = "until it held";
  private static final String USED_UP = "rounds used up";

  private Ways() {}

  record Way(String step, String which) {}

  /// All that a definition has, in its order.
  static SequencedSet<Way> of(Definition definition) {
    var ways = new LinkedHashSet<Way>();
    all(definition.steps(), definition.handlers()).forEach(ways::add);
    return ways;
  }

  /// Those that a run has taken.
  static Set<Way> takenIn(List<Event> history) {
    var steps = new HashMap<Integer, String>();
    var ways = new LinkedHashSet<Way>();
    for (var event : history) {
      if (event instanceof Event.OfStep of) {
        steps.put(of.activation(), of.step());
      }
      switch (event) {
        case Event.BranchTaken taken -> ways.add(branch(taken.step(), taken.branch()));
        case Event.RuleApplied applied -> ways.add(rule(applied.step(), applied.rule()));
        case Event.HandlerFired fired -> ways.add(handler(fired.handler()));
        case Event.WaitMet met -> ways.add(new Way(step(steps, met), CAME));
        case Event.WaitEnded over -> ways.add(new Way(step(steps, over), TIME_PASSED));
        case Event.QuestionAnswered met -> ways.add(new Way(step(steps, met), CAME));
        case Event.QuestionEnded over -> ways.add(new Way(step(steps, over), TIME_PASSED));
        case Event.RoundsEnded over ->
            ways.add(new Way(step(steps, over), over.exhausted() ? USED_UP : MET));
        default -> {
          // Goes on in one way only.
        }
      }
    }
    return ways;
  }

  private static String step(Map<Integer, String> steps, Event.OfActivation event) {
    return Objects.requireNonNull(steps.get(event.activation()), "expected a step before " + event);
  }

  private static Stream<Way> all(List<Step> steps, List<Handler> handlers) {
    return Stream.concat(
        steps.stream().flatMap(Ways::ofStep),
        handlers.stream()
            .flatMap(it -> Stream.concat(Stream.of(handler(it.id())), all(it.steps(), List.of()))));
  }

  private static Stream<Way> ofStep(Step step) {
    var inside = step.parts().stream().flatMap(part -> all(part, List.of()));
    return Stream.of(own(step), inside, all(List.of(), step.handlers())).flatMap(ways -> ways);
  }

  private static Stream<Way> own(Step step) {
    return switch (step) {
      case DecideStep decide when decide.table() != null ->
          IntStream.range(0, decide.table().rules().size()).mapToObj(it -> rule(step.id(), it));
      case DecideStep decide -> branches(decide);
      case WaitStep wait when !wait.events().isEmpty() -> both(step, CAME, TIME_PASSED);
      case AskStep _ -> both(step, CAME, TIME_PASSED);
      case RepeatStep _ -> both(step, MET, USED_UP);
      default -> Stream.of();
    };
  }

  /// A decision without `otherwise` has one way more: past it.
  private static Stream<Way> branches(DecideStep decide) {
    var last = decide.branches().getLast().when();
    int first = last.equals(Condition.ALWAYS) ? 0 : Event.BranchTaken.NONE;
    return IntStream.range(first, decide.branches().size()).mapToObj(it -> branch(decide.id(), it));
  }

  private static Stream<Way> both(Step step, String one, String other) {
    return Stream.of(new Way(step.id(), one), new Way(step.id(), other));
  }

  private static Way branch(String step, int branch) {
    return new Way(step, branch == Event.BranchTaken.NONE ? "no branch" : "branch " + (branch + 1));
  }

  private static Way rule(String step, int rule) {
    return new Way(step, "rule " + (rule + 1));
  }

  private static Way handler(String id) {
    return new Way(id, "handler fired");
  }
}
