package dev.evergreen.language;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.BusinessHours;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Goes through a tree of steps with a clock, to see when a step is reached on the quickest or on
/// the longest way.
///
/// Actions take no time, and nothing fails. Time that passes while the customer is waited for is
/// theirs and does not count. Arriving earlier never makes a way end later, so the extreme of a
/// sequence is the extremes of its parts one after the other.
final class Journey {
  private static final int MOST_VISITS = 200_000;
  private static final Instant NEVER = Instant.MAX;

  private final Rules rules;
  private final Predicate<Step> goal;
  private final BusinessHours calendar;
  private final boolean deadlinesUsed;
  private final boolean quickest;
  private final Map<Instant, Optional<Way>> known = new HashMap<>();
  private int visits;

  /// @param deadlinesUsed whether people take all the time that they have, or none
  /// @param quickest whether the quickest way counts, or the longest
  Journey(
      Rules rules,
      Predicate<Step> goal,
      BusinessHours calendar,
      boolean deadlinesUsed,
      boolean quickest) {
    this.rules = rules;
    this.goal = goal;
    this.calendar = calendar;
    this.deadlinesUsed = deadlinesUsed;
    this.quickest = quickest;
  }

  /// A step on the way, and the time that it took.
  record Leg(String title, Duration took) {}

  /// A way up to an instant; endless when a step on it has no end.
  record Way(Instant start, Instant at, List<Leg> trail) {
    boolean isEndless() {
      return at.equals(NEVER);
    }

    Duration took() {
      return isEndless() ? Duration.ofDays(1_000_000) : Duration.between(start, at);
    }

    Way until(Instant later, String title) {
      if (isEndless() || later.equals(at)) {
        return this;
      }
      var longer = new ArrayList<>(trail);
      longer.add(
          new Leg(
              title,
              later.equals(NEVER) ? Duration.ofDays(1_000_000) : Duration.between(at, later)));
      return new Way(start, later, longer);
    }
  }

  /// @param reached when the goal was reached; null where it is not
  /// @param left when the way goes on without having reached it; null where it does not
  private record Passage(@Nullable Way reached, @Nullable Way left) {}

  /// When the goal is reached; empty when it is not on any way.
  Optional<Way> from(Instant start) {
    return known.computeIfAbsent(
        start,
        _ -> {
          var definition = rules.file().definition();
          var way = new Way(start, start, List.of());
          var whole = handled(way, sequence(definition.steps(), way), definition.handlers());
          return Optional.ofNullable(whole.reached());
        });
  }

  /// Whether there are more steps to go through than is worth while.
  boolean isTooLarge() {
    from(Instant.EPOCH);
    return visits > MOST_VISITS / 100;
  }

  private Passage sequence(List<Step> steps, Way from) {
    Way reached = null;
    Way way = from;
    for (var step : steps) {
      var passage = visit(step, way);
      reached = best(reached, passage.reached());
      way = passage.left();
      if (way == null) {
        return new Passage(reached, null);
      }
    }
    return new Passage(reached, way);
  }

  private Passage visit(Step step, Way from) {
    if (++visits > MOST_VISITS) {
      return new Passage(null, null);
    }
    var inside = handled(from, inside(step, from), step.handlers());
    if (!goal.test(step)) {
      return inside;
    }
    var there = step instanceof EndStep ? from : inside.left();
    return new Passage(best(inside.reached(), there), null);
  }

  private Passage inside(Step step, Way from) {
    return switch (step) {
      case RunStep _ -> new Passage(null, from);
      case EndStep _ -> new Passage(null, null);
      case DoStep it -> new Passage(null, from.until(done(it, from), it.title()));
      case AskStep it -> either(new Passage(null, from), sequence(it.otherwise(), from));
      case WaitStep it -> waited(it, from);
      case DecideStep it -> decided(it, from);
      case TogetherStep it -> together(it, from);
      case RepeatStep it -> repeated(it, from);
      case CallStep it -> called(it, from);
    };
  }

  private Instant done(DoStep step, Way from) {
    if (!deadlinesUsed || from.isEndless()) {
      return from.at();
    }
    return step.within() == null ? NEVER : later(from, step.within());
  }

  private Passage waited(WaitStep step, Way from) {
    if (step.events().isEmpty() && step.until() != null && !deadlinesUsed) {
      return new Passage(null, from);
    }
    if (step.events().isEmpty()) {
      return new Passage(null, from.until(later(from, step.atMost()), step.title()));
    }
    if (isForCustomer(step)) {
      return either(new Passage(null, from), sequence(step.otherwise(), from));
    }
    var end = from.until(later(from, step.atMost()), step.title());
    return either(new Passage(null, deadlinesUsed ? end : from), sequence(step.otherwise(), end));
  }

  private boolean isForCustomer(WaitStep step) {
    return step.events().stream()
        .flatMap(kind -> rules.catalogue().event(kind).stream())
        .anyMatch(EventType::byCustomer);
  }

  private Passage decided(DecideStep step, Way from) {
    Passage any = null;
    for (var branch : step.branches()) {
      any = either(any, sequence(branch.steps(), from));
    }
    boolean whole =
        step.branches().stream().anyMatch(branch -> branch.when().equals(Condition.ALWAYS));
    return any == null || !whole ? either(any, new Passage(null, from)) : any;
  }

  private Passage together(TogetherStep step, Way from) {
    Way reached = null;
    Way left = null;
    boolean all = step.join() == TogetherStep.Join.ALL;
    boolean through = !step.branches().isEmpty();
    for (var branch : step.branches()) {
      var passage = sequence(branch, from);
      reached = best(reached, passage.reached());
      if (passage.left() == null) {
        through &= !all;
      } else {
        left = left == null ? passage.left() : joined(left, passage.left(), all);
      }
    }
    return new Passage(reached, through ? left : null);
  }

  private static Way joined(Way one, Way other, boolean all) {
    return other.at().isAfter(one.at()) == all ? other : one;
  }

  private Passage repeated(RepeatStep step, Way from) {
    var any = new Passage(null, null);
    Way way = from;
    for (int round = 0; round < step.atMost(); round++) {
      var passage = sequence(step.steps(), way);
      any = either(any, passage);
      Way left = passage.left();
      if (left == null) {
        return any;
      }
      boolean noTime = left.at().equals(way.at());
      way = left;
      if (noTime || visits > MOST_VISITS) {
        break;
      }
    }
    return either(any, sequence(step.otherwise(), way));
  }

  /// What a called workflow takes, when it is known; else no time.
  private Passage called(CallStep step, Way from) {
    var file = rules.workflows().get(step.workflow());
    if (file == null || rules.findings().hasErrors()) {
      return new Passage(null, from);
    }
    var called = file.definition();
    var inner = ended(called.steps(), from);
    return new Passage(null, inner == null ? from : inner);
  }

  /// The end of a called run, by whichever step.
  private @Nullable Way ended(List<Step> steps, Way from) {
    var inner = new Journey(rules, EndStep.class::isInstance, calendar, deadlinesUsed, quickest);
    inner.visits = visits;
    var passage = inner.sequence(steps, from);
    visits = inner.visits;
    return inner.best(passage.reached(), passage.left());
  }

  /// With what may break in: handlers that cut a block off lead to their own steps.
  private Passage handled(Way from, Passage block, List<Handler> handlers) {
    var result = block;
    for (var handler : handlers) {
      if (!handler.alongside()) {
        result = handled(from, result, handler);
      }
    }
    return result;
  }

  private Passage handled(Way from, Passage block, Handler handler) {
    return switch (handler.trigger()) {
      case Handler.Trigger.OnFailure _ -> block;
      case Handler.Trigger.OnEvent _ ->
          either(
              block,
              sequence(handler.steps(), quickest || block.left() == null ? from : block.left()));
      case Handler.Trigger.After(Span span) -> {
        var cut = from.until(later(from, span), "after " + Spans.written(span));
        var within =
            handler.unless() == null
                ? new Passage(earlier(block.reached(), cut), earlier(block.left(), cut))
                : block;
        boolean fires = isLater(block.reached(), cut) || isLater(block.left(), cut);
        yield fires ? either(within, sequence(handler.steps(), cut)) : block;
      }
    };
  }

  private static boolean isLater(@Nullable Way way, Way cut) {
    return way != null && way.at().isAfter(cut.at());
  }

  private static @Nullable Way earlier(@Nullable Way way, Way cut) {
    return isLater(way, cut) ? cut : way;
  }

  private Instant later(Way from, Span span) {
    return from.isEndless() ? NEVER : calendar.add(from.at(), span);
  }

  private Passage either(@Nullable Passage one, Passage other) {
    return one == null
        ? other
        : new Passage(best(one.reached(), other.reached()), best(one.left(), other.left()));
  }

  private @Nullable Way best(@Nullable Way one, @Nullable Way other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    boolean better = quickest ? other.at().isBefore(one.at()) : other.at().isAfter(one.at());
    return better ? other : one;
  }
}
