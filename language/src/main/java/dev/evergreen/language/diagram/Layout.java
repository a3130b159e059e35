package dev.evergreen.language.diagram;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.language.diagram.Shape.Point;
import dev.evergreen.language.diagram.Shape.Tip;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Places a tree on the drawing, from the top down, in one walk.
///
/// Every sequence hangs on an axis near the left edge of its cards. Where ways part, they stand
/// side by side when the room allows it, and else one below the other, each moved to the right of
/// the axis that they leave. Handlers leave their block from markers on its lower border.
final class Layout {
  /// From the left edge of a card to the axis.
  static final int AXIS = 22;

  static final int CARD = 288;

  private static final int GAP = 18;
  private static final int FORK = 12;
  private static final int BETWEEN = 24;
  private static final int INDENT = 18;
  private static final int PAD = 10;
  private static final int LANE = 20;
  private static final int MARKER = 20;
  private static final int HOOK = 14;
  private static final int LOOP_LEFT = 30;
  private static final int LOOP_RIGHT = 12;

  /// What a card has at least, however deep it stands.
  private static final int LEAST = 168;

  private static final int NARROW = 480;
  private static final int STRAIGHT_ON = 150;

  private final Cards cards;
  private final Overlay overlay;
  private final int card;
  private final List<Shape> shapes = new ArrayList<>();

  /// Where a sequence or a block came to.
  ///
  /// @param bottom where its axis leaves it
  /// @param goesOn whether anything can follow it
  private record Out(int bottom, int right, boolean goesOn) {}

  /// Something that is drawn once its place is known.
  private interface Part {
    Out draw(int x, int y, int width, int least);
  }

  private Layout(Definition definition, Overlay overlay, int width) {
    this.overlay = overlay;
    this.cards = new Cards(overlay, Words.Scheme.of(definition));
    this.card = width < NARROW ? width - 2 : CARD;
  }

  /// @param width that the drawing should not exceed; a deep tree does when it must
  static Scene of(Definition definition, Overlay overlay, int width) {
    var layout = new Layout(definition, overlay, width);
    var handlers = Way.of(definition.handlers(), layout.cards.scheme());
    if (handlers.isEmpty()) {
      layout.mainFlow(definition, 1, 1, width - 2);
    } else {
      layout.handled(
          (x, y, room, least) ->
              layout.framed(
                  (inner, top, within, _) -> layout.mainFlow(definition, inner, top, within),
                  new Box(x, y, room, 0),
                  least,
                  null),
          handlers,
          new Box(1, 1, width - 2, 0),
          definition.steps());
    }
    return Scene.of(layout.shapes);
  }

  /// From the start to the end. Nothing follows it.
  private Out mainFlow(Definition definition, int x, int y, int width) {
    int top = y;
    if (!definition.starts().isEmpty()) {
      var start = cards.start(definition.starts(), x, y, Math.min(card, width));
      shapes.add(start);
      top = start.box().bottom();
    }
    var out = sequence(definition.steps(), x, top, width);
    if (!out.goesOn()) {
      return out;
    }
    wire(overlay.isOver(), 0, at(x + AXIS, out.bottom()), at(x + AXIS, out.bottom() + GAP));
    var end = cards.end(x, out.bottom() + GAP, Math.min(card, width));
    shapes.add(end);
    return new Out(end.box().bottom(), Math.max(out.right(), end.box().right()), false);
  }

  private Out sequence(List<Step> steps, int x, int y, int most) {
    int width = Math.max(most, LEAST);
    int bottom = y;
    int right = x + AXIS + 1;
    for (Step step : steps) {
      wire(
          overlay.reached(step.id()),
          overlay.share(step.id()),
          at(x + AXIS, bottom),
          at(x + AXIS, bottom + GAP));
      var out = block(step, x, bottom + GAP, width);
      bottom = out.bottom();
      right = Math.max(right, out.right());
      if (!out.goesOn()) {
        return new Out(bottom, right, false);
      }
    }
    return new Out(bottom, right, true);
  }

  private Out block(Step step, int x, int y, int width) {
    var handlers = Way.of(step.handlers(), cards.scheme());
    if (handlers.isEmpty()) {
      return bare(step, x, y, width, 0);
    }
    boolean bordered = Way.of(step, cards.scheme()).isEmpty();
    return handled(
        (left, top, room, least) ->
            bordered
                ? bare(step, left, top, room, least)
                : framed(
                    (inner, below, within, _) -> bare(step, inner, below, within, 0),
                    new Box(left, top, room, 0),
                    least,
                    step),
        handlers,
        new Box(x, y, width, 0),
        List.of(step));
  }

  /// A step without its handlers.
  ///
  /// @param least how wide it is to be at least
  private Out bare(Step step, int x, int y, int width, int least) {
    var head =
        step instanceof RepeatStep repeat
            ? loop(repeat, x, y, width, least)
            : card(step, x, y, width, least);
    var ways = Way.of(step, cards.scheme());
    if (ways.isEmpty()) {
      return head;
    }
    boolean sync = step instanceof TogetherStep;
    var out =
        wish(ways) <= width
            ? beside(ways, sync, x, head.bottom())
            : below(ways, x, head.bottom(), width);
    return new Out(out.bottom(), Math.max(out.right(), head.right()), out.goesOn());
  }

  private Out card(Step step, int x, int y, int width, int least) {
    var drawn = cards.step(step, x, y, Math.max(Math.min(card, width), least), false);
    if (!step.handlers().isEmpty() && Way.of(step, cards.scheme()).isEmpty()) {
      drawn = drawn.taller(MARKER / 2);
    }
    shapes.add(drawn);
    return new Out(drawn.box().bottom(), drawn.box().right(), !(step instanceof EndStep));
  }

  /// A frame with the head, what is repeated, and the way back up on the left.
  private Out loop(RepeatStep step, int x, int y, int width, int least) {
    int place = shapes.size();
    int inner = x + LOOP_LEFT;
    var head = cards.step(step, x, y, Math.min(card, width), true);
    shapes.add(head);
    int top = head.box().bottom();
    var body = sequence(step.steps(), inner, top, width - LOOP_LEFT - LOOP_RIGHT);
    int bottom = body.bottom() + FORK;
    if (body.goesOn()) {
      int lane = x + LOOP_LEFT / 2;
      wire(
          overlay.repeated(step.id()),
          Tip.ARROW,
          at(inner + AXIS, body.bottom()),
          at(inner + AXIS, bottom),
          at(lane, bottom),
          at(lane, top + 4));
      bottom += FORK;
    }
    int right = Math.max(Math.max(body.right() + LOOP_RIGHT, head.box().right()), x + least);
    var frame = new Box(x, y, right - x, bottom - y);
    shapes.add(place, new Shape.Frame(frame, true, overlay.standing(step.id())));
    return new Out(bottom, right, body.goesOn());
  }

  /// A frame that only bears handlers.
  ///
  /// @param step what it is around; null when that is the whole
  private Out framed(Part part, Box within, int least, @Nullable Step step) {
    int place = shapes.size();
    int x = within.x();
    int y = within.y();
    var standing = step == null ? null : overlay.standing(step.id());
    if (step != null) {
      wire(overlay.reached(step.id()), 0, at(x + AXIS, y), at(x + AXIS, y + PAD));
    }
    var out = part.draw(x + PAD, y + PAD, within.width() - 2 * PAD, 0);
    int bottom = out.bottom() + PAD;
    if (out.goesOn()) {
      bottom += FORK;
      wire(
          standing == Standing.DONE,
          0,
          at(x + PAD + AXIS, out.bottom()),
          at(x + PAD + AXIS, out.bottom() + PAD),
          at(x + AXIS, out.bottom() + PAD),
          at(x + AXIS, bottom));
    }
    int right = Math.max(out.right() + PAD, x + least);
    shapes.add(place, new Shape.Frame(new Box(x, y, right - x, bottom - y), false, standing));
    return new Out(bottom, right, out.goesOn());
  }

  /// A block with its handlers, whose ways begin at markers on its lower border.
  ///
  /// @param place where it begins, and how wide it may be
  private Out handled(Part part, List<Way> handlers, Box place, List<Step> own) {
    int x = place.x();
    boolean beside = 2 * AXIS + BETWEEN + wish(handlers) <= place.width();
    var lefts = new ArrayList<Integer>();
    var markers = new ArrayList<Integer>();
    int left = beside ? x + 2 * AXIS + BETWEEN : x + AXIS + BETWEEN + LANE * (handlers.size() - 1);
    for (int i = 0; i < handlers.size(); i++) {
      lefts.add(beside ? left : left + INDENT);
      markers.add(beside ? left + AXIS : left - LANE * i);
      left += beside ? BETWEEN + column(handlers.get(i)) : 0;
    }
    int last = markers.stream().mapToInt(Integer::intValue).max().orElseThrow();
    var block = part.draw(x, place.y(), place.width(), last + MARKER - x);
    int top = block.bottom();
    var outs = new ArrayList<Out>();
    int bottom = top;
    for (int i = 0; i < handlers.size(); i++) {
      int from = beside ? top : Math.max(bottom, top + FORK);
      int room = beside ? column(handlers.get(i)) : place.right() - lefts.get(i);
      var out = handler(handlers.get(i), new Point(markers.get(i), top), lefts.get(i), from, room);
      outs.add(out);
      bottom = Math.max(bottom, out.bottom());
    }
    int right = Math.max(block.right(), outs.stream().mapToInt(Out::right).max().orElseThrow());
    var ways = new ArrayList<>(handlers);
    ways.addFirst(new Way("", "", own));
    outs.addFirst(new Out(top, block.right(), block.goesOn()));
    lefts.addFirst(x);
    var joined = beside ? join(ways, false, x, lefts, outs) : rejoin(ways, lefts, outs, x, bottom);
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
    shapes.add(
        new Shape.Wire(
            straight
                ? List.of(from, at(from.x(), label.box().y()))
                : List.of(from, at(from.x(), middle), at(left, middle)),
            taken,
            alongside,
            Tip.NONE,
            overlay.wayShare(way)));
    shapes.add(
        new Shape.Marker(
            new Box(from.x() - MARKER / 2, from.y() - MARKER / 2, MARKER, MARKER),
            handler == null ? Icon.START : Icon.of(handler.trigger()),
            alongside,
            taken));
    shapes.add(label);
    var out = sequence(way.steps(), left, label.box().bottom(), most);
    int bottom = out.bottom();
    if (alongside && out.goesOn()) {
      wire(overlay.leftBy(way), Tip.DOT, at(left + AXIS, bottom), at(left + AXIS, bottom + FORK));
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
        back(lefts.get(i) + AXIS, out.bottom(), overlay.leftBy(ways.get(i)));
        bottom = Math.max(bottom, out.bottom() + FORK);
        goesOn = true;
      }
    }
    if (goesOn) {
      bottom += FORK;
      wire(false, 0, at(x + AXIS, outs.getFirst().bottom()), at(x + AXIS, bottom));
    }
    return new Out(bottom, x + AXIS, goesOn);
  }

  /// How wide ways would be side by side.
  private int wish(List<Way> ways) {
    int sum = -BETWEEN;
    for (Way way : ways) {
      sum += BETWEEN + column(way);
    }
    return sum;
  }

  private int column(Way way) {
    if (way.steps().isEmpty()) {
      return Math.max(cards.labelWidth(way, STRAIGHT_ON), 2 * AXIS);
    }
    return Math.max(cards.labelWidth(way, card), wishOf(way.steps()));
  }

  private int wishOf(List<Step> steps) {
    int widest = card;
    for (Step step : steps) {
      var ways = Way.of(step, cards.scheme());
      var handlers = Way.of(step.handlers(), cards.scheme());
      int wish = ways.isEmpty() ? card : wish(ways);
      if (step instanceof RepeatStep repeat) {
        wish = Math.max(wish, wishOf(repeat.steps()) + LOOP_LEFT + LOOP_RIGHT);
      }
      if (!handlers.isEmpty()) {
        wish = Math.max(wish + 2 * PAD, 2 * AXIS + BETWEEN + wish(handlers));
      }
      widest = Math.max(widest, wish);
    }
    return widest;
  }

  /// @param sync whether all of the ways are gone at the same time
  private Out beside(List<Way> ways, boolean sync, int x, int y) {
    var outs = new ArrayList<Out>();
    var lefts = new ArrayList<Integer>();
    int left = x;
    for (Way way : ways) {
      int room = column(way);
      lefts.add(left);
      boolean taken = overlay.took(way);
      int labelTop = y + (sync ? 3 : 2) * FORK;
      if (sync) {
        wire(taken, 0, at(left + AXIS, y + FORK), at(left + AXIS, labelTop));
      } else {
        fork(way, taken, at(x + AXIS, y), at(left + AXIS, labelTop));
      }
      var label = cards.label(way, left, labelTop, room, taken);
      shapes.add(label);
      var out = sequence(way.steps(), left, label.box().bottom(), room);
      outs.add(new Out(out.bottom(), Math.max(out.right(), label.box().right()), out.goesOn()));
      left += room + BETWEEN;
    }
    if (sync) {
      boolean taken = ways.stream().anyMatch(overlay::took);
      wire(taken, 0, at(x + AXIS, y), at(x + AXIS, y + FORK));
      shapes.add(bar(x, y + FORK, lefts.getLast(), taken));
    }
    return join(ways, sync, x, lefts, outs);
  }

  private static Shape bar(int left, int y, int last, boolean taken) {
    return new Shape.Sync(new Box(left + AXIS - FORK, y - 2, last - left + 2 * FORK, 4), taken);
  }

  private void fork(Way way, boolean taken, Point from, Point to) {
    double share = overlay.wayShare(way);
    if (to.x() == from.x()) {
      wire(taken, share, from, to);
    } else {
      wire(taken, share, from, at(from.x(), from.y() + FORK), at(to.x(), from.y() + FORK), to);
    }
  }

  private Out join(List<Way> ways, boolean sync, int x, List<Integer> lefts, List<Out> outs) {
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
        wire(left, share, at(axis, out.bottom()), at(axis, level));
      } else if (axis == x + AXIS) {
        wire(left, share, at(axis, out.bottom()), at(axis, bottom));
      } else {
        wire(
            left,
            share,
            at(axis, out.bottom()),
            at(axis, level),
            at(x + AXIS, level),
            at(x + AXIS, bottom));
      }
    }
    if (sync) {
      shapes.add(bar(x, level, lefts.getLast(), all));
      wire(all, 0, at(x + AXIS, level), at(x + AXIS, bottom));
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
      wire(taken, overlay.wayShare(way), at(axis, y), at(axis, rail), at(left, rail));
      shapes.add(label);
      var out = sequence(way.steps(), left, label.box().bottom(), room);
      right = Math.max(right, Math.max(out.right(), label.box().right()));
      bottom = out.bottom();
      goesOn |= out.goesOn();
      merged = out.goesOn() && way.equals(ways.getLast()) && !ways.getFirst().isStraightOn();
      if (merged) {
        bottom += 2 * FORK;
        wire(
            overlay.leftBy(way),
            overlay.wayShare(way),
            at(left + AXIS, out.bottom()),
            at(left + AXIS, out.bottom() + FORK),
            at(axis, out.bottom() + FORK),
            at(axis, bottom));
      } else if (out.goesOn()) {
        back(left + AXIS, out.bottom(), overlay.leftBy(way));
        bottom += FORK;
      }
    }
    if (ways.getFirst().isStraightOn()) {
      return straightOn(ways.getFirst(), x, y, bottom, width, right);
    }
    if (goesOn && !merged) {
      wire(false, 0, at(axis, rail), at(axis, bottom));
    }
    return new Out(bottom, right, goesOn);
  }

  /// The way that keeps to the axis says so below the others.
  private Out straightOn(Way way, int x, int from, int y, int width, int right) {
    boolean taken = overlay.took(way);
    var label = cards.label(way, x, y + FORK, width, taken);
    wire(taken, overlay.wayShare(way), at(x + AXIS, from), at(x + AXIS, label.box().y()));
    shapes.add(label);
    return new Out(label.box().bottom(), Math.max(right, label.box().right()), true);
  }

  /// A short hook towards the axis on the left, onto which the way comes back.
  private void back(int axis, int y, boolean taken) {
    wire(taken, Tip.ARROW, at(axis, y), at(axis, y + FORK), at(axis - HOOK, y + FORK));
  }

  private void wire(boolean taken, Tip tip, Point... corners) {
    shapes.add(new Shape.Wire(List.of(corners), taken, false, tip, 0));
  }

  private void wire(boolean taken, double weight, Point... corners) {
    shapes.add(new Shape.Wire(List.of(corners), taken, false, Tip.NONE, weight));
  }

  private static Point at(int x, int y) {
    return new Point(x, y);
  }
}
