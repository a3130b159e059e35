package dev.evergreen.language.diagram;

import dev.evergreen.engine.DecideStep;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened in many runs, to be drawn on the tree: counts on steps and ways, times on steps.
///
/// @param steps by the step's id
/// @param ways how often each way out of a block was taken, by its id: `3.1` for the first branch
///   of step 3, `3.otherwise`, `3.else`, `3.on.1` for a handler, `3.pass` for going straight on
public record Figures(Map<String, Figure> steps, Map<String, Long> ways) {
  public Figures {
    steps = Map.copyOf(steps);
    ways = Map.copyOf(ways);
  }

  /// @param visits how often the step was begun
  /// @param skipped how many of the visits a person ended by leaving the step out
  /// @param median from its beginning to its end; null when nobody knows yet
  public record Figure(long visits, long skipped, @Nullable Duration median) {}

  /// The id of the way that a decision takes by a branch, counted from 0.
  public static String way(DecideStep step, int branch) {
    return Way.branchId(step, branch);
  }

  /// Below this a time says no more than that it took none.
  public static final Duration LEAST = Duration.ofMinutes(1);

  /// The step of the longest median, against which the others are drawn; null when none takes time.
  /// A block is as long as what is inside of it, which says more.
  public @Nullable String slowest() {
    String slowest = null;
    Duration longest = null;
    for (var step : steps.entrySet()) {
      Duration median = step.getValue().median();
      if (median != null
          && median.compareTo(LEAST) >= 0
          && (longest == null || median.compareTo(longest) > 0)
          && !isBlock(step.getKey())) {
        slowest = step.getKey();
        longest = median;
      }
    }
    return slowest;
  }

  public boolean isBlock(String step) {
    return steps.keySet().stream().anyMatch(other -> other.startsWith(step + "."));
  }

  /// The longest median; null when no step takes time.
  public @Nullable Duration longest() {
    String slowest = slowest();
    var figures = slowest == null ? null : steps.get(slowest);
    return figures == null ? null : figures.median();
  }

  /// The two largest units: `3 h 10`, `1 d 20 h`, `6 min`.
  public static String words(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return time.toSeconds() + " s";
    }
    if (time.compareTo(Duration.ofHours(1)) < 0) {
      return time.toMinutes() + " min";
    }
    return time.compareTo(Duration.ofDays(1)) < 0
        ? "%d h %02d".formatted(time.toHours(), time.toMinutesPart())
        : "%d d %d h".formatted(time.toDays(), time.toHoursPart());
  }
}
