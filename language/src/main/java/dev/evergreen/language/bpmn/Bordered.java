package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Handler;
import dev.evergreen.language.bpmn.Fragment.Flow;
import dev.evergreen.language.bpmn.Fragment.Point;
import dev.evergreen.language.bpmn.Node.Area;
import dev.evergreen.language.bpmn.Node.Cause;
import dev.evergreen.language.bpmn.Node.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws an activity with events on its lower border. The ways that leave them stand below each
/// other, and meet the main one at a gateway.
final class Bordered {
  /// The room on the border that an event takes.
  private static final int EACH = 48;

  private final Node activity;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();
  private final List<Exit> exits = new ArrayList<>();

  /// How far down and to the right it has come.
  private int bottom;

  private int right;

  /// @param steps null when the way is only an event
  record Way(
      String id, String name, Cause cause, @Nullable Handler handler, @Nullable Fragment steps) {

    /// With an end of its own when it runs beside the activity: it meets nothing.
    private @Nullable Fragment drawn() {
      if (handler == null || !handler.alongside()) {
        return steps;
      }
      var end = Fragment.of(Node.end(id + "_over"), false);
      return steps == null ? end : steps.then(end);
    }
  }

  /// A way that goes on to where it meets the others.
  ///
  /// @param turns of its flow up to now, the last one level with where it turns to the others
  private record Exit(String from, List<Point> turns) {}

  private Bordered(Node activity) {
    this.activity = activity;
    this.bottom = activity.area().height() + Fragment.ROWS;
    this.right = activity.area().width();
    nodes.add(activity);
  }

  /// @param goesOn whether the main way does
  /// @param joinId of the gateway at which they meet
  static Fragment of(Node activity, boolean goesOn, List<Way> ways, String joinId) {
    var area =
        new Area(0, 0, width(activity.area().width(), ways.size()), activity.area().height());
    var bordered =
        new Bordered(
            new Node(activity.id(), activity.name(), activity.kind(), area, activity.step()));
    for (int i = 0; i < ways.size(); i++) {
      // The first way leaves from the right, so that no two cross.
      bordered.add(ways.get(i), area.width() - EACH * (i + 1));
    }
    return bordered.joined(goesOn, joinId);
  }

  /// How wide an activity has to be for so many events on its border.
  static int width(int least, int events) {
    return Math.max(least, events * EACH + 12);
  }

  /// @param x of the event
  private void add(Way way, int x) {
    var area = activity.area();
    int middle = x + Node.EVENT / 2;
    int below = area.height() + Node.EVENT / 2;
    var kind = new Kind.Occurrence("boundaryEvent", way.cause(), activity.id(), way.handler());
    nodes.add(Node.event(way.id(), way.name(), kind).shifted(x, area.height() - Node.EVENT / 2));
    var steps = way.drawn();
    if (steps == null) {
      int line = bottom + Fragment.ROWS / 2;
      exits.add(new Exit(way.id(), List.of(new Point(middle, below), new Point(middle, line))));
      bottom += Fragment.ROWS;
      return;
    }
    int left = area.width() + Fragment.GAP;
    int line = bottom + steps.line();
    var moved = steps.shifted(left, bottom);
    flows.add(
        Flow.plain(
            way.id(),
            steps.entry(),
            new Point(middle, below),
            new Point(middle, line),
            new Point(left, line)));
    nodes.addAll(moved.nodes());
    flows.addAll(moved.flows());
    right = Math.max(right, left + steps.width());
    if (steps.exit() != null) {
      exits.add(new Exit(steps.exit(), List.of(new Point(left + steps.width(), line))));
    }
    bottom += steps.height() + Fragment.ROWS;
  }

  private Fragment joined(boolean goesOn, String joinId) {
    int line = line();
    if (!goesOn && exits.isEmpty()) {
      return new Fragment(right, bottom, line, nodes, flows, activity.id(), null);
    }
    int x = right + Fragment.GAP;
    int turn = x + Node.GATEWAY / 2;
    nodes.add(Node.gateway(joinId, "exclusiveGateway").shifted(x, line - Node.GATEWAY / 2));
    if (goesOn) {
      flows.add(
          Flow.plain(
              activity.id(), joinId, new Point(activity.area().width(), line), new Point(x, line)));
    }
    for (Exit exit : exits) {
      var turns = new ArrayList<>(exit.turns());
      turns.add(new Point(turn, exit.turns().getLast().y()));
      turns.add(new Point(turn, line + Node.GATEWAY / 2));
      flows.add(Flow.plain(exit.from(), joinId, turns.toArray(Point[]::new)));
    }
    return new Fragment(x + Node.GATEWAY, bottom, line, nodes, flows, activity.id(), joinId);
  }

  /// How far below its top the flow goes through it.
  private int line() {
    return activity.kind() instanceof Kind.SubProcess sub
        ? Fragment.PAD + sub.inside().line()
        : activity.area().height() / 2;
  }
}
