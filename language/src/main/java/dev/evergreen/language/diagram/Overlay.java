package dev.evergreen.language.diagram;

import dev.evergreen.language.diagram.Figures.Figure;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is drawn on the tree besides the tree: the path of one run, or the figures of many.
///
/// @param said how what the drawing says by itself is said in the reader's language
record Overlay(@Nullable RunPath path, @Nullable Figures figures, UnaryOperator<String> said) {
  static final Overlay NONE = new Overlay(null, null, UnaryOperator.identity());

  /// Null without a run.
  @Nullable Standing standing(String step) {
    return path == null ? null : path.standing(step);
  }

  boolean reached(String step) {
    return path != null && path.reached(step);
  }

  boolean repeated(String step) {
    return path != null && path.times().getOrDefault(step, 0) > 1;
  }

  int times(String step) {
    return path == null ? 0 : path.times().getOrDefault(step, 0);
  }

  boolean took(Way way) {
    return path != null && path.took(way);
  }

  boolean leftBy(Way way) {
    return path != null && path.leftBy(way);
  }

  boolean isOver() {
    return path != null && path.over();
  }

  @Nullable Figure figure(String step) {
    return figures == null ? null : figures.steps().get(step);
  }

  @Nullable Long count(Way way) {
    return figures == null ? null : figures.ways().get(way.id());
  }

  @Nullable Duration longest() {
    return figures == null ? null : figures.longest();
  }

  /// Which part of all traffic comes to the step, from 0 to 1; 0 when nothing is known.
  double share(String step) {
    var figure = figure(step);
    return figure == null ? 0 : share(figure.visits());
  }

  double wayShare(Way way) {
    if (way.id().isEmpty()) { // what goes on behind a block beside its handlers
      return way.steps().isEmpty() ? 0 : share(way.steps().getLast().id());
    }
    Long count = count(way);
    return count == null ? 0 : share(count);
  }

  private double share(long count) {
    long most = 1;
    if (figures != null) {
      for (Figure figure : figures.steps().values()) {
        most = Math.max(most, figure.visits());
      }
    }
    return Math.min(1, (double) count / most);
  }
}
