package dev.evergreen.language.diagram;

import static dev.evergreen.language.diagram.Layout.AXIS;
import static dev.evergreen.language.diagram.Layout.BETWEEN;
import static dev.evergreen.language.diagram.Layout.FORK;
import static dev.evergreen.language.diagram.Layout.INDENT;
import static dev.evergreen.language.diagram.Layout.LEAST;

import dev.evergreen.language.diagram.Layout.Out;
import dev.evergreen.language.diagram.Shape.Point;
import java.util.ArrayList;
import java.util.List;

/// Places the ways that part after the head of a block, and where they meet again.
record Partings(Layout layout, Pen pen, Cards cards, Overlay overlay, Breadth breadth) {

  /// @param sync whether all of the ways are gone at the same time
  Out of(List<Way> ways, boolean sync, Box head, int width) {
    return breadth.of(ways) <= width
        ? beside(ways, sync, head.x(), head.bottom())
        : below(ways, head.x(), head.bottom(), width);
  }

  private Out beside(List<Way> ways, boolean sync, int x, int y) {
    var outs = new ArrayList<Out>();
    var lefts = new ArrayList<Integer>();
    int left = x;
    for (Way way : ways) {
      int room = breadth.column(way);
      lefts.add(left);
      boolean taken = overlay.took(way);
      int labelTop = y + (sync ? 3 : 2) * FORK;
      if (sync) {
        pen.wire(taken, 0, Pen.at(left + AXIS, y + FORK), Pen.at(left + AXIS, labelTop));
      } else {
        fork(way, taken, Pen.at(x + AXIS, y), Pen.at(left + AXIS, labelTop));
      }
      var label = cards.label(way, left, labelTop, room, taken);
      pen.add(label);
      var out = layout.sequence(way.steps(), left, label.box().bottom(), room);
      outs.add(new Out(out.bottom(), Math.max(out.right(), label.box().right()), out.goesOn()));
      left += room + BETWEEN;
    }
    if (sync) {
      boolean taken = ways.stream().anyMatch(overlay::took);
      pen.wire(taken, 0, Pen.at(x + AXIS, y), Pen.at(x + AXIS, y + FORK));
      pen.add(bar(x, y + FORK, lefts.getLast(), taken));
    }
    return join(ways, sync, x, lefts, outs);
  }

  private static Shape bar(int left, int y, int last, boolean taken) {
    return new Shape.Sync(new Box(left + AXIS - FORK, y - 2, last - left + 2 * FORK, 4), taken);
  }

  private void fork(Way way, boolean taken, Point from, Point to) {
    double share = overlay.wayShare(way);
    if (to.x() == from.x()) {
      pen.wire(taken, share, from, to);
    } else {
      pen.wire(
          taken,
          share,
          from,
          Pen.at(from.x(), from.y() + FORK),
          Pen.at(to.x(), from.y() + FORK),
          to);
    }
  }

  /// Where ways that stand side by side meet.
  ///
  /// @param lefts of each way
  Out join(List<Way> ways, boolean sync, int x, List<Integer> lefts, List<Out> outs) {
    int lowest = outs.stream().mapToInt(Out::bottom).max().orElseThrow();
    int right = outs.stream().mapToInt(Out::right).max().orElseThrow();
    if (outs.stream().noneMatch(Out::goesOn)) {
      return new Out(lowest, right, false);
    }
    int level = lowest + FORK;
    int bottom = level + FORK;
    boolean all = true;
    for (int i = 0; i < outs.size(); i++) {
      var out = outs.get(i);
      int axis = lefts.get(i) + AXIS;
      boolean left = overlay.leftBy(ways.get(i));
      double share = overlay.wayShare(ways.get(i));
      all &= left;
      if (!out.goesOn()) {
        continue;
      }
      if (sync) {
        pen.wire(left, share, Pen.at(axis, out.bottom()), Pen.at(axis, level));
      } else if (axis == x + AXIS) {
        pen.wire(left, share, Pen.at(axis, out.bottom()), Pen.at(axis, bottom));
      } else {
        pen.wire(
            left,
            share,
            Pen.at(axis, out.bottom()),
            Pen.at(axis, level),
            Pen.at(x + AXIS, level),
            Pen.at(x + AXIS, bottom));
      }
    }
    if (sync) {
      pen.add(bar(x, level, lefts.getLast(), all));
      pen.wire(all, 0, Pen.at(x + AXIS, level), Pen.at(x + AXIS, bottom));
    }
    return new Out(bottom, right, true);
  }

  /// One below the other: each way leaves the axis to the right and hints back to it at its end.
  private Out below(List<Way> ways, int x, int y, int width) {
    int axis = x + AXIS;
    int left = axis + INDENT;
    int room = Math.max(x + width - left, LEAST);
    int bottom = y;
    int right = axis;
    int rail = y;
    boolean goesOn = false;
    boolean merged = false;
    for (Way way : ways) {
      if (way.isStraightOn()) {
        continue;
      }
      boolean taken = overlay.took(way);
      var label = cards.label(way, left, bottom + FORK, room, taken);
      rail = label.box().y() + label.box().height() / 2;
      pen.wire(
          taken, overlay.wayShare(way), Pen.at(axis, y), Pen.at(axis, rail), Pen.at(left, rail));
      pen.add(label);
      var out = layout.sequence(way.steps(), left, label.box().bottom(), room);
      right = Math.max(right, Math.max(out.right(), label.box().right()));
      bottom = out.bottom();
      goesOn |= out.goesOn();
      merged = out.goesOn() && way.equals(ways.getLast()) && !ways.getFirst().isStraightOn();
      if (merged) {
        bottom += 2 * FORK;
        pen.wire(
            overlay.leftBy(way),
            overlay.wayShare(way),
            Pen.at(left + AXIS, out.bottom()),
            Pen.at(left + AXIS, out.bottom() + FORK),
            Pen.at(axis, out.bottom() + FORK),
            Pen.at(axis, bottom));
      } else if (out.goesOn()) {
        pen.back(left + AXIS, out.bottom(), overlay.leftBy(way));
        bottom += FORK;
      }
    }
    if (ways.getFirst().isStraightOn()) {
      return straightOn(ways.getFirst(), x, y, bottom, width, right);
    }
    if (goesOn && !merged) {
      pen.wire(false, 0, Pen.at(axis, rail), Pen.at(axis, bottom));
    }
    return new Out(bottom, right, goesOn);
  }

  /// The way that keeps to the axis says so below the others.
  private Out straightOn(Way way, int x, int from, int y, int width, int right) {
    boolean taken = overlay.took(way);
    var label = cards.label(way, x, y + FORK, width, taken);
    pen.wire(
        taken, overlay.wayShare(way), Pen.at(x + AXIS, from), Pen.at(x + AXIS, label.box().y()));
    pen.add(label);
    return new Out(label.box().bottom(), Math.max(right, label.box().right()), true);
  }
}
