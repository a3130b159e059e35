package dev.evergreen.language.diagram;

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
import dev.evergreen.language.Plain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way out of a block, from where the ways part to where they meet again.
///
/// @param id the common beginning of its steps' ids; ends in `.pass` when it goes straight on
/// @param says when it is taken
/// @param handler what it is entered by instead of by the block's end; null for an ordinary one
record Way(String id, String says, List<Step> steps, @Nullable Handler handler) {
  private static final String PASS = ".pass";

  Way {
    steps = List.copyOf(steps);
  }

  Way(String id, String says, List<Step> steps) {
    this(id, says, steps, null);
  }

  static List<Way> of(List<Handler> handlers, Words.Scheme scheme) {
    return handlers.stream()
        .map(one -> new Way(one.id(), Words.fires(one, scheme), one.steps(), one))
        .toList();
  }

  boolean isStraightOn() {
    return id.endsWith(PASS);
  }

  /// The ways that part after the head of `step`; none when there is only one way on. The one that
  /// goes straight on stands first.
  static List<Way> of(Step step, Words.Scheme scheme) {
    return switch (step) {
      case DecideStep it -> branches(it, scheme.plain());
      case WaitStep it when !it.otherwise().isEmpty() ->
          List.of(
              straightOn(it, Words.anyOf(it.events())),
              new Way(
                  it.id() + ".else", "Nothing within " + Plain.span(it.atMost()), it.otherwise()));
      case RepeatStep it when !it.otherwise().isEmpty() ->
          List.of(
              straightOn(it, "Enough"),
              new Way(
                  it.id() + ".else",
                  "Still not after %s".formatted(Words.times(it.atMost())),
                  it.otherwise()));
      case AskStep it when !it.otherwise().isEmpty() ->
          List.of(
              straightOn(it, "An answer"),
              new Way(
                  it.id() + ".else", "No answer in " + Plain.span(it.atMost()), it.otherwise()));
      case TogetherStep it -> branches(it);
      case WaitStep _, RepeatStep _, AskStep _, DoStep _, RunStep _, CallStep _, EndStep _ ->
          List.of();
    };
  }

  private static List<Way> branches(DecideStep step, Plain plain) {
    var ways = new ArrayList<Way>();
    boolean always = false;
    for (int i = 0; i < step.branches().size(); i++) {
      var branch = step.branches().get(i);
      always |= isOtherwise(step, i);
      ways.add(
          new Way(
              branchId(step, i),
              isOtherwise(step, i)
                  ? "Otherwise"
                  : Words.sentence(plain.condition(branch.when().source(), step.title())),
              branch.steps()));
    }
    if (!always && !ways.isEmpty()) {
      ways.addFirst(straightOn(step, "Otherwise"));
    }
    return ways;
  }

  private static List<Way> branches(TogetherStep step) {
    var ways = new ArrayList<Way>();
    for (int i = 1; i <= step.branches().size(); i++) {
      ways.add(
          new Way(
              step.id() + "." + i,
              "%d of %d".formatted(i, step.branches().size()),
              step.branches().get(i - 1)));
    }
    return ways;
  }

  /// The id of the way that a decision takes by its branch of that index, from 0; straight on below
  /// it.
  static String branchId(DecideStep step, int branch) {
    if (branch < 0) {
      return passId(step.id());
    }
    return step.id() + (isOtherwise(step, branch) ? ".otherwise" : "." + (branch + 1));
  }

  static String passId(String step) {
    return step + PASS;
  }

  private static Way straightOn(Step step, String says) {
    return new Way(passId(step.id()), says, List.of());
  }

  private static boolean isOtherwise(DecideStep step, int branch) {
    return branch == step.branches().size() - 1
        && step.branches().get(branch).when().equals(Condition.ALWAYS);
  }
}
