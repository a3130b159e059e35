package dev.evergreen.language.diagram;

import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import java.util.List;

/// How wide things would be if there were room for all of it: by that it is seen whether ways can
/// stand side by side.
///
/// @param card the width of a card
record Breadth(Cards cards, int card) {
  /// What the words on a way without steps may take.
  private static final int STRAIGHT_ON = 150;

  /// How wide ways would be side by side.
  int of(List<Way> ways) {
    int sum = -Layout.BETWEEN;
    for (Way way : ways) {
      sum += Layout.BETWEEN + column(way);
    }
    return sum;
  }

  int column(Way way) {
    if (way.steps().isEmpty()) {
      return Math.max(cards.labelWidth(way, STRAIGHT_ON), 2 * Layout.AXIS);
    }
    return Math.max(cards.labelWidth(way, card), wishOf(way.steps()));
  }

  private int wishOf(List<Step> steps) {
    int widest = card;
    for (Step step : steps) {
      var ways = Way.of(step, cards.scheme());
      var handlers = Way.of(step.handlers(), cards.scheme());
      int wish = ways.isEmpty() ? card : of(ways);
      if (step instanceof RepeatStep repeat) {
        wish = Math.max(wish, wishOf(repeat.steps()) + Layout.LOOP_LEFT + Layout.LOOP_RIGHT);
      }
      if (!handlers.isEmpty()) {
        wish = Math.max(wish + 2 * Layout.PAD, 2 * Layout.AXIS + Layout.BETWEEN + of(handlers));
      }
      widest = Math.max(widest, wish);
    }
    return widest;
  }
}
