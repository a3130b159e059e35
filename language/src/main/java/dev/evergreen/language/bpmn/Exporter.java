package dev.evergreen.language.bpmn;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Handler.Trigger;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.bpmn.Fragment.Flow;
import dev.evergreen.language.bpmn.Fragment.Point;
import dev.evergreen.language.bpmn.Node.Area;
import dev.evergreen.language.bpmn.Node.Cause;
import dev.evergreen.language.bpmn.Node.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes a model of a tree: every block becomes a fragment, drawn and connected.
final class Exporter {
  static final int EVENT = 36;
  static final int GATEWAY = 50;

  private static final int TASK_WIDTH = 120;
  private static final int TASK_HEIGHT = 80;
  private static final int PAD = 40;
  private static final int ROWS = 40;
  private static final int BORDER = 48;

  /// How many subprocesses are around the step that is exported.
  private int depth;

  /// With what runs end from inside of subprocesses.
  private final Set<String> outcomes = new TreeSet<>();

  private Exporter() {}

  static Fragment export(Definition definition) {
    var exporter = new Exporter();
    var main = exporter.mainFlow(definition);
    var below = new ArrayList<Fragment>();
    definition.handlers().forEach(handler -> below.add(exporter.eventSubProcess(handler)));
    for (String outcome : exporter.outcomes) {
      below.add(ending("ending_" + (below.size() + 1), outcome));
    }
    return stacked(main, below);
  }

  private Fragment mainFlow(Definition definition) {
    Fragment main = start(definition.starts());
    var steps = sequence(definition.steps());
    if (steps != null) {
      main = main.then(steps);
    }
    var end = new Kind.Occurrence("endEvent", new Cause.Nothing(), null, null);
    return main.then(Fragment.of(event("end", "Done", end), false));
  }

  private static Fragment start(List<Definition.Trigger> triggers) {
    if (triggers.size() <= 1) {
      return Fragment.of(started("start", triggers.isEmpty() ? null : triggers.getFirst()), true);
    }
    var nodes = new ArrayList<Node>();
    var flows = new ArrayList<Flow>();
    int x = EVENT + Fragment.GAP;
    int line = GATEWAY / 2;
    nodes.add(
        new Node("starts", "", new Kind.Gateway("exclusiveGateway"), box(x, 0, GATEWAY), null));
    for (int i = 0; i < triggers.size(); i++) {
      int y = line - EVENT / 2 + i * (EVENT + ROWS);
      var node = started("start_" + (i + 1), triggers.get(i)).shifted(0, y);
      nodes.add(node);
      int middle = y + EVENT / 2;
      flows.add(
          i == 0
              ? Flow.plain(node.id(), "starts", new Point(EVENT, middle), new Point(x, middle))
              : Flow.plain(
                  node.id(),
                  "starts",
                  new Point(EVENT, middle),
                  new Point(x + line, middle),
                  new Point(x + line, GATEWAY)));
    }
    int height = Math.max(GATEWAY, line + EVENT / 2 + (triggers.size() - 1) * (EVENT + ROWS));
    return new Fragment(x + GATEWAY, height, line, nodes, flows, "start_1", "starts");
  }

  private static Node started(String id, Definition.@Nullable Trigger trigger) {
    return trigger == null
        ? event(id, "", new Kind.Occurrence("startEvent", new Cause.Nothing(), null, null))
        : event(
            id,
            trigger.when().equals(Condition.ALWAYS)
                ? trigger.event()
                : trigger.event() + ", if " + trigger.when(),
            new Kind.Occurrence(
                "startEvent", new Cause.Message(List.of(trigger.event())), null, null));
  }

  /// Null when there are none.
  private @Nullable Fragment sequence(List<Step> steps) {
    Fragment sequence = null;
    for (Step step : steps) {
      var next = step(step);
      sequence = sequence == null ? next : sequence.then(next);
    }
    return sequence;
  }

  private Fragment step(Step step) {
    var handlers = step.handlers();
    if (handlers.isEmpty()) {
      return plain(step);
    }
    boolean alongside = handlers.stream().anyMatch(Handler::alongside);
    if (!alongside) {
      return handled(step);
    }
    depth++;
    var handled = handled(step);
    depth--;
    // What runs alongside belongs to the block: the flow goes on when all of it is over.
    return subProcess("scope_" + step.id(), "", handled, null, handled.exit() != null);
  }

  private Fragment plain(Step step) {
    return switch (step) {
      case DoStep it -> task(it, "userTask");
      case RunStep it -> task(it, "serviceTask");
      case CallStep it -> task(it, "callActivity");
      case AskStep it -> ask(it);
      case DecideStep it -> decide(it);
      case TogetherStep it -> together(it);
      case RepeatStep it -> repeat(it);
      case WaitStep it -> await(it);
      case EndStep it -> Fragment.of(end(it), false);
    };
  }

  private static Fragment task(Step step, String element) {
    int width = Math.max(TASK_WIDTH, step.handlers().size() * BORDER + 12);
    var area = new Area(0, 0, width, TASK_HEIGHT);
    return Fragment.of(new Node(id(step), step.title(), new Kind.Task(element), area, step), true);
  }

  private Node end(EndStep step) {
    if (depth > 0) {
      outcomes.add(step.outcome());
    }
    var cause = depth == 0 ? new Cause.Terminate() : new Cause.Escalation(step.outcome());
    return new Node(
        id(step),
        step.title(),
        new Kind.Occurrence("endEvent", cause, null, null),
        box(0, 0, EVENT),
        step);
  }

  private Fragment ask(AskStep step) {
    var receive =
        new Node(
            id(step) + "_answer",
            "Answer",
            new Kind.Task("receiveTask"),
            new Area(0, 0, TASK_WIDTH, TASK_HEIGHT),
            null);
    var timer = new Border(id(step) + "_timer", "", new Cause.Timer(step.atMost()), true, null);
    var ways = List.of(new Way(timer, sequence(step.otherwise())));
    return task(step, "sendTask").then(bordered(receive, null, ways, id(step) + "_join"));
  }

  private Fragment decide(DecideStep step) {
    var table = step.table();
    if (table == null) {
      return branches(step);
    }
    int width = Math.max(TASK_WIDTH, step.handlers().size() * BORDER + 12);
    var rules =
        Fragment.of(
            new Node(
                step.branches().isEmpty() ? id(step) : id(step) + "_table",
                step.title(),
                new Kind.Task("businessRuleTask"),
                new Area(0, 0, width, TASK_HEIGHT),
                step),
            true);
    return step.branches().isEmpty() ? rules : rules.then(branches(step));
  }

  private Fragment branches(DecideStep step) {
    var arms = new ArrayList<Arm>();
    boolean always = false;
    for (var branch : step.branches()) {
      boolean otherwise = branch.when().equals(Condition.ALWAYS);
      always |= otherwise;
      var condition = otherwise ? null : branch.when().source();
      arms.add(new Arm(sequence(branch.steps()), condition, otherwise));
    }
    if (!always) {
      arms.add(new Arm(null, null, true));
    }
    return split(gateway(step, "exclusiveGateway"), arms, "exclusiveGateway");
  }

  private Fragment together(TogetherStep step) {
    return step.join() == TogetherStep.Join.ALL ? all(step) : any(step);
  }

  /// A branch that ends the run never comes to the join, so there is none: BPMN's would go on
  /// without that branch. The others are over at an end of their own.
  private Fragment all(TogetherStep step) {
    var branches = new ArrayList<Arm>();
    step.branches().forEach(branch -> branches.add(new Arm(sequence(branch), null, false)));
    boolean meet = branches.stream().allMatch(Arm::goesOn);
    for (int i = 0; i < branches.size() && !meet; i++) {
      branches.set(i, over(branches.get(i).steps(), step, i, new Cause.Nothing()));
    }
    return split(gateway(step, "parallelGateway"), branches, "parallelGateway");
  }

  private Fragment any(TogetherStep step) {
    depth++;
    var arms = new ArrayList<Arm>();
    boolean goesOn = step.branches().isEmpty();
    for (int i = 0; i < step.branches().size(); i++) {
      var branch = sequence(step.branches().get(i));
      goesOn |= branch == null || branch.exit() != null;
      arms.add(over(branch, step, i, new Cause.Terminate()));
    }
    var fork =
        new Node(
            id(step) + "_fork", "", new Kind.Gateway("parallelGateway"), box(0, 0, GATEWAY), null);
    var inside = split(fork, arms, "parallelGateway");
    depth--;
    return subProcess(id(step), step.title(), inside, step, goesOn);
  }

  /// A branch that comes to an end of its own, unless it has one.
  private static Arm over(@Nullable Fragment branch, TogetherStep step, int number, Cause cause) {
    var end =
        event(
            id(step) + "_over_" + (number + 1),
            "",
            new Kind.Occurrence("endEvent", cause, null, null));
    var over = Fragment.of(end, false);
    return new Arm(branch == null ? over : branch.then(over), null, false);
  }

  private Fragment repeat(RepeatStep step) {
    var head = Fragment.of(gateway(step, "exclusiveGateway"), true);
    var body = sequence(step.steps());
    var again = body == null ? head : head.then(body);
    if (again.exit() == null) {
      return again;
    }
    var test =
        new Node(
            id(step) + "_until",
            "",
            new Kind.Gateway("exclusiveGateway"),
            box(0, 0, GATEWAY),
            null);
    var arms = new ArrayList<Arm>();
    arms.add(new Arm(null, step.until().source(), false));
    var otherwise = sequence(step.otherwise());
    if (otherwise != null) {
      arms.add(new Arm(otherwise, "rounds >= " + step.atMost(), false));
    }
    var tested = again.then(split(test, arms, "exclusiveGateway"));
    int from = again.width() + Fragment.GAP + GATEWAY / 2;
    return withWayBack(tested, id(step) + "_until", id(step), from);
  }

  /// With a flow over everything, from a gateway back to the first one.
  private static Fragment withWayBack(Fragment fragment, String from, String to, int x) {
    var moved = fragment.shifted(0, ROWS);
    int top = moved.line() + ROWS - GATEWAY / 2;
    var flows = new ArrayList<>(moved.flows());
    flows.add(
        new Flow(
            from,
            to,
            "",
            null,
            true,
            List.of(
                new Point(x, top),
                new Point(x, ROWS / 4),
                new Point(GATEWAY / 2, ROWS / 4),
                new Point(GATEWAY / 2, top))));
    return new Fragment(
        moved.width(),
        moved.height() + ROWS,
        moved.line() + ROWS,
        moved.nodes(),
        flows,
        moved.entry(),
        moved.exit());
  }

  private Fragment await(WaitStep step) {
    var timer = new Cause.Timer(step.atMost());
    if (step.events().isEmpty()) {
      var kind = new Kind.Occurrence("intermediateCatchEvent", timer, null, null);
      return Fragment.of(new Node(id(step), step.title(), kind, box(0, 0, EVENT), step), true);
    }
    var arms = new ArrayList<Arm>();
    for (int i = 0; i < step.events().size(); i++) {
      String event = step.events().get(i);
      arms.add(
          new Arm(
              caught(id(step) + "_event_" + (i + 1), event, new Cause.Message(List.of(event))),
              null,
              false));
    }
    var late = caught(id(step) + "_timer", "", timer);
    var otherwise = sequence(step.otherwise());
    arms.add(new Arm(otherwise == null ? late : late.then(otherwise), null, false));
    return split(gateway(step, "eventBasedGateway"), arms, "exclusiveGateway");
  }

  private static Fragment caught(String id, String name, Cause cause) {
    var kind = new Kind.Occurrence("intermediateCatchEvent", cause, null, null);
    return Fragment.of(event(id, name, kind), true);
  }

  /// A block with events on its border. A block of several elements becomes one first.
  private Fragment handled(Step step) {
    depth++;
    var block = plain(step);
    depth--;
    var only = block.nodes().size() == 1 ? block.nodes().getFirst() : null;
    boolean single =
        only != null
            && (only.kind() instanceof Kind.Task || only.kind() instanceof Kind.SubProcess);
    var activity =
        only != null && single
            ? only
            : subProcess("block_" + step.id(), "", block, null, false).nodes().getFirst();
    var ways = new ArrayList<Way>();
    for (Handler handler : step.handlers()) {
      ways.add(
          new Way(
              new Border(
                  "on_" + handler.id(),
                  words(handler),
                  cause(handler.trigger()),
                  !handler.alongside() || handler.trigger() instanceof Trigger.OnFailure,
                  handler),
              sequence(handler.steps())));
    }
    return bordered(activity, block.exit(), ways, id(step) + "_after");
  }

  /// @param interrupts what it is attached to
  private record Border(
      String id, String name, Cause cause, boolean interrupts, @Nullable Handler handler) {}

  private record Way(Border border, @Nullable Fragment steps) {}

  /// An activity with the ways that leave its border, which meet the main one at a gateway.
  private static Fragment bordered(
      Node activity, @Nullable String exit, List<Way> ways, String joinId) {
    var area = activity.area();
    int room = Math.max(area.width(), ways.size() * BORDER + 12);
    var node =
        new Node(
            activity.id(),
            activity.name(),
            activity.kind(),
            new Area(0, 0, room, area.height()),
            activity.step());
    int line = lineOf(node);
    var nodes = new ArrayList<Node>(List.of(node));
    var flows = new ArrayList<Flow>();
    int y = area.height() + ROWS;
    int right = room;
    var placed = new ArrayList<Fragment>();
    for (int i = 0; i < ways.size(); i++) {
      // The first way leaves from the right, so that no two cross.
      int x = room - BORDER * (i + 1);
      var way = ways.get(i);
      nodes.add(border(way.border(), activity.id(), x, area.height() - EVENT / 2));
      var steps = ways.get(i).steps();
      boolean beside = way.border().handler() != null && way.border().handler().alongside();
      if (beside) {
        var end = Fragment.of(ended(way.border().id() + "_over"), false);
        steps = steps == null ? end : steps.then(end);
      }
      int below = y + (steps == null ? ROWS / 2 : steps.line());
      int bottom = area.height() + EVENT / 2;
      int middle = x + EVENT / 2;
      if (steps == null) {
        placed.add(
            new Fragment(
                0, ROWS, below, List.of(), List.of(), way.border().id(), way.border().id()));
        y += ROWS;
        continue;
      }
      var moved = steps.shifted(room + Fragment.GAP, y);
      flows.add(
          Flow.plain(
              way.border().id(),
              steps.entry(),
              new Point(middle, bottom),
              new Point(middle, below),
              new Point(room + Fragment.GAP, below)));
      nodes.addAll(moved.nodes());
      flows.addAll(moved.flows());
      right = Math.max(right, room + Fragment.GAP + steps.width());
      placed.add(
          new Fragment(
              room + Fragment.GAP + steps.width(),
              steps.height(),
              below,
              List.of(),
              List.of(),
              way.border().id(),
              steps.exit()));
      y += steps.height() + ROWS;
    }
    boolean goesOn = exit != null || !(activity.kind() instanceof Kind.SubProcess);
    boolean joins = goesOn || placed.stream().anyMatch(it -> it.exit() != null);
    if (!joins) {
      return new Fragment(right, y, line, nodes, flows, activity.id(), null);
    }
    int x = right + Fragment.GAP;
    nodes.add(
        new Node(
            joinId,
            "",
            new Kind.Gateway("exclusiveGateway"),
            new Area(x, line - GATEWAY / 2, GATEWAY, GATEWAY),
            null));
    if (goesOn) {
      flows.add(Flow.plain(activity.id(), joinId, new Point(room, line), new Point(x, line)));
    }
    for (int i = 0; i < placed.size(); i++) {
      var way = placed.get(i);
      if (way.exit() == null) {
        continue;
      }
      var turn = new Point(x + GATEWAY / 2, way.line());
      var meet = new Point(x + GATEWAY / 2, line + GATEWAY / 2);
      int middle = room - BORDER * (i + 1) + EVENT / 2;
      flows.add(
          way.width() == 0
              ? Flow.plain(
                  way.exit(),
                  joinId,
                  new Point(middle, area.height() + EVENT / 2),
                  new Point(middle, way.line()),
                  turn,
                  meet)
              : Flow.plain(way.exit(), joinId, new Point(way.width(), way.line()), turn, meet));
    }
    return new Fragment(x + GATEWAY, y, line, nodes, flows, activity.id(), joinId);
  }

  private static int lineOf(Node node) {
    return node.kind() instanceof Kind.SubProcess sub
        ? PAD + sub.inside().line()
        : node.area().height() / 2;
  }

  private static Node border(Border border, String attachedTo, int x, int y) {
    var kind = new Kind.Occurrence("boundaryEvent", border.cause(), attachedTo, border.handler());
    return new Node(border.id(), border.name(), kind, box(x, y, EVENT), null);
  }

  /// Around a fragment, from a start event to an end event of its own.
  private static Fragment subProcess(
      String id, String name, Fragment inside, @Nullable Step step, boolean goesOn) {
    var start = new Kind.Occurrence("startEvent", new Cause.Nothing(), null, null);
    var flow = Fragment.of(event(id + "_start", "", start), true).then(inside);
    var whole = flow.then(Fragment.of(ended(id + "_end"), false));
    return around(id, name, whole, step, null, goesOn);
  }

  private static Fragment around(
      String id,
      String name,
      Fragment flow,
      @Nullable Step step,
      @Nullable Handler handler,
      boolean goesOn) {
    var inside = flow.shifted(PAD, PAD);
    var area = new Area(0, 0, flow.width() + 2 * PAD, flow.height() + 2 * PAD);
    var node = new Node(id, name, new Kind.SubProcess(inside, handler), area, step);
    return new Fragment(
        area.width(),
        area.height(),
        PAD + flow.line(),
        List.of(node),
        List.of(),
        id,
        goesOn ? id : null);
  }

  private Fragment eventSubProcess(Handler handler) {
    depth++;
    var start =
        Fragment.of(
            event(
                "on_" + handler.id() + "_start",
                words(handler),
                new Kind.Occurrence("startEvent", cause(handler.trigger()), null, handler)),
            true);
    var steps = sequence(handler.steps());
    depth--;
    var flow = steps == null ? start : start.then(steps);
    var whole = flow.then(Fragment.of(ended("on_" + handler.id() + "_end"), false));
    return around("on_" + handler.id(), words(handler), whole, null, handler, false);
  }

  /// Where an end inside of a subprocess ends the whole run.
  private static Fragment ending(String id, String outcome) {
    var start =
        event(
            id + "_start",
            outcome,
            new Kind.Occurrence("startEvent", new Cause.Escalation(outcome), null, null));
    var end =
        event(
            id + "_end",
            outcome,
            new Kind.Occurrence("endEvent", new Cause.Terminate(), null, null));
    var flow = Fragment.of(start, true).then(Fragment.of(end, false));
    return around(id, "End: " + outcome, flow, null, null, false);
  }

  /// @param condition null when the way is taken without one
  private record Arm(@Nullable Fragment steps, @Nullable String condition, boolean byDefault) {
    boolean goesOn() {
      return steps == null || steps.exit() != null;
    }
  }

  /// Ways that part at a gateway, one below the other, and meet again at another.
  private static Fragment split(Node gateway, List<Arm> arms, String joinElement) {
    int left = GATEWAY + Fragment.GAP;
    int widest =
        arms.stream()
            .mapToInt(arm -> arm.steps() == null ? 0 : arm.steps().width())
            .max()
            .orElse(0);
    int joinAt = left + widest + Fragment.GAP;
    int line =
        Math.max(
            GATEWAY / 2,
            arms.isEmpty() || arms.getFirst().steps() == null ? 0 : arms.getFirst().steps().line());
    boolean joins = arms.stream().anyMatch(Arm::goesOn);
    var joinId = gateway.id() + "_join";
    var nodes = new ArrayList<Node>(List.of(gateway.shifted(0, line - GATEWAY / 2)));
    var flows = new ArrayList<Flow>();
    int y = 0;
    for (int i = 0; i < arms.size(); i++) {
      var arm = arms.get(i);
      var steps = arm.steps();
      int own = steps == null ? ROWS / 2 : steps.line();
      int top = i == 0 ? line - own : y;
      int middle = top + own;
      var from = new ArrayList<Point>();
      from.add(i == 0 ? new Point(GATEWAY, line) : new Point(GATEWAY / 2, line + GATEWAY / 2));
      if (i > 0) {
        from.add(new Point(GATEWAY / 2, middle));
      }
      var into = new ArrayList<Point>();
      if (i > 0) {
        into.add(new Point(joinAt + GATEWAY / 2, middle));
        into.add(new Point(joinAt + GATEWAY / 2, line + GATEWAY / 2));
      } else {
        into.add(new Point(joinAt, line));
      }
      var name = arm.condition() == null ? "" : arm.condition();
      if (steps == null) {
        from.addAll(into);
        flows.add(new Flow(gateway.id(), joinId, name, arm.condition(), arm.byDefault(), from));
        y = Math.max(y, top + ROWS);
        continue;
      }
      from.add(new Point(left, middle));
      flows.add(
          new Flow(gateway.id(), steps.entry(), name, arm.condition(), arm.byDefault(), from));
      var moved = steps.shifted(left, top);
      nodes.addAll(moved.nodes());
      flows.addAll(moved.flows());
      if (steps.exit() != null) {
        into.addFirst(new Point(left + steps.width(), middle));
        flows.add(new Flow(steps.exit(), joinId, "", null, false, into));
      }
      y = Math.max(y, top + steps.height() + ROWS);
    }
    int height = Math.max(y, line + GATEWAY / 2);
    if (!joins) {
      return new Fragment(left + widest, height, line, nodes, flows, gateway.id(), null);
    }
    nodes.add(
        new Node(
            joinId,
            "",
            new Kind.Gateway(joinElement),
            new Area(joinAt, line - GATEWAY / 2, GATEWAY, GATEWAY),
            null));
    return new Fragment(joinAt + GATEWAY, height, line, nodes, flows, gateway.id(), joinId);
  }

  private static Fragment stacked(Fragment main, List<Fragment> below) {
    var nodes = new ArrayList<>(main.nodes());
    var flows = new ArrayList<>(main.flows());
    int y = main.height() + 2 * ROWS;
    int width = main.width();
    for (Fragment fragment : below) {
      var moved = fragment.shifted(0, y);
      nodes.addAll(moved.nodes());
      flows.addAll(moved.flows());
      y += fragment.height() + ROWS;
      width = Math.max(width, fragment.width());
    }
    return new Fragment(width, y, main.line(), nodes, flows, main.entry(), main.exit());
  }

  private static Node gateway(Step step, String element) {
    return new Node(id(step), step.title(), new Kind.Gateway(element), box(0, 0, GATEWAY), step);
  }

  private static Node ended(String id) {
    return event(id, "", new Kind.Occurrence("endEvent", new Cause.Nothing(), null, null));
  }

  private static Node event(String id, String name, Kind kind) {
    return new Node(id, name, kind, box(0, 0, EVENT), null);
  }

  private static Area box(int x, int y, int size) {
    return new Area(x, y, size, size);
  }

  private static Cause cause(Trigger trigger) {
    return switch (trigger) {
      case Trigger.OnEvent(var events, var _) -> new Cause.Message(events);
      case Trigger.After(var span) -> new Cause.Timer(span);
      case Trigger.OnFailure() -> new Cause.Failure();
    };
  }

  private static String words(Handler handler) {
    return switch (handler.trigger()) {
      case Trigger.OnEvent(var events, var _) -> String.join(", ", events);
      case Trigger.After(var span) -> Spelling.words(span);
      case Trigger.OnFailure() -> "failure";
    };
  }

  static String id(Step step) {
    return "step_" + step.id();
  }
}
