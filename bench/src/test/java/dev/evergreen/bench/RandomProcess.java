package dev.evergreen.bench;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Makes trees of every block that BPMN has a word for, at least four blocks deep, from a seed.
///
/// Both engines may take steps of parallel branches in any order within one transaction. So
/// whatever else could see that order is left out: a parallel branch begins with a person's step,
/// and data changes only where one token moves.
final class RandomProcess {
  static final String FAILING = "may.fail";
  static final List<String> FLAGS = List.of("a", "b", "c");

  private static final int DEPTH = 4;
  private static final int DEEPEST = 6;
  private static final Span HOUR = new Span(1, Span.Unit.HOURS, false);
  private static final Map<String, ValueType> DATA =
      Map.of("a", new ValueType.Flag(), "b", new ValueType.Flag(), "c", new ValueType.Flag());
  private static final List<Condition> CONDITIONS =
      List.of(
          condition("a", false),
          condition("b", true),
          condition("c", false),
          condition("a", true),
          new Condition("a && b", it -> flag(it, "a") && flag(it, "b")),
          new Condition("b || !c", it -> flag(it, "b") || !flag(it, "c")));

  private final RandomGenerator random;
  private int left;
  private int depth;
  private int parallel;
  private int handled;

  private RandomProcess(RandomGenerator random, int size) {
    this.random = random;
    this.left = size;
  }

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static Definition of(long seed) {
    var random = random(seed);
    while (true) {
      var made = new RandomProcess(random, 16 + random.nextInt(24)).whole("random_" + seed);
      if (depth(made.steps()) >= DEPTH) {
        return made;
      }
    }
  }

  private Definition whole(String id) {
    boolean interrupting = random.nextBoolean();
    var handlers =
        random.nextInt(4) > 0
            ? List.<Handler>of()
            : List.of(handler("on.1", !interrupting, random.nextInt(2)));
    return new Definition(
        id, 1, "Random", "ticket", List.of(), DATA, Set.of(), sequence("", 3, 6, false), handlers);
  }

  /// How many blocks deep it is.
  static int depth(List<Step> steps) {
    int deepest = 0;
    for (Step step : steps) {
      int inside = 0;
      for (var part : step.parts()) {
        inside = Math.max(inside, depth(part));
      }
      for (var handler : step.handlers()) {
        inside = Math.max(inside, depth(handler.steps()));
      }
      deepest = Math.max(deepest, 1 + inside);
    }
    return deepest;
  }

  /// @param waits whether it has to begin with a step that waits for a person
  private List<Step> sequence(String prefix, int least, int most, boolean waits) {
    depth++;
    int length = least + random.nextInt(most - least + 1);
    var steps = new ArrayList<Step>();
    for (int i = 1; i <= length && (left > 0 || i <= least); i++) {
      left--;
      steps.add(waits && i == 1 ? task(prefix + i, List.of()) : step(prefix + i));
      if (ends(steps.getLast())) {
        break;
      }
    }
    depth--;
    return steps;
  }

  private Step step(String id) {
    boolean leaf = left <= 0 || depth >= DEEPEST;
    return switch (leaf ? random.nextInt(5) : random.nextInt(16)) {
      case 0 -> task(id, handlers(id));
      case 1 -> action(id);
      case 2 -> new WaitStep(id, id, List.of(), null, HOUR, null, null, List.of(), List.of());
      case 3 -> random.nextInt(8) == 0 ? new EndStep(id, id, "end-" + id) : task(id, List.of());
      case 4 -> new CallStep(id, id, "called", Map.of(), Map.of(), handlers(id));
      case 5, 6 -> decide(id);
      case 7 -> parallel > 0 ? decide(id) : table(id);
      case 8, 9, 10 -> together(id);
      case 11, 12 -> repeat(id);
      case 13, 14 -> await(id);
      default -> ask(id);
    };
  }

  private static Step task(String id, List<Handler> handlers) {
    var form =
        FLAGS.stream()
            .map(flag -> new DoStep.Field(flag, flag, new ValueType.Flag(), false))
            .toList();
    return new DoStep(
        id, id, "", new DoStep.Assignee.Responsible(), null, form, List.of(), false, handlers);
  }

  private Step action(String id) {
    if (random.nextInt(3) == 0) {
      var steps = sequence(id + ".on.1.", 0, 2, false);
      var handler = new Handler(id + ".on.1", new Handler.Trigger.OnFailure(), null, false, steps);
      return new RunStep(id, id, FAILING, Map.of(), Map.of(), null, List.of(handler));
    }
    return new RunStep(id, id, handled > 0 ? FAILING : "note", Map.of(), Map.of(), null, List.of());
  }

  private Step decide(String id) {
    var handlers = handlers(id);
    boolean takes = takesFailures(handlers);
    handled += takes ? 1 : 0;
    var branches = new ArrayList<DecideStep.Branch>();
    IntStream.rangeClosed(1, 1 + random.nextInt(2))
        .forEach(i ->
            branches.add(
                new DecideStep.Branch(one(CONDITIONS), sequence(id + "." + i + ".", 0, 3, false))));
    if (random.nextBoolean()) {
      branches.add(
          new DecideStep.Branch(Condition.ALWAYS, sequence(id + ".otherwise.", 1, 2, false)));
    }
    handled -= takes ? 1 : 0;
    return new DecideStep(id, id, branches, null, handlers);
  }

  private Step table(String id) {
    var rules =
        List.of(
            new DecideStep.Table.Rule(one(CONDITIONS), Map.of("a", Term.of(random.nextBoolean()))),
            new DecideStep.Table.Rule(
                Condition.ALWAYS, Map.of("c", Term.of(random.nextBoolean()))));
    return new DecideStep(
        id, id, List.of(), new DecideStep.Table(rules, DecideStep.Table.Hit.FIRST), List.of());
  }

  private Step together(String id) {
    var handlers = handlers(id);
    boolean takes = takesFailures(handlers);
    handled += takes ? 1 : 0;
    parallel++;
    var branches =
        IntStream.rangeClosed(1, 2 + random.nextInt(2))
            .mapToObj(i -> sequence(id + "." + i + ".", 1, 3, true))
            .toList();
    parallel--;
    handled -= takes ? 1 : 0;
    var join = random.nextBoolean() ? TogetherStep.Join.ALL : TogetherStep.Join.ANY;
    return new TogetherStep(id, id, join, branches, handlers);
  }

  private Step repeat(String id) {
    var handlers = handlers(id);
    boolean takes = takesFailures(handlers);
    handled += takes ? 1 : 0;
    var body = sequence(id + ".", 1, 3, false);
    var otherwise = ends(body) ? List.<Step>of() : sequence(id + ".else.", 0, 2, false);
    handled -= takes ? 1 : 0;
    return new RepeatStep(
        id, id, 1 + random.nextInt(3), one(CONDITIONS), body, otherwise, handlers);
  }

  private Step await(String id) {
    var events = List.of("ticket.replied", "ticket.closed").subList(0, 1 + random.nextInt(2));
    var otherwise = sequence(id + ".else.", 0, 2, false);
    return new WaitStep(id, id, events, null, HOUR, null, null, otherwise, handlers(id));
  }

  private Step ask(String id) {
    var otherwise = sequence(id + ".else.", 0, 2, false);
    return new AskStep(
        id, id, "which", "a", new ValueType.Flag(), 1, HOUR, otherwise, handlers(id));
  }

  private List<Handler> handlers(String id) {
    if (left <= 0 || random.nextInt(4) > 0) {
      return List.of();
    }
    return IntStream.rangeClosed(1, 1 + random.nextInt(2))
        .mapToObj(i -> {
          int kind = i == 1 ? random.nextInt(3) : random.nextInt(2);
          boolean alongside = kind < 2 && random.nextBoolean();
          return handler(id + ".on." + i, alongside, kind);
        })
        .toList();
  }

  /// @param kind 0 for an event, 1 for a time, else a failure
  private Handler handler(String id, boolean alongside, int kind) {
    var trigger =
        switch (kind) {
          case 0 -> new Handler.Trigger.OnEvent(List.of("handler." + id), null);
          case 1 -> new Handler.Trigger.After(HOUR);
          default -> new Handler.Trigger.OnFailure();
        };
    parallel += alongside ? 1 : 0;
    var steps = sequence(id + ".", 0, 2, false);
    parallel -= alongside ? 1 : 0;
    return new Handler(id, trigger, null, alongside, steps);
  }

  private static boolean takesFailures(List<Handler> handlers) {
    return handlers.stream().anyMatch(it -> it.trigger() instanceof Handler.Trigger.OnFailure);
  }

  private static boolean ends(List<Step> steps) {
    return !steps.isEmpty() && ends(steps.getLast());
  }

  /// Whether nothing can follow.
  private static boolean ends(Step step) {
    boolean left = step.handlers().stream().anyMatch(it -> !it.alongside() && !ends(it.steps()));
    return !left
        && switch (step) {
          case EndStep _ -> true;
          case DecideStep it ->
              !it.branches().isEmpty()
                  && it.branches().getLast().when().equals(Condition.ALWAYS)
                  && it.branches().stream().allMatch(branch -> ends(branch.steps()));
          case TogetherStep it ->
              it.join() == TogetherStep.Join.ALL
                  ? it.branches().stream().anyMatch(RandomProcess::ends)
                  : it.branches().stream().allMatch(RandomProcess::ends);
          case RepeatStep it -> ends(it.steps());
          case DoStep _, RunStep _, AskStep _, WaitStep _, CallStep _ -> false;
        };
  }

  private static Condition condition(String name, boolean not) {
    return new Condition((not ? "!" : "") + name, values -> flag(values, name) != not);
  }

  private static boolean flag(Map<String, Object> values, String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
