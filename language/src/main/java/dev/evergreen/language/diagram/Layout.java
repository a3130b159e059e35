package dev.evergreen.language.diagram;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.language.diagram.Shape.Tip;
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
  static final int FORK = 12;
  static final int BETWEEN = 24;
  static final int INDENT = 18;
  static final int PAD = 10;
  static final int MARKER = 20;
  static final int LOOP_LEFT = 30;
  static final int LOOP_RIGHT = 12;

  /// What a card has at least, however deep it stands.
  static final int LEAST = 168;

  private static final int NARROW = 480;

  private final Cards cards;
  private final Overlay overlay;
  private final int card;
  private final Pen pen = new Pen();
  private final Partings partings;
  private final Borders borders;

  /// Where a sequence or a block came to.
  ///
  /// @param bottom where its axis leaves it
  /// @param goesOn whether anything can follow it
  record Out(int bottom, int right, boolean goesOn) {}

  /// Something that is drawn once its place is known.
  interface Part {
    Out draw(int x, int y, int width, int least);
  }

  private Layout(Definition definition, Overlay overlay, int width) {
    this.overlay = overlay;
    this.cards = new Cards(overlay, Words.Scheme.of(definition));
    this.card = width < NARROW ? width - 2 : CARD;
    var breadth = new Breadth(cards, card);
    this.partings = new Partings(this, pen, cards, overlay, breadth);
    this.borders = new Borders(this, pen, cards, overlay, breadth, partings);
  }

  /// @param width that the drawing should not exceed; a deep tree does when it must
  static Scene of(Definition definition, Overlay overlay, int width) {
    var layout = new Layout(definition, overlay, width);
    var handlers = Way.of(definition.handlers(), layout.cards.scheme());
    if (handlers.isEmpty()) {
      layout.mainFlow(definition, 1, 1, width - 2);
    } else {
      layout.borders.handled(
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
    return Scene.of(layout.pen.shapes());
  }

  /// From the start to the end. Nothing follows it.
  private Out mainFlow(Definition definition, int x, int y, int width) {
    int top = y;
    if (!definition.starts().isEmpty()) {
      var start = cards.start(definition.starts(), x, y, Math.min(card, width));
      pen.add(start);
      top = start.box().bottom();
    }
    var out = sequence(definition.steps(), x, top, width);
    if (!out.goesOn()) {
      return out;
    }
    pen.wire(
        overlay.isOver(), 0, Pen.at(x + AXIS, out.bottom()), Pen.at(x + AXIS, out.bottom() + GAP));
    var end = cards.end(x, out.bottom() + GAP, Math.min(card, width));
    pen.add(end);
    return new Out(end.box().bottom(), Math.max(out.right(), end.box().right()), false);
  }

  Out sequence(List<Step> steps, int x, int y, int most) {
    int width = Math.max(most, LEAST);
    int bottom = y;
    int right = x + AXIS + 1;
    for (Step step : steps) {
      pen.wire(
          overlay.reached(step.id()),
          overlay.share(step.id()),
          Pen.at(x + AXIS, bottom),
          Pen.at(x + AXIS, bottom + GAP));
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
    return borders.handled(
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
    var below = new Box(x, head.bottom(), 0, 0);
    var out = partings.of(ways, step instanceof TogetherStep, below, width);
    return new Out(out.bottom(), Math.max(out.right(), head.right()), out.goesOn());
  }

  private Out card(Step step, int x, int y, int width, int least) {
    var drawn = cards.step(step, x, y, Math.max(Math.min(card, width), least), false);
    if (!step.handlers().isEmpty() && Way.of(step, cards.scheme()).isEmpty()) {
      drawn = drawn.taller(MARKER / 2);
    }
    pen.add(drawn);
    return new Out(drawn.box().bottom(), drawn.box().right(), !(step instanceof EndStep));
  }

  /// A frame with the head, what is repeated, and the way back up on the left.
  private Out loop(RepeatStep step, int x, int y, int width, int least) {
    int place = pen.place();
    int inner = x + LOOP_LEFT;
    var head = cards.step(step, x, y, Math.min(card, width), true);
    pen.add(head);
    int top = head.box().bottom();
    var body = sequence(step.steps(), inner, top, width - LOOP_LEFT - LOOP_RIGHT);
    int bottom = body.bottom() + FORK;
    if (body.goesOn()) {
      int lane = x + LOOP_LEFT / 2;
      pen.wire(
          overlay.repeated(step.id()),
          Tip.ARROW,
          Pen.at(inner + AXIS, body.bottom()),
          Pen.at(inner + AXIS, bottom),
          Pen.at(lane, bottom),
          Pen.at(lane, top + 4));
      bottom += FORK;
    }
    int right = Math.max(Math.max(body.right() + LOOP_RIGHT, head.box().right()), x + least);
    var frame = new Box(x, y, right - x, bottom - y);
    pen.add(place, new Shape.Frame(frame, true, overlay.standing(step.id())));
    return new Out(bottom, right, body.goesOn());
  }

  /// A frame that only bears handlers.
  ///
  /// @param step what it is around; null when that is the whole
  private Out framed(Part part, Box within, int least, @Nullable Step step) {
    int place = pen.place();
    int x = within.x();
    int y = within.y();
    var standing = step == null ? null : overlay.standing(step.id());
    if (step != null) {
      pen.wire(overlay.reached(step.id()), 0, Pen.at(x + AXIS, y), Pen.at(x + AXIS, y + PAD));
    }
    var out = part.draw(x + PAD, y + PAD, within.width() - 2 * PAD, 0);
    int bottom = out.bottom() + PAD;
    if (out.goesOn()) {
      bottom += FORK;
      pen.wire(
          standing == Standing.DONE,
          0,
          Pen.at(x + PAD + AXIS, out.bottom()),
          Pen.at(x + PAD + AXIS, out.bottom() + PAD),
          Pen.at(x + AXIS, out.bottom() + PAD),
          Pen.at(x + AXIS, bottom));
    }
    int right = Math.max(out.right() + PAD, x + least);
    pen.add(place, new Shape.Frame(new Box(x, y, right - x, bottom - y), false, standing));
    return new Out(bottom, right, out.goesOn());
  }
}
