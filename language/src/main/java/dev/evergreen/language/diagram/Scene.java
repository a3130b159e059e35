package dev.evergreen.language.diagram;

import dev.evergreen.language.diagram.Shape.Card;
import dev.evergreen.language.diagram.Shape.Frame;
import dev.evergreen.language.diagram.Shape.Label;
import dev.evergreen.language.diagram.Shape.Marker;
import dev.evergreen.language.diagram.Shape.Point;
import dev.evergreen.language.diagram.Shape.Sync;
import dev.evergreen.language.diagram.Shape.Wire;
import java.util.List;

/// Everything on a drawing, and how large it came out.
record Scene(List<Shape> shapes, int width, int height) {
  /// Room for the tip of a way that ends lowest.
  private static final int MARGIN = 5;

  Scene {
    shapes = List.copyOf(shapes);
  }

  static Scene of(List<Shape> shapes) {
    int right = 0;
    int bottom = 0;
    for (Shape shape : shapes) {
      var box = bounds(shape);
      right = Math.max(right, box.right());
      bottom = Math.max(bottom, box.bottom());
    }
    return new Scene(shapes, right + 1, bottom + MARGIN);
  }

  static Box bounds(Shape shape) {
    return switch (shape) {
      case Card it -> it.box();
      case Frame it -> it.box();
      case Label it -> it.box();
      case Marker it -> it.box();
      case Sync it -> it.box();
      case Wire it -> {
        int left = it.corners().stream().mapToInt(Point::x).min().orElseThrow();
        int right = it.corners().stream().mapToInt(Point::x).max().orElseThrow();
        int top = it.corners().stream().mapToInt(Point::y).min().orElseThrow();
        int bottom = it.corners().stream().mapToInt(Point::y).max().orElseThrow();
        yield new Box(left, top, right - left, bottom - top);
      }
    };
  }
}
