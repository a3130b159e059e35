package dev.evergreen.language.bpmn;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.bpmn.Bpmn.Obstacle;
import dev.evergreen.language.bpmn.Graph.Edge;
import dev.evergreen.language.bpmn.Graph.Vertex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// Reads the flow of a process or a subprocess as nested blocks.
///
/// It goes along the flow until ways meet. A block's ways have to meet at one node, and all flows
/// into that node have to come from the block; then the block goes on behind it. A node into which
/// others lead as well belongs to a block further out, and is handed to that.
final class Scope {
  private static final int MOST_DEPTH = 100;

  private final Inlet inlet;
  private final int depth;
  private final Set<Vertex> read = new HashSet<>();

  /// How many blocks are around what is read now.
  private int blocks;

  Scope(Inlet inlet, int depth) {
    this.inlet = inlet;
    this.depth = depth;
  }

  /// Where the reading of a sequence came to.
  private sealed interface Stop {
    /// A node at which ways meet, and over how many flows it was come to.
    record Meeting(Vertex at, int flows) implements Stop {}

    /// The end of the run.
    record Ended() implements Stop {}

    /// The end of this way, or of this scope.
    record Over() implements Stop {}

    /// An end that leaves everything in this scope.
    record Left() implements Stop {}
  }

  private record Sequence(List<Step> steps, Stop stop) {}

  private record Reading(Graph graph, @Nullable Vertex loop) {
    Reading inLoop(Vertex head) {
      return new Reading(graph, head);
    }

    Reading outsideLoop() {
      return new Reading(graph, null);
    }
  }

  /// All of a graph's flow.
  List<Step> steps(Graph graph) throws Blocked {
    return whole(graph).steps();
  }

  private Sequence whole(Graph graph) throws Blocked {
    if (depth > MOST_DEPTH) {
      throw tooDeep();
    }
    var starts = graph.starts();
    if (starts.isEmpty()) {
      return new Sequence(List.of(), new Stop.Over());
    }
    read.addAll(starts);
    var first = starts.getFirst();
    var next = first.kind().equals("startEvent") ? target(first) : first;
    for (Vertex start : starts.subList(1, starts.size())) {
      if (!start.kind().equals("startEvent") || target(start) != next) {
        throw new Blocked(
            start,
            "the flow begins here and elsewhere",
            "let all starts lead to one and the same element");
      }
    }
    if (next == null) {
      return new Sequence(List.of(), new Stop.Over());
    }
    var entered = starts.size() > 1 || graph.forward(next) == 1;
    var sequence =
        next.isGateway() && next.out().size() == 1 && starts.size() > 1
            ? goOn(next, new Reading(graph, null))
            : sequence(next, new Reading(graph, null), entered);
    if (sequence.stop() instanceof Stop.Meeting(var at, var _)) {
      throw new Blocked(
          at,
          "ways meet here that did not part at one place",
          "let the ways of each gateway meet again at a gateway of their own");
    }
    for (Vertex vertex : graph.vertices()) {
      if (!read.contains(vertex) && !Graph.isEventSubProcess(vertex)) {
        throw new Blocked(vertex, "the flow never comes to it", "connect it, or take it out");
      }
    }
    return sequence;
  }

  /// A handler of the whole run; empty for the way by which a run ends from inside.
  Optional<Handler> wholeHandler(Vertex sub) throws Blocked {
    var graph = new Graph(sub.element());
    var starts = graph.starts();
    if (starts.size() != 1 || !starts.getFirst().kind().equals("startEvent")) {
      throw new Blocked(sub, "it has no single start", "give it one start event");
    }
    var start = starts.getFirst();
    if (Dom.child(start.element(), "escalationEventDefinition").isPresent()) {
      return Optional.empty();
    }
    var steps = new Scope(inlet, depth + 1).steps(graph);
    return Optional.of(handler(start, steps, start.element().getAttribute("isInterrupting")));
  }

  private Handler handler(Vertex event, List<Step> steps, String interrupts) throws Blocked {
    var details = Dom.details(event.element(), "handler");
    boolean alongside =
        details
            .map(it -> it.getAttribute("alongside").equals("true"))
            .orElse(interrupts.equals("false"));
    var unless =
        details.flatMap(it -> Dom.attribute(it, "unless")).map(Inlet::condition).orElse(null);
    return new Handler("", inlet.trigger(event), unless, alongside, steps);
  }

  /// @param entered whether the first node was come to as the end of a block, and is to be read now
  private Sequence sequence(@Nullable Vertex first, Reading reading, boolean entered)
      throws Blocked {
    var steps = new ArrayList<Step>();
    var at = first;
    boolean enter = entered;
    while (at != null) {
      if (!enter && isMeeting(at, reading)) {
        return new Sequence(steps, new Stop.Meeting(at, 1));
      }
      enter = false;
      if (!read.add(at)) {
        throw new Blocked(
            at, "ways cross here", "let the ways of each gateway meet again at one place");
      }
      var block = block(at, reading);
      steps.addAll(block.steps());
      if (!(block.stop() instanceof Stop.Meeting(var next, var flows))) {
        return new Sequence(steps, block.stop());
      }
      if (flows == 0) {
        // Straight on: the node is the next one, whatever else leads to it.
        at = next;
      } else if (flows == reading.graph().forward(next) && !isTest(next, reading)) {
        if (isPureJoin(next, reading)) {
          read.add(next);
          at = target(next);
        } else {
          at = next;
          enter = true;
        }
      } else {
        return new Sequence(steps, new Stop.Meeting(next, flows));
      }
    }
    return new Sequence(steps, new Stop.Over());
  }

  /// Behind a gateway at which ways have met.
  private Sequence goOn(Vertex join, Reading reading) throws Blocked {
    read.add(join);
    return sequence(target(join), reading, false);
  }

  private static boolean isPureJoin(Vertex at, Reading reading) {
    return at.isGateway() && at.out().size() <= 1 && !reading.graph().isLoopHead(at);
  }

  private boolean isMeeting(Vertex at, Reading reading) {
    if (at.kind().equals("endEvent")) {
      return false;
    }
    return isTest(at, reading)
        || reading.graph().forward(at) > 1
        || (at.isGateway() && at.out().size() <= 1 && !isRepeat(at, reading) && blocks > 0);
  }

  /// Where the loop that is read now leads back to its head.
  private static boolean isTest(Vertex at, Reading reading) {
    return reading.loop() != null
        && at.out().stream()
            .anyMatch(edge -> edge.to() == reading.loop() && reading.graph().isBackward(edge));
  }

  private static boolean isRepeat(Vertex at, Reading reading) {
    return reading.graph().isLoopHead(at) || Dom.details(at.element(), "repeat").isPresent();
  }

  /// One block that begins at a node, with where it leads: a meeting over 0 flows is straight on.
  private Sequence block(Vertex at, Reading reading) throws Blocked {
    if (isRepeat(at, reading)) {
      return repeat(at, reading);
    }
    return switch (at.kind()) {
      case "startEvent", "intermediateThrowEvent" -> pass(at);
      case "endEvent" -> end(at);
      case "task", "userTask", "manualTask" -> activity(at, inlet.task(at), reading);
      case "serviceTask", "scriptTask" -> activity(at, inlet.action(at), reading);
      case "sendTask" -> send(at, reading);
      case "receiveTask" -> receive(at, reading);
      case "businessRuleTask" -> rules(at, reading);
      case "callActivity" -> activity(at, inlet.call(at), reading);
      case "subProcess" -> subProcess(at, reading);
      case "intermediateCatchEvent" -> caught(at);
      case "exclusiveGateway" -> at.out().size() <= 1 ? pass(at) : decide(at, reading);
      case "parallelGateway" -> at.out().size() <= 1 ? pass(at) : together(at, reading);
      case "eventBasedGateway" -> await(at, reading);
      default ->
          throw new Blocked(
              at,
              "a workflow has no block for it",
              at.kind().equals("inclusiveGateway")
                  ? "use exclusive gateways, one for each question"
                  : "use tasks, events, subprocesses, and exclusive, parallel or event-based"
                      + " gateways");
    };
  }

  private static Sequence pass(Vertex at) throws Blocked {
    if (at.kind().equals("intermediateThrowEvent") && hasDefinition(at)) {
      throw new Blocked(
          at, "a workflow throws no events", "make it a service task that says the action");
    }
    return straight(List.of(), at);
  }

  private static boolean hasDefinition(Vertex at) {
    return Dom.children(at.element()).stream()
        .anyMatch(it -> String.valueOf(it.getLocalName()).endsWith("EventDefinition"));
  }

  private Sequence end(Vertex at) {
    var ours = Dom.details(at.element(), "end").flatMap(it -> Dom.attribute(it, "outcome"));
    if (ours.isPresent()) {
      return new Sequence(List.of(new EndStep("", at.name(), ours.get())), new Stop.Ended());
    }
    boolean terminates = Dom.child(at.element(), "terminateEventDefinition").isPresent();
    if (terminates && depth == 0) {
      var outcome = Inlet.key(at.name()).replace('.', '-');
      return new Sequence(
          List.of(new EndStep("", at.name(), outcome.isEmpty() ? "done" : outcome)),
          new Stop.Ended());
    }
    return new Sequence(List.of(), terminates ? new Stop.Left() : new Stop.Over());
  }

  /// A step with what is on its border.
  private Sequence activity(Vertex at, Step step, Reading reading) throws Blocked {
    return activity(at, step, new Stop.Over(), reading);
  }

  /// @param inside where it comes to when no flow leaves it
  private Sequence activity(Vertex at, Step step, Stop inside, Reading reading) throws Blocked {
    var looped = looped(at, step);
    if (at.borders().isEmpty()) {
      return straight(List.of(looped), at, inside);
    }
    var handlers = new ArrayList<Handler>();
    var ways = new ArrayList<Stop>();
    for (Vertex border : at.borders()) {
      read.add(border);
      var way = way(border, reading);
      var handler = handler(border, way.steps(), border.element().getAttribute("cancelActivity"));
      if (handler.alongside()
          && !(way.stop() instanceof Stop.Over || way.stop() instanceof Stop.Ended)) {
        throw new Blocked(
            border,
            "what runs beside an activity comes back to the flow",
            "let it come to an end event of its own");
      }
      handlers.add(handler);
      if (!handler.alongside()) {
        ways.add(way.stop());
      }
    }
    ways.add(at.out().isEmpty() ? inside : new Stop.Meeting(next(at), 1));
    var blocked = looped instanceof EndStep || !looped.handlers().isEmpty();
    var whole =
        blocked
            ? new TogetherStep(
                "", at.name(), TogetherStep.Join.ALL, List.of(List.of(looped)), handlers)
            : Rebuild.with(looped, handlers);
    return new Sequence(List.of(whole), met(at, ways));
  }

  /// An activity that BPMN itself repeats.
  private Step looped(Vertex at, Step step) throws Blocked {
    if (Dom.child(at.element(), "multiInstanceLoopCharacteristics").isPresent()) {
      throw new Blocked(
          at,
          "it is done once for each of several things",
          "draw it once, or call a workflow for each");
    }
    var loop = Dom.child(at.element(), "standardLoopCharacteristics");
    if (loop.isEmpty()) {
      return step;
    }
    var condition = Dom.child(loop.get(), "loopCondition").map(Element::getTextContent);
    if (condition.isEmpty() || !loop.get().hasAttribute("loopMaximum")) {
      throw endless(at);
    }
    var until = Inlet.condition("!(" + condition.get().strip() + ")");
    int most = Inlet.whole(at, loop.get(), "loopMaximum");
    return new RepeatStep("", at.name(), most, until, List.of(step), List.of(), List.of());
  }

  private static Blocked endless(Vertex at) {
    return new Blocked(
        at,
        "a repetition without a bound, or without a condition that ends it",
        "say in `evergreen:repeat` at most how many times, and until when");
  }

  /// What follows an event or a flow, up to where it meets another way.
  private Sequence way(Vertex from, Reading reading) throws Blocked {
    blocks++;
    try {
      if (blocks > MOST_DEPTH) {
        throw tooDeep();
      }
      return from.out().isEmpty()
          ? new Sequence(List.of(), new Stop.Over())
          : sequence(next(from), reading, false);
    } finally {
      blocks--;
    }
  }

  private Sequence way(Edge flow, Reading reading) throws Blocked {
    blocks++;
    try {
      if (blocks > MOST_DEPTH) {
        throw tooDeep();
      }
      return sequence(flow.to(), reading, false);
    } finally {
      blocks--;
    }
  }

  /// Where ways of one block meet.
  private static Stop met(Vertex at, List<Stop> ways) throws Blocked {
    Vertex meeting = null;
    int flows = 0;
    boolean over = false;
    boolean left = false;
    for (Stop way : ways) {
      switch (way) {
        case Stop.Meeting(var place, var count) -> {
          if (meeting != null && meeting != place) {
            throw new Blocked(
                at,
                "its ways meet at different places, %s and %s".formatted(meeting, place),
                "let all of them meet again at one gateway");
          }
          meeting = place;
          flows += count;
        }
        case Stop.Over _ -> over = true;
        case Stop.Left _ -> left = true;
        case Stop.Ended _ -> {
          // Nothing comes from there.
        }
      }
    }
    if (meeting != null && (over || left)) {
      throw new Blocked(
          at,
          "one of its ways is over while another goes on",
          "let that way end with a terminate event, or lead it to where the others meet");
    }
    if (meeting != null) {
      return new Stop.Meeting(meeting, flows);
    }
    return over ? new Stop.Over() : left ? new Stop.Left() : new Stop.Ended();
  }

  private Sequence send(Vertex at, Reading reading) throws Blocked {
    var question = inlet.question(at);
    if (question.isEmpty()) {
      return activity(at, inlet.action(at), reading);
    }
    var answer = next(at);
    if (!answer.kind().equals("receiveTask")
        || answer.borders().size() != 1
        || reading.graph().forward(answer) != 1) {
      throw new Blocked(
          at,
          "a question that is not followed by its answer with a time on its border",
          "let a receive task with a timer event follow it");
    }
    read.add(answer);
    var late = answer.borders().getFirst();
    read.add(late);
    var otherwise = way(late, reading);
    var it = question.get();
    var whole =
        new AskStep(
            "",
            it.title(),
            it.question(),
            it.into(),
            it.type(),
            it.attempts(),
            it.atMost(),
            otherwise.steps(),
            List.of());
    return new Sequence(
        List.of(whole), met(at, List.of(otherwise.stop(), new Stop.Meeting(next(answer), 1))));
  }

  private Sequence receive(Vertex at, Reading reading) throws Blocked {
    if (at.borders().size() != 1 || !Inlet.isTimer(at.borders().getFirst())) {
      throw endlessWait(at);
    }
    var late = at.borders().getFirst();
    read.add(late);
    var otherwise = way(late, reading);
    var wait = waiting(at, inlet.events(at), late, otherwise.steps());
    return new Sequence(
        List.of(wait), met(at, List.of(otherwise.stop(), new Stop.Meeting(next(at), 1))));
  }

  private static Blocked endlessWait(Vertex at) {
    return new Blocked(
        at,
        "a wait that may never end",
        "add a timer: at an event-based gateway, or on the border of a receive task");
  }

  private WaitStep waiting(Vertex at, List<String> events, Vertex timer, List<Step> otherwise)
      throws Blocked {
    var details = Dom.details(at.element(), "wait");
    return new WaitStep(
        "",
        at.name(),
        events,
        details.flatMap(it -> Dom.attribute(it, "when")).map(Inlet::condition).orElse(null),
        inlet.timer(timer),
        details.flatMap(it -> Dom.attribute(it, "since")).orElse(null),
        otherwise,
        List.of());
  }

  private Sequence rules(Vertex at, Reading reading) throws Blocked {
    var table = Inlet.table(at);
    if (table == null) {
      return activity(at, inlet.action(at), reading);
    }
    if (at.out().size() == 1
        && at.borders().isEmpty()
        && Inlet.table(next(at)) != null
        && next(at).isGateway()) {
      return straight(List.of(), at);
    }
    return activity(at, new DecideStep("", at.name(), List.of(), table, List.of()), reading);
  }

  private Sequence subProcess(Vertex at, Reading reading) throws Blocked {
    var graph = new Graph(at.element());
    if (!graph.eventSubProcesses().isEmpty()) {
      throw new Blocked(
          graph.eventSubProcesses().getFirst(),
          "a subprocess with handlers inside",
          "put the events on the border of the subprocess");
    }
    var any = new Scope(inlet, depth + 1).anyOf(at, graph);
    if (any.isPresent()) {
      return activity(at, any.get(), new Stop.Ended(), reading);
    }
    var whole = new Scope(inlet, depth + 1).whole(graph);
    var steps = whole.steps();
    var inside = whole.stop() instanceof Stop.Ended ? whole.stop() : new Stop.Over();
    boolean looped =
        Dom.children(at.element()).stream()
            .anyMatch(it -> String.valueOf(it.getLocalName()).endsWith("LoopCharacteristics"));
    if (at.borders().isEmpty() && !looped) {
      return straight(steps, at, inside);
    }
    if (steps.isEmpty()) {
      throw new Blocked(at, "nothing is in it", "put a step into it");
    }
    var only =
        steps.size() == 1
            ? steps.getFirst()
            : new TogetherStep("", at.name(), TogetherStep.Join.ALL, List.of(steps), List.of());
    return activity(at, only, inside, reading);
  }

  /// A subprocess of parallel ways each of which leaves it at its end.
  private Optional<TogetherStep> anyOf(Vertex at, Graph graph) throws Blocked {
    var starts = graph.starts();
    if (starts.size() != 1 || starts.getFirst().out().size() != 1) {
      return Optional.empty();
    }
    var fork = next(starts.getFirst());
    boolean declared =
        Dom.details(at.element(), "together")
            .filter(it -> it.getAttribute("until").equals("any"))
            .isPresent();
    if (!fork.kind().equals("parallelGateway") || (fork.out().size() < 2 && !declared)) {
      return Optional.empty();
    }
    var ways = new ArrayList<List<Step>>();
    boolean all = true;
    for (Edge flow : fork.out()) {
      var way = way(flow, new Reading(graph, null));
      all &= way.stop() instanceof Stop.Left || way.stop() instanceof Stop.Ended;
      ways.add(way.steps());
    }
    return all || declared
        ? Optional.of(new TogetherStep("", at.name(), TogetherStep.Join.ANY, ways, List.of()))
        : Optional.empty();
  }

  private Sequence caught(Vertex at) throws Blocked {
    if (!Inlet.isTimer(at)) {
      throw endlessWait(at);
    }
    return straight(List.of(waiting(at, List.of(), at, List.of())), at);
  }

  private Sequence decide(Vertex at, Reading reading) throws Blocked {
    var branches = new ArrayList<DecideStep.Branch>();
    var stops = new ArrayList<Stop>();
    Edge otherwise = null;
    for (Edge flow : at.out()) {
      var condition = Inlet.condition(flow);
      if (isDefault(at, flow) || condition.isEmpty()) {
        if (otherwise != null) {
          throw new Blocked(
              at, "several of its flows say no condition", "give each flow but one a condition");
        }
        otherwise = flow;
      } else {
        var way = way(flow, reading.outsideLoop());
        branches.add(new DecideStep.Branch(condition.get(), way.steps()));
        stops.add(way.stop());
      }
    }
    if (otherwise != null) {
      var way = way(otherwise, reading.outsideLoop());
      if (!way.steps().isEmpty()) {
        branches.add(new DecideStep.Branch(Condition.ALWAYS, way.steps()));
      }
      stops.add(way.stop());
    }
    return new Sequence(
        List.of(new DecideStep("", at.name(), branches, Inlet.table(at), List.of())),
        met(at, stops));
  }

  private static boolean isDefault(Vertex at, Edge flow) {
    return at.element().getAttribute("default").equals(flow.element().getAttribute("id"));
  }

  private Sequence together(Vertex at, Reading reading) throws Blocked {
    var ways = new ArrayList<List<Step>>();
    var stops = new ArrayList<Stop>();
    for (Edge flow : at.out()) {
      var way = way(flow, reading.outsideLoop());
      ways.add(way.steps());
      stops.add(way.stop());
    }
    boolean ends = stops.stream().anyMatch(Stop.Ended.class::isInstance);
    var stop = ends ? ending(at, stops) : met(at, stops);
    if (stop instanceof Stop.Meeting(var join, var _) && !join.kind().equals("parallelGateway")) {
      throw new Blocked(
          join,
          "ways that are gone at the same time meet where each goes on by itself",
          "let them meet at a parallel gateway");
    }
    if (stop instanceof Stop.Left) {
      throw new Blocked(
          at,
          "each of its ways ends everything around it",
          "put the ways into a subprocess of their own");
    }
    return new Sequence(
        List.of(new TogetherStep("", at.name(), TogetherStep.Join.ALL, ways, List.of())), stop);
  }

  /// Where parallel ways come to of which one ends the run. A join of the others would go on
  /// without that one, and ours waits for all.
  private static Stop ending(Vertex at, List<Stop> ways) throws Blocked {
    if (ways.stream().anyMatch(Stop.Meeting.class::isInstance)) {
      throw new Blocked(
          at,
          "one of its ways ends the run while the others go on",
          "lead that way to where the others meet, and end the run behind it");
    }
    var stop = met(at, ways);
    return stop instanceof Stop.Left ? stop : new Stop.Ended();
  }

  private Sequence await(Vertex at, Reading reading) throws Blocked {
    var events = new ArrayList<String>();
    var met = new ArrayList<Sequence>();
    Vertex timer = null;
    Sequence late = null;
    for (Edge flow : at.out()) {
      var event = flow.to();
      read.add(event);
      var way = way(event, reading.outsideLoop());
      if (!Inlet.isTimer(event)) {
        events.addAll(inlet.events(event));
        met.add(way);
      } else if (timer == null) {
        timer = event;
        late = way;
      } else {
        throw new Blocked(event, "a second time to wait for", "keep the shorter one");
      }
    }
    if (timer == null || late == null || events.isEmpty()) {
      throw endlessWait(at);
    }
    var wait = waiting(at, events, timer, late.steps());
    if (met.stream().allMatch(way -> way.steps().isEmpty())) {
      var stops = new ArrayList<>(met.stream().map(Sequence::stop).toList());
      stops.add(late.stop());
      return new Sequence(List.of(wait), met(at, stops));
    }
    if (met.size() == 1 && late.stop() instanceof Stop.Ended) {
      // Drawn without a gateway behind it: what follows the one event is simply the next.
      return new Sequence(concat(wait, met.getFirst().steps()), met.getFirst().stop());
    }
    throw new Blocked(
        at,
        "a way of its own for one of several events",
        "let the events meet first, and ask at an exclusive gateway which one it was");
  }

  /// From the node that the flow comes back to, to the gateway that sends it there.
  private Sequence repeat(Vertex head, Reading reading) throws Blocked {
    var details = Dom.details(head.element(), "repeat");
    if (!head.kind().equals("exclusiveGateway") || head.out().size() != 1) {
      throw new Blocked(
          head,
          "the flow comes back to something else than a gateway that joins",
          "put an exclusive gateway before what is repeated, and test behind it");
    }
    blocks++;
    var body = sequence(target(head), reading.inLoop(head), false);
    blocks--;
    if (!(body.stop() instanceof Stop.Meeting(var test, var _))) {
      return new Sequence(
          List.of(repeated(head, details, null, body.steps(), List.of())), body.stop());
    }
    if (!isTest(test, reading.inLoop(head))
        || !test.kind().equals("exclusiveGateway")
        || reading.graph().forward(test) != 1) {
      throw new Blocked(
          test,
          "a repetition is left from its middle",
          "let one exclusive gateway at its end send the flow back or on");
    }
    read.add(test);
    return tested(head, details, test, body.steps(), reading);
  }

  private Sequence tested(
      Vertex head, Optional<Element> details, Vertex test, List<Step> body, Reading reading)
      throws Blocked {
    var exits = test.out().stream().filter(flow -> flow.to() != head).toList();
    if (exits.isEmpty() || exits.size() > 2 || exits.size() == test.out().size() - 2) {
      throw new Blocked(
          test,
          "a repetition needs one flow back and one or two that leave it",
          "give the gateway those flows");
    }
    var stops = new ArrayList<Stop>();
    var met = way(exits.getFirst(), reading.outsideLoop());
    if (!met.steps().isEmpty() && exits.size() == 1) {
      // Drawn without a gateway where the ways would meet: what follows is simply the next.
      return new Sequence(
          concat(repeated(head, details, exits.getFirst(), body, List.of()), met.steps()),
          met.stop());
    }
    stops.add(met.stop());
    List<Step> otherwise = List.of();
    if (exits.size() == 2) {
      var late = way(exits.get(1), reading.outsideLoop());
      otherwise = late.steps();
      stops.add(late.stop());
      if (!met.steps().isEmpty()) {
        throw new Blocked(
            test, "both ways out of a repetition have steps", "let the ways meet first");
      }
    }
    return new Sequence(
        List.of(repeated(head, details, exits.getFirst(), body, otherwise)), met(test, stops));
  }

  private static List<Step> concat(Step first, List<Step> others) {
    var all = new ArrayList<Step>(others);
    all.addFirst(first);
    return all;
  }

  private static Step repeated(
      Vertex head,
      Optional<Element> details,
      @Nullable Edge exit,
      List<Step> body,
      List<Step> otherwise)
      throws Blocked {
    if (details.isEmpty()) {
      throw endless(head);
    }
    var until =
        Dom.attribute(details.get(), "until")
            .map(Inlet::condition)
            .or(() -> exit == null ? Optional.empty() : Inlet.condition(exit));
    int most = Inlet.whole(head, details.get(), "atMost");
    return new RepeatStep(
        "", head.name(), most, until.orElseThrow(() -> endless(head)), body, otherwise, List.of());
  }

  private static Sequence straight(List<Step> steps, Vertex at) throws Blocked {
    return straight(steps, at, new Stop.Over());
  }

  private static Sequence straight(List<Step> steps, Vertex at, Stop inside) throws Blocked {
    return new Sequence(steps, at.out().isEmpty() ? inside : new Stop.Meeting(next(at), 0));
  }

  private static Vertex next(Vertex at) throws Blocked {
    var target = target(at);
    if (target == null) {
      throw new Blocked(at, "the flow ends here without an end", "let it lead to an end event");
    }
    return target;
  }

  /// The one node that it leads to; null when it leads nowhere.
  private static @Nullable Vertex target(Vertex at) throws Blocked {
    if (at.out().size() > 1 && !at.isGateway()) {
      throw new Blocked(
          at, "several flows leave it at once", "put a parallel or exclusive gateway behind it");
    }
    return at.out().isEmpty() ? null : at.out().getFirst().to();
  }

  private static Blocked tooDeep() {
    return new Blocked(
        new Obstacle(
            "process",
            "",
            "blocks are nested more than %d deep".formatted(MOST_DEPTH),
            "call workflows for the inner ones"));
  }
}
