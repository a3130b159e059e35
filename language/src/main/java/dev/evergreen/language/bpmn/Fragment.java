package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a model, drawn from left to right on a line of its own. It is put together from
/// smaller ones, each moved to its place.
///
/// @param line how far below the top the flow comes in and leaves
/// @param entry the node where the flow comes in
/// @param exit the node that it leaves; null when nothing can follow
record Fragment(
    int width,
    int height,
    int line,
    List<Node> nodes,
    List<Flow> flows,
    String entry,
    @Nullable String exit) {

  /// Between what stands side by side.
  static final int GAP = 50;

  /// Between what stands below each other.
  static final int ROWS = 40;

  /// Around what is inside of a subprocess.
  static final int PAD = 40;

  Fragment {
    nodes = List.copyOf(nodes);
    flows = List.copyOf(flows);
  }

  /// A sequence flow.
  ///
  /// @param condition as written; null without one
  /// @param byDefault whether it is taken when no condition of its gateway holds
  record Flow(
      String from,
      String to,
      String name,
      @Nullable String condition,
      boolean byDefault,
      List<Point> points) {
    Flow {
      points = List.copyOf(points);
    }

    static Flow plain(String from, String to, Point... points) {
      return new Flow(from, to, "", null, false, List.of(points));
    }

    Flow shifted(int right, int down) {
      var moved = points.stream().map(p -> new Point(p.x() + right, p.y() + down)).toList();
      return new Flow(from, to, name, condition, byDefault, moved);
    }
  }

  record Point(int x, int y) {}

  static Fragment of(Node node, boolean goesOn) {
    var area = node.area();
    return new Fragment(
        area.width(),
        area.height(),
        area.height() / 2,
        List.of(node),
        List.of(),
        node.id(),
        goesOn ? node.id() : null);
  }

  Fragment shifted(int right, int down) {
    return new Fragment(
        width,
        height,
        line,
        nodes.stream().map(node -> node.shifted(right, down)).toList(),
        flows.stream().map(flow -> flow.shifted(right, down)).toList(),
        entry,
        exit);
  }

  /// With `next` to the right of it on the same line.
  Fragment then(Fragment next) {
    if (exit == null) {
      return this;
    }
    int common = Math.max(line, next.line);
    int below = Math.max(height - line, next.height - next.line);
    var left = shifted(0, common - line);
    var right = next.shifted(width + GAP, common - next.line);
    var nodes = new ArrayList<>(left.nodes);
    nodes.addAll(right.nodes);
    var flows = new ArrayList<>(left.flows);
    flows.addAll(right.flows);
    flows.add(
        Flow.plain(exit, next.entry, new Point(width, common), new Point(width + GAP, common)));
    return new Fragment(
        width + GAP + next.width, common + below, common, nodes, flows, entry, next.exit);
  }

  /// With a flow over everything, from a gateway back to the first one.
  ///
  /// @param x of the middle of that gateway
  Fragment withWayBack(String from, String to, int x) {
    int first = Node.GATEWAY / 2;
    int top = line + ROWS - first;
    var moved = shifted(0, ROWS);
    var back = new ArrayList<>(moved.flows);
    back.add(
        new Flow(
            from,
            to,
            "",
            null,
            true,
            List.of(
                new Point(x, top),
                new Point(x, ROWS / 4),
                new Point(first, ROWS / 4),
                new Point(first, top))));
    return new Fragment(width, height + ROWS, line + ROWS, moved.nodes, back, entry, exit);
  }

  /// As the inside of a subprocess.
  Fragment in(
      String id, String name, @Nullable Step step, @Nullable Handler handler, boolean goesOn) {
    var area = new Node.Area(0, 0, width + 2 * PAD, height + 2 * PAD);
    var around =
        new Node(id, name, new Node.Kind.SubProcess(shifted(PAD, PAD), handler), area, step);
    return new Fragment(
        area.width(),
        area.height(),
        PAD + line,
        List.of(around),
        List.of(),
        id,
        goesOn ? id : null);
  }

  /// With others below it, which the flow does not come to.
  Fragment above(List<Fragment> below) {
    var all = new ArrayList<>(nodes);
    var allFlows = new ArrayList<>(flows);
    int y = height + 2 * ROWS;
    int widest = width;
    for (Fragment fragment : below) {
      var moved = fragment.shifted(0, y);
      all.addAll(moved.nodes);
      allFlows.addAll(moved.flows);
      y += fragment.height + ROWS;
      widest = Math.max(widest, fragment.width);
    }
    return new Fragment(widest, y, line, all, allFlows, entry, exit);
  }
}
