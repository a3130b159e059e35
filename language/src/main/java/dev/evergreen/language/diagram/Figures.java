package dev.evergreen.language.diagram;

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
  /// @param median from its beginning to its end; null when nobody knows yet
  public record Figure(long visits, @Nullable Duration median) {}

  /// The longest median, against which the others are drawn; null when there is none.
  @Nullable Duration longest() {
    Duration longest = null;
    for (Figure figure : steps.values()) {
      Duration median = figure.median();
      if (median != null && (longest == null || median.compareTo(longest) > 0)) {
        longest = median;
      }
    }
    return longest;
  }

  /// The two largest units: `3 h 10`, `1 d 20 h`, `6 min`.
  static String words(Duration time) {
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
