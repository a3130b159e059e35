package dev.evergreen.language.bpmn;

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

  static final int GAP = 50;

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
}
