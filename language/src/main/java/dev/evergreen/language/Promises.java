package dev.evergreen.language;

import dev.evergreen.engine.BusinessHours;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether a workflow can keep what it promises: the time from the start of a run to a milestone,
/// on its quickest and on its longest way.
///
/// Business and calendar time add up only on a calendar. Files know none, so an ordinary week is
/// taken, Monday to Friday from 9 to 17, and every hour of it as the start.
final class Promises {
  private static final BusinessHours WEEK =
      BusinessHours.mondayToFriday(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0));
  private static final String IN_THAT_WEEK = ", in a week of Monday to Friday from 9 to 17";
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final List<Instant> STARTS =
      IntStream.range(0, 7 * 24).mapToObj(hour -> MONDAY.plus(Duration.ofHours(hour))).toList();

  private final Rules rules;
  private final WorkflowFile file;

  Promises(Rules rules) {
    this.rules = rules;
    this.file = rules.file();
  }

  void check() {
    file.promises().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(promise -> check(promise.getKey(), promise.getValue()));
  }

  private void check(String milestone, Span promised) {
    var spot = rules.at("promise", milestone);
    Predicate<Step> reaches = step -> milestone.equals(file.milestones().get(step.id()));
    if (rules.steps().noneMatch(reaches) && milestone.equals(WorkflowFile.RESOLUTION)) {
      reaches = rules::isClosing;
    }
    if (rules.steps().noneMatch(reaches)) {
      rules
          .findings()
          .error(
              spot,
              "a promise of %s, which no step reaches".formatted(Wording.quoted(milestone)),
              "`milestone: %s` on a step".formatted(milestone),
              "mark the step with it, or take the promise out");
      return;
    }
    var quickest = new Journey(rules, reaches, WEEK, false, true);
    var longest = new Journey(rules, reaches, WEEK, true, false);
    if (quickest.isTooLarge() || longest.isTooLarge()) {
      return;
    }
    if (!isImpossible(milestone, promised, spot, quickest)) {
      slow(milestone, promised, spot, longest);
    }
  }

  private boolean isImpossible(String milestone, Span promised, Spot spot, Journey journey) {
    var worst = worst(journey, promised);
    if (worst == null) {
      return false;
    }
    rules
        .findings()
        .error(
            spot,
            "%s promised within %s, though the quickest way there takes %s"
                .formatted(
                    Wording.quoted(milestone), Spans.written(promised), needed(journey, promised)),
            "a promise that can be kept" + IN_THAT_WEEK,
            "shorten %s, or promise %s".formatted(slowest(worst), needed(journey, promised)));
    return true;
  }

  private void slow(String milestone, Span promised, Spot spot, Journey journey) {
    var worst = worst(journey, promised);
    if (worst == null) {
      return;
    }
    if (worst.isEndless()) {
      rules
          .findings()
          .warning(
              spot,
              "%s promised within %s, though %s may take for ever"
                  .formatted(
                      Wording.quoted(milestone),
                      Spans.written(promised),
                      Wording.quoted(worst.trail().getLast().title())),
              "an end for every step before it",
              "add `within:` there");
      return;
    }
    rules
        .findings()
        .warning(
            spot,
            "%s promised within %s, though with every deadline kept it can take %s"
                .formatted(
                    Wording.quoted(milestone), Spans.written(promised), needed(journey, promised)),
            "deadlines that add up to no more than the promise" + IN_THAT_WEEK,
            "shorten %s, or promise %s".formatted(slowest(worst), needed(journey, promised)));
  }

  /// The way that misses the promise by most; null when none does.
  private static Journey.@Nullable Way worst(Journey journey, Span promised) {
    return STARTS.stream()
        .flatMap(start ->
            journey.from(start).stream()
                .filter(way -> way.isEndless() || way.at().isAfter(WEEK.add(start, promised))))
        .max(Comparator.comparing(Journey.Way::took))
        .orElse(null);
  }

  /// What would have to be promised, in the promise's own unit.
  private static String needed(Journey journey, Span promised) {
    long amount = promised.amount();
    for (var start : STARTS) {
      for (var way : journey.from(start).stream().toList()) {
        while (!way.isEndless()
            && WEEK.add(start, like(promised, amount)).isBefore(way.at())
            && amount < 9_999) {
          amount++;
        }
      }
    }
    return Spans.written(like(promised, amount));
  }

  private static Span like(Span promised, long amount) {
    return new Span(amount, promised.unit(), promised.business());
  }

  /// The steps that take most of the way, longest first.
  private static String slowest(Journey.Way way) {
    return Wording.list(
        way.trail().stream()
            .sorted(Comparator.comparing(Journey.Leg::took).reversed())
            .map(Journey.Leg::title)
            .distinct()
            .limit(3)
            .toList());
  }
}
