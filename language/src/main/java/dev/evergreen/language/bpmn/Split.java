package dev.evergreen.language.bpmn;

import dev.evergreen.language.bpmn.Fragment.Flow;
import dev.evergreen.language.bpmn.Fragment.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws ways that part at a gateway, one below the other, and meet again at another.
final class Split {
  private static final int LEFT = Node.GATEWAY + Fragment.GAP;

  private final Node gateway;
  private final String joinId;

  /// Where the gateway's middle is, and that of the first way.
  private final int line;

  /// Where the ways meet again.
  private final int joinAt;

  private final List<Node> nodes = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();
  private int bottom;

  /// @param steps null when nothing stands on the way
  /// @param condition null when the way is taken without one
  record Arm(@Nullable Fragment steps, @Nullable String condition, boolean byDefault) {
    boolean goesOn() {
      return steps == null || steps.exit() != null;
    }

    private int width() {
      return steps == null ? 0 : steps.width();
    }
  }

  private Split(Node gateway, List<Arm> arms) {
    var first = arms.isEmpty() ? null : arms.getFirst().steps();
    this.line = Math.max(Node.GATEWAY / 2, first == null ? 0 : first.line());
    this.joinAt = LEFT + arms.stream().mapToInt(Arm::width).max().orElse(0) + Fragment.GAP;
    this.gateway = gateway;
    this.joinId = gateway.id() + "_join";
    nodes.add(gateway.shifted(0, line - Node.GATEWAY / 2));
  }

  /// @param joinElement the kind of gateway at which they meet
  static Fragment of(Node gateway, List<Arm> arms, String joinElement) {
    var split = new Split(gateway, arms);
    for (int i = 0; i < arms.size(); i++) {
      split.add(arms.get(i), i == 0);
    }
    return split.joined(arms.stream().anyMatch(Arm::goesOn), joinElement);
  }

  /// @param first whether it goes straight on
  private void add(Arm arm, boolean first) {
    var steps = arm.steps();
    int own = steps == null ? Fragment.ROWS / 2 : steps.line();
    int top = first ? line - own : bottom;
    int middle = top + own;
    var from = first ? straight() : down(middle);
    var into = first ? List.of(new Point(joinAt, line)) : up(middle);
    if (steps == null) {
      from.addAll(into);
      flow(arm, joinId, from);
      bottom = Math.max(bottom, top + Fragment.ROWS);
      return;
    }
    from.add(new Point(LEFT, middle));
    flow(arm, steps.entry(), from);
    var moved = steps.shifted(LEFT, top);
    nodes.addAll(moved.nodes());
    flows.addAll(moved.flows());
    if (steps.exit() != null) {
      var points = new ArrayList<>(List.of(new Point(LEFT + steps.width(), middle)));
      points.addAll(into);
      flows.add(new Flow(steps.exit(), joinId, "", null, false, points));
    }
    bottom = Math.max(bottom, top + steps.height() + Fragment.ROWS);
  }

  private void flow(Arm arm, String to, List<Point> points) {
    var name = arm.condition() == null ? "" : arm.condition();
    flows.add(new Flow(gateway.id(), to, name, arm.condition(), arm.byDefault(), points));
  }

  private List<Point> straight() {
    return new ArrayList<>(List.of(new Point(Node.GATEWAY, line)));
  }

  private List<Point> down(int middle) {
    int x = Node.GATEWAY / 2;
    return new ArrayList<>(List.of(new Point(x, line + x), new Point(x, middle)));
  }

  private List<Point> up(int middle) {
    int x = joinAt + Node.GATEWAY / 2;
    return List.of(new Point(x, middle), new Point(x, line + Node.GATEWAY / 2));
  }

  private Fragment joined(boolean joins, String joinElement) {
    int height = Math.max(bottom, line + Node.GATEWAY / 2);
    if (!joins) {
      return new Fragment(joinAt - Fragment.GAP, height, line, nodes, flows, gateway.id(), null);
    }
    nodes.add(Node.gateway(joinId, joinElement).shifted(joinAt, line - Node.GATEWAY / 2));
    return new Fragment(joinAt + Node.GATEWAY, height, line, nodes, flows, gateway.id(), joinId);
  }
}
