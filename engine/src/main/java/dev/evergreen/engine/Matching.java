package dev.evergreen.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which steps and handlers of two versions of a workflow are the same ones.
///
/// Two sequences that are in the same place are compared like two versions of a text: what has the
/// same kind and title is the same step, in the longest common order; what is left between two such
/// is paired by kind where as many are left on both sides, because a new title makes no new step.
/// Inside of a pair the comparison goes on. What a person has chosen comes first.
final class Matching {
  private final Map<String, String> steps = new HashMap<>();
  private final Map<String, String> handlers = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /// @param chosen ids of steps in `to` by ids of steps in `from`
  /// @throws IllegalArgumentException when a choice names two steps of different kinds
  Matching(Definition from, Definition to, Map<String, String> chosen) {
    chosen.forEach((old, now) -> choose(from.step(old, Step.class), to.step(now, Step.class)));
    chosen.forEach((old, now) -> inside(from.step(old, Step.class), to.step(now, Step.class)));
    match(from.steps(), to.steps());
    matchHandlers(from.handlers(), to.handlers());
  }

  /// The same step in the new version; null when there is none.
  @Nullable String step(String old) {
    return old.equals(Definition.WHOLE) ? old : steps.get(old);
  }

  @Nullable String handler(String old) {
    return handlers.get(old);
  }

  /// Whether a handler of the new version was there before.
  boolean isKnown(Handler now) {
    return handlers.containsValue(now.id());
  }

  private void choose(Step old, Step now) {
    if (old.getClass() != now.getClass()) {
      throw new IllegalArgumentException(
          "expected steps of one kind, but found “%s” and “%s”".formatted(old, now));
    }
    if (steps.containsKey(old.id()) || !taken.add(now.id())) {
      throw new IllegalArgumentException(
          "expected each step to be chosen once, but found %s and %s again"
              .formatted(old.id(), now.id()));
    }
    steps.put(old.id(), now.id());
  }

  private void pair(Step old, Step now) {
    taken.add(now.id());
    steps.put(old.id(), now.id());
    inside(old, now);
  }

  private void inside(Step old, Step now) {
    if (old instanceof DecideStep before && now instanceof DecideStep after) {
      matchBranches(before.branches(), after.branches());
    } else {
      int parts = Math.min(old.parts().size(), now.parts().size());
      for (int i = 0; i < parts; i++) {
        match(old.parts().get(i), now.parts().get(i));
      }
    }
    matchHandlers(old.handlers(), now.handlers());
  }

  /// Branches are the same by their condition, so that one more in front moves no steps.
  private void matchBranches(List<DecideStep.Branch> old, List<DecideStep.Branch> now) {
    for (DecideStep.Branch before : old) {
      now.stream()
          .filter(after -> source(after.when()).equals(source(before.when())))
          .findFirst()
          .ifPresent(after -> match(before.steps(), after.steps()));
    }
  }

  private void match(List<Step> allOld, List<Step> allNow) {
    List<Step> old = allOld.stream().filter(step -> !steps.containsKey(step.id())).toList();
    List<Step> now = allNow.stream().filter(step -> !taken.contains(step.id())).toList();
    int[][] common = commonLengths(old, now);
    int o = 0;
    int n = 0;
    var oldGap = new ArrayList<Step>();
    var nowGap = new ArrayList<Step>();
    while (o < old.size() && n < now.size()) {
      if (same(old.get(o), now.get(n))) {
        fill(oldGap, nowGap);
        pair(old.get(o++), now.get(n++));
      } else if (common[o + 1][n] >= common[o][n + 1]) {
        oldGap.add(old.get(o++));
      } else {
        nowGap.add(now.get(n++));
      }
    }
    oldGap.addAll(old.subList(o, old.size()));
    nowGap.addAll(now.subList(n, now.size()));
    fill(oldGap, nowGap);
  }

  /// How many steps the rests of both sequences have in common, from each position on.
  private static int[][] commonLengths(List<Step> old, List<Step> now) {
    var common = new int[old.size() + 1][now.size() + 1];
    for (int o = old.size() - 1; o >= 0; o--) {
      for (int n = now.size() - 1; n >= 0; n--) {
        common[o][n] =
            same(old.get(o), now.get(n))
                ? common[o + 1][n + 1] + 1
                : Math.max(common[o + 1][n], common[o][n + 1]);
      }
    }
    return common;
  }

  /// Pairs what is left between two steps that are the same, and forgets it.
  private void fill(List<Step> oldGap, List<Step> nowGap) {
    for (Step old : oldGap) {
      List<Step> alike = ofKind(old, oldGap);
      List<Step> candidates = ofKind(old, nowGap);
      if (alike.size() == candidates.size()) {
        pair(old, candidates.get(alike.indexOf(old)));
      }
    }
    oldGap.clear();
    nowGap.clear();
  }

  private static List<Step> ofKind(Step step, List<Step> among) {
    return among.stream().filter(it -> it.getClass() == step.getClass()).toList();
  }

  private static boolean same(Step old, Step now) {
    return old.getClass() == now.getClass() && old.title().equals(now.title());
  }

  private void matchHandlers(List<Handler> old, List<Handler> now) {
    for (Handler before : old) {
      now.stream()
          .filter(after -> !handlers.containsValue(after.id()) && same(before, after))
          .findFirst()
          .ifPresent(after -> {
            handlers.put(before.id(), after.id());
            match(before.steps(), after.steps());
          });
    }
  }

  /// Handlers are the same when they fire at the same.
  private static boolean same(Handler old, Handler now) {
    return old.alongside() == now.alongside()
        && source(old.unless()).equals(source(now.unless()))
        && cause(old.trigger()).equals(cause(now.trigger()));
  }

  private static List<?> cause(Handler.Trigger trigger) {
    return switch (trigger) {
      case Handler.Trigger.OnEvent(var events, var when) ->
          Stream.concat(events.stream(), Stream.of(source(when))).toList();
      case Handler.Trigger.After(Span span) -> List.of(span);
      case Handler.Trigger.OnFailure() -> List.of();
    };
  }

  private static String source(@Nullable Condition condition) {
    return condition == null ? "" : condition.source();
  }
}
