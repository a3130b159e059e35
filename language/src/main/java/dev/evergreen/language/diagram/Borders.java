package dev.evergreen.language.diagram;

import static dev.evergreen.language.diagram.Layout.AXIS;
import static dev.evergreen.language.diagram.Layout.BETWEEN;
import static dev.evergreen.language.diagram.Layout.FORK;
import static dev.evergreen.language.diagram.Layout.INDENT;
import static dev.evergreen.language.diagram.Layout.LEAST;
import static dev.evergreen.language.diagram.Layout.MARKER;

import dev.evergreen.engine.Step;
import dev.evergreen.language.diagram.Layout.Out;
import dev.evergreen.language.diagram.Layout.Part;
import dev.evergreen.language.diagram.Shape.Point;
import dev.evergreen.language.diagram.Shape.Tip;
import java.util.ArrayList;
import java.util.List;

/// Places handlers: their ways leave the lower border of the block from markers, and those that
/// interrupt come back to the axis behind it.
record Borders(
    Layout layout, Pen pen, Cards cards, Overlay overlay, Breadth breadth, Partings partings) {
  /// Between markers whose ways stand below each other.
  private static final int LANE = 20;

  /// A block with its handlers, whose ways begin at markers on its lower border.
  ///
  /// @param place where it begins, and how wide it may be
  Out handled(Part part, List<Way> handlers, Box place, List<Step> own) {
    int x = place.x();
    boolean beside = 2 * AXIS + BETWEEN + breadth.of(handlers) <= place.width();
    var lefts = new ArrayList<Integer>();
    var markers = new ArrayList<Integer>();
    int left = beside ? x + 2 * AXIS + BETWEEN : x + AXIS + BETWEEN + LANE * (handlers.size() - 1);
    for (int i = 0; i < handlers.size(); i++) {
      lefts.add(beside ? left : left + INDENT);
      markers.add(beside ? left + AXIS : left - LANE * i);
      left += beside ? BETWEEN + breadth.column(handlers.get(i)) : 0;
    }
    int last = markers.stream().mapToInt(Integer::intValue).max().orElseThrow();
    var block = part.draw(x, place.y(), place.width(), last + MARKER - x);
    int top = block.bottom();
    var outs = new ArrayList<Out>();
    int bottom = top;
    for (int i = 0; i < handlers.size(); i++) {
      int from = beside ? top : Math.max(bottom, top + FORK);
      int room = beside ? breadth.column(handlers.get(i)) : place.right() - lefts.get(i);
      var out = handler(handlers.get(i), new Point(markers.get(i), top), lefts.get(i), from, room);
      outs.add(out);
      bottom = Math.max(bottom, out.bottom());
    }
    int right = Math.max(block.right(), outs.stream().mapToInt(Out::right).max().orElseThrow());
    var ways = new ArrayList<>(handlers);
    ways.addFirst(new Way("", "", own));
    outs.addFirst(new Out(top, block.right(), block.goesOn()));
    lefts.addFirst(x);
    var joined =
        beside ? partings.join(ways, false, x, lefts, outs) : rejoin(ways, lefts, outs, x, bottom);
    return new Out(joined.bottom(), Math.max(right, joined.right()), joined.goesOn());
  }

  /// @param from the marker on the block's border
  private Out handler(Way way, Point from, int left, int y, int most) {
    var handler = way.handler();
    boolean alongside = handler != null && handler.alongside();
    boolean taken = overlay.took(way);
    boolean straight = from.x() == left + AXIS;
    var label = cards.label(way, left, y + 2 * FORK, Math.max(most, LEAST), taken);
    int middle = label.box().y() + label.box().height() / 2;
    pen.add(
        new Shape.Wire(
            straight
                ? List.of(from, Pen.at(from.x(), label.box().y()))
                : List.of(from, Pen.at(from.x(), middle), Pen.at(left, middle)),
            taken,
            alongside,
            Tip.NONE,
            overlay.wayShare(way)));
    pen.add(
        new Shape.Marker(
            new Box(from.x() - MARKER / 2, from.y() - MARKER / 2, MARKER, MARKER),
            handler == null ? Icon.START : Icon.of(handler.trigger()),
            alongside,
            taken));
    pen.add(label);
    var out = layout.sequence(way.steps(), left, label.box().bottom(), most);
    int bottom = out.bottom();
    if (alongside && out.goesOn()) {
      pen.wire(
          overlay.leftBy(way),
          Tip.DOT,
          Pen.at(left + AXIS, bottom),
          Pen.at(left + AXIS, bottom + FORK));
      bottom += FORK + 4;
    }
    return new Out(bottom, Math.max(out.right(), label.box().right()), out.goesOn() && !alongside);
  }

  /// The main axis goes on below handlers that stand under one another; those that interrupt hint
  /// back to it.
  private Out rejoin(List<Way> ways, List<Integer> lefts, List<Out> outs, int x, int lowest) {
    int bottom = lowest;
    boolean goesOn = outs.getFirst().goesOn();
    for (int i = 1; i < outs.size(); i++) {
      var out = outs.get(i);
      if (out.goesOn()) {
        pen.back(lefts.get(i) + AXIS, out.bottom(), overlay.leftBy(ways.get(i)));
        bottom = Math.max(bottom, out.bottom() + FORK);
        goesOn = true;
      }
    }
    if (goesOn) {
      bottom += FORK;
      pen.wire(false, 0, Pen.at(x + AXIS, outs.getFirst().bottom()), Pen.at(x + AXIS, bottom));
    }
    return new Out(bottom, x + AXIS, goesOn);
  }
}
