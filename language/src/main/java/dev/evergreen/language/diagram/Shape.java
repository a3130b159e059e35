package dev.evergreen.language.diagram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing on the drawing. Boxes of cards and labels never meet one another; frames hold them.
sealed interface Shape {

  /// A step, or the head of a block.
  ///
  /// @param bare without a border of its own, because it is the head of a frame
  record Card(Box box, Icon icon, List<Line> lines, Link link, boolean bare, @Nullable Bar bar)
      implements Shape {
    public Card {
      lines = List.copyOf(lines);
    }

    /// With room for markers on its lower border.
    Card taller(int by) {
      var more = new Box(box.x(), box.y(), box.width(), box.height() + by);
      return new Card(more, icon, lines, link, bare, bar);
    }
  }

  /// Where a card leads, and how it stands in the run that is drawn; null without a run.
  ///
  /// @param step empty when it is no step: the start, or the end after the last one
  /// @param says all of the card's text, uncut
  record Link(String step, String says, @Nullable Standing standing) {}

  /// One line of text. Its box is the room that it takes.
  record Line(Box box, String text, Style style) {}

  enum Style {
    TITLE(14, 20, 1.04),
    ABOUT(12, 17, 1.0),
    LABEL(12, 17, 1.04);

    private final int size;
    private final int leading;
    private final double breadth;

    Style(int size, int leading, double breadth) {
      this.size = size;
      this.leading = leading;
      this.breadth = breadth;
    }

    int size() {
      return size;
    }

    int leading() {
      return leading;
    }

    /// Beside the measured semibold, with a little air for the fonts that stand in for it.
    double breadth() {
      return breadth;
    }
  }

  /// How long a step takes beside the one that takes longest.
  record Bar(Box box, boolean longest) {}

  /// Around everything that belongs to a block.
  ///
  /// @param loop whether it stands for a repetition; else it only bears handlers
  record Frame(Box box, boolean loop, @Nullable Standing standing) implements Shape {}

  /// What a way is taken for.
  record Label(Box box, List<Line> lines, String says, boolean taken, boolean dashed)
      implements Shape {
    public Label {
      lines = List.copyOf(lines);
    }
  }

  /// A handler, on the border of its block.
  record Marker(Box box, Icon icon, boolean alongside, boolean taken) implements Shape {}

  /// @param corners the ends and turns, which are drawn round
  /// @param weight from 0 to 1: how much of the traffic goes this way
  record Wire(List<Point> corners, boolean taken, boolean dashed, Tip tip, double weight)
      implements Shape {
    public Wire {
      corners = List.copyOf(corners);
    }
  }

  enum Tip {
    NONE,
    ARROW,
    /// The way is over, and the main one goes on by itself.
    DOT
  }

  record Point(int x, int y) {}

  /// Where ways part that are gone at the same time, and where they meet again.
  record Sync(Box box, boolean taken) implements Shape {}
}
