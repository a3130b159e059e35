package dev.evergreen.language.diagram;

import dev.evergreen.language.diagram.Shape.Point;
import dev.evergreen.language.diagram.Shape.Tip;
import java.util.ArrayList;
import java.util.List;

/// Draws on the drawing: keeps the shapes in the order in which they lie on one another.
final class Pen {
  /// How far a hook reaches towards the axis.
  private static final int HOOK = 14;

  private final List<Shape> shapes = new ArrayList<>();

  List<Shape> shapes() {
    return shapes;
  }

  void add(Shape shape) {
    shapes.add(shape);
  }

  /// How many shapes there are: where one has to lie that is below all that follow.
  int place() {
    return shapes.size();
  }

  void add(int place, Shape shape) {
    shapes.add(place, shape);
  }

  void wire(boolean taken, Tip tip, Point... corners) {
    shapes.add(new Shape.Wire(List.of(corners), taken, false, tip, 0));
  }

  void wire(boolean taken, double weight, Point... corners) {
    shapes.add(new Shape.Wire(List.of(corners), taken, false, Tip.NONE, weight));
  }

  /// A short hook towards the axis on the left, onto which the way comes back.
  void back(int axis, int y, boolean taken) {
    wire(
        taken, Tip.ARROW, at(axis, y), at(axis, y + Layout.FORK), at(axis - HOOK, y + Layout.FORK));
  }

  static Point at(int x, int y) {
    return new Point(x, y);
  }
}
