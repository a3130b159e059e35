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
import dev.evergreen.language.Spans;
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
  private static final int TASK_WIDTH = 120;
  private static final int TASK_HEIGHT = 80;

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
    return main.above(below);
  }

  private Fragment mainFlow(Definition definition) {
    Fragment main = start(definition.starts());
    var steps = sequence(definition.steps());
    if (steps != null) {
      main = main.then(steps);
    }
    var end = new Kind.Occurrence("endEvent", new Cause.Nothing(), null, null);
    return main.then(Fragment.of(Node.event("end", "Done", end), false));
  }

  private static Fragment start(List<Definition.Trigger> triggers) {
    if (triggers.size() <= 1) {
      return Fragment.of(started("start", triggers.isEmpty() ? null : triggers.getFirst()), true);
    }
    var nodes = new ArrayList<Node>();
    var flows = new ArrayList<Flow>();
    int x = Node.EVENT + Fragment.GAP;
    int line = Node.GATEWAY / 2;
    nodes.add(Node.gateway("starts", "exclusiveGateway").shifted(x, 0));
    for (int i = 0; i < triggers.size(); i++) {
      int y = line - Node.EVENT / 2 + i * (Node.EVENT + Fragment.ROWS);
      var node = started("start_" + (i + 1), triggers.get(i)).shifted(0, y);
      nodes.add(node);
      int middle = y + Node.EVENT / 2;
      flows.add(
          i == 0
              ? Flow.plain(node.id(), "starts", new Point(Node.EVENT, middle), new Point(x, middle))
              : Flow.plain(
                  node.id(),
                  "starts",
                  new Point(Node.EVENT, middle),
                  new Point(x + line, middle),
                  new Point(x + line, Node.GATEWAY)));
    }
    int height =
        Math.max(
            Node.GATEWAY,
            line + Node.EVENT / 2 + (triggers.size() - 1) * (Node.EVENT + Fragment.ROWS));
    return new Fragment(x + Node.GATEWAY, height, line, nodes, flows, "start_1", "starts");
  }

  private static Node started(String id, Definition.@Nullable Trigger trigger) {
    return trigger == null
        ? Node.event(id, "", new Kind.Occurrence("startEvent", new Cause.Nothing(), null, null))
        : Node.event(
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
    int width = Bordered.width(TASK_WIDTH, step.handlers().size());
    var area = new Area(0, 0, width, TASK_HEIGHT);
    return Fragment.of(new Node(id(step), step.title(), new Kind.Task(element), area, step), true);
  }

  private Node end(EndStep step) {
    if (depth > 0) {
      outcomes.add(step.outcome());
    }
    var cause = depth == 0 ? new Cause.Terminate() : new Cause.Escalation(step.outcome());
    var end = new Kind.Occurrence("endEvent", cause, null, null);
    return new Node(id(step), step.title(), end, Area.square(Node.EVENT), step);
  }

  private Fragment ask(AskStep step) {
    var receive =
        new Node(
            id(step) + "_answer",
            "Answer",
            new Kind.Task("receiveTask"),
            new Area(0, 0, TASK_WIDTH, TASK_HEIGHT),
            null);
    var late =
        new Bordered.Way(
            id(step) + "_timer",
            "",
            new Cause.Timer(step.atMost()),
            null,
            sequence(step.otherwise()));
    return task(step, "sendTask")
        .then(Bordered.of(receive, true, List.of(late), id(step) + "_join"));
  }

  private Fragment decide(DecideStep step) {
    var table = step.table();
    if (table == null) {
      return branches(step);
    }
    int width = Bordered.width(TASK_WIDTH, step.handlers().size());
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
    var arms = new ArrayList<Split.Arm>();
    boolean always = false;
    for (var branch : step.branches()) {
      boolean otherwise = branch.when().equals(Condition.ALWAYS);
      always |= otherwise;
      var condition = otherwise ? null : branch.when().source();
      arms.add(new Split.Arm(sequence(branch.steps()), condition, otherwise));
    }
    if (!always) {
      arms.add(new Split.Arm(null, null, true));
    }
    return Split.of(gateway(step, "exclusiveGateway"), arms, "exclusiveGateway");
  }

  private Fragment together(TogetherStep step) {
    return step.join() == TogetherStep.Join.ALL ? all(step) : any(step);
  }

  /// A branch that ends the run never comes to the join, so there is none: BPMN's would go on
  /// without that branch. The others are over at an end of their own.
  private Fragment all(TogetherStep step) {
    var branches = new ArrayList<Split.Arm>();
    step.branches().forEach(branch -> branches.add(new Split.Arm(sequence(branch), null, false)));
    boolean meet = branches.stream().allMatch(Split.Arm::goesOn);
    for (int i = 0; i < branches.size() && !meet; i++) {
      branches.set(i, over(branches.get(i).steps(), step, i, new Cause.Nothing()));
    }
    return Split.of(gateway(step, "parallelGateway"), branches, "parallelGateway");
  }

  private Fragment any(TogetherStep step) {
    depth++;
    var arms = new ArrayList<Split.Arm>();
    boolean goesOn = step.branches().isEmpty();
    for (int i = 0; i < step.branches().size(); i++) {
      var branch = sequence(step.branches().get(i));
      goesOn |= branch == null || branch.exit() != null;
      arms.add(over(branch, step, i, new Cause.Terminate()));
    }
    var fork = Node.gateway(id(step) + "_fork", "parallelGateway");
    var inside = Split.of(fork, arms, "parallelGateway");
    depth--;
    return subProcess(id(step), step.title(), inside, step, goesOn);
  }

  /// A branch that comes to an end of its own, unless it has one.
  private static Split.Arm over(
      @Nullable Fragment branch, TogetherStep step, int number, Cause cause) {
    var end = new Kind.Occurrence("endEvent", cause, null, null);
    var over = Fragment.of(Node.event(id(step) + "_over_" + (number + 1), "", end), false);
    return new Split.Arm(branch == null ? over : branch.then(over), null, false);
  }

  private Fragment repeat(RepeatStep step) {
    var head = Fragment.of(gateway(step, "exclusiveGateway"), true);
    var body = sequence(step.steps());
    var again = body == null ? head : head.then(body);
    if (again.exit() == null) {
      return again;
    }
    var test = Node.gateway(id(step) + "_until", "exclusiveGateway");
    var arms = new ArrayList<Split.Arm>();
    arms.add(new Split.Arm(null, step.until().source(), false));
    var otherwise = sequence(step.otherwise());
    if (otherwise != null) {
      arms.add(new Split.Arm(otherwise, "rounds >= " + step.atMost(), false));
    }
    var tested = again.then(Split.of(test, arms, "exclusiveGateway"));
    int from = again.width() + Fragment.GAP + Node.GATEWAY / 2;
    return tested.withWayBack(test.id(), id(step), from);
  }

  private Fragment await(WaitStep step) {
    var timer = new Cause.Timer(step.atMost());
    if (step.events().isEmpty()) {
      var kind = new Kind.Occurrence("intermediateCatchEvent", timer, null, null);
      return Fragment.of(
          new Node(id(step), step.title(), kind, Area.square(Node.EVENT), step), true);
    }
    var arms = new ArrayList<Split.Arm>();
    for (int i = 0; i < step.events().size(); i++) {
      String event = step.events().get(i);
      arms.add(
          new Split.Arm(
              caught(id(step) + "_event_" + (i + 1), event, new Cause.Message(List.of(event))),
              null,
              false));
    }
    var late = caught(id(step) + "_timer", "", timer);
    var otherwise = sequence(step.otherwise());
    arms.add(new Split.Arm(otherwise == null ? late : late.then(otherwise), null, false));
    return Split.of(gateway(step, "eventBasedGateway"), arms, "exclusiveGateway");
  }

  private static Fragment caught(String id, String name, Cause cause) {
    var kind = new Kind.Occurrence("intermediateCatchEvent", cause, null, null);
    return Fragment.of(Node.event(id, name, kind), true);
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
    var ways = new ArrayList<Bordered.Way>();
    for (Handler handler : step.handlers()) {
      ways.add(
          new Bordered.Way(
              "on_" + handler.id(),
              words(handler),
              cause(handler.trigger()),
              handler,
              sequence(handler.steps())));
    }
    return Bordered.of(activity, block.exit() != null, ways, id(step) + "_after");
  }

  /// Around a fragment, from a start event to an end event of its own.
  private static Fragment subProcess(
      String id, String name, Fragment inside, @Nullable Step step, boolean goesOn) {
    var start = new Kind.Occurrence("startEvent", new Cause.Nothing(), null, null);
    var flow = Fragment.of(Node.event(id + "_start", "", start), true).then(inside);
    var whole = flow.then(Fragment.of(Node.end(id + "_end"), false));
    return whole.in(id, name, step, null, goesOn);
  }

  private Fragment eventSubProcess(Handler handler) {
    depth++;
    var start =
        Fragment.of(
            Node.event(
                "on_" + handler.id() + "_start",
                words(handler),
                new Kind.Occurrence("startEvent", cause(handler.trigger()), null, handler)),
            true);
    var steps = sequence(handler.steps());
    depth--;
    var flow = steps == null ? start : start.then(steps);
    var whole = flow.then(Fragment.of(Node.end("on_" + handler.id() + "_end"), false));
    return whole.in("on_" + handler.id(), words(handler), null, handler, false);
  }

  /// Where an end inside of a subprocess ends the whole run.
  private static Fragment ending(String id, String outcome) {
    var start =
        Node.event(
            id + "_start",
            outcome,
            new Kind.Occurrence("startEvent", new Cause.Escalation(outcome), null, null));
    var end =
        Node.event(
            id + "_end",
            outcome,
            new Kind.Occurrence("endEvent", new Cause.Terminate(), null, null));
    var flow = Fragment.of(start, true).then(Fragment.of(end, false));
    return flow.in(id, "End: " + outcome, null, null, false);
  }

  private static Node gateway(Step step, String element) {
    return new Node(
        id(step), step.title(), new Kind.Gateway(element), Area.square(Node.GATEWAY), step);
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
      case Trigger.After(var span) -> Spans.written(span);
      case Trigger.OnFailure() -> "failure";
    };
  }

  static String id(Step step) {
    return "step_" + step.id();
  }
}
