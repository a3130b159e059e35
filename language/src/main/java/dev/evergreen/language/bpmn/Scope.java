package dev.evergreen.language.bpmn;

import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Step;
import dev.evergreen.language.bpmn.Bpmn.Obstacle;
import dev.evergreen.language.bpmn.Graph.Edge;
import dev.evergreen.language.bpmn.Graph.Vertex;
import dev.evergreen.language.bpmn.Passage.Stop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the flow of a process or a subprocess as nested blocks.
///
/// It goes along the flow until ways meet. A block's ways have to meet at one node, and all flows
/// into that node have to come from the block; then the block goes on behind it. A node into which
/// others lead as well belongs to a block further out, and is handed to that. What each kind of
/// block is made of, [Activities], [Gateways] and [Loops] know.
final class Scope {
  private static final int MOST_DEPTH = 100;

  private final Inlet inlet;
  private final int depth;
  private final Graph graph;
  private final Activities activities;
  private final Gateways gateways;
  private final Loops loops;
  private final Set<Vertex> read = new HashSet<>();

  /// How many blocks are around what is read now.
  private int blocks;

  private Scope(Inlet inlet, int depth, Graph graph) {
    this.inlet = inlet;
    this.depth = depth;
    this.graph = graph;
    this.activities = new Activities(this, inlet);
    this.gateways = new Gateways(this, inlet);
    this.loops = new Loops(this);
  }

  /// Of the process itself.
  static Scope of(Inlet inlet, Graph graph) {
    return new Scope(inlet, 0, graph);
  }

  /// Of a subprocess in this one.
  Scope inside(Graph inner) {
    return new Scope(inlet, depth + 1, inner);
  }

  Activities activities() {
    return activities;
  }

  Gateways gateways() {
    return gateways;
  }

  Graph graph() {
    return graph;
  }

  /// All of its flow.
  Passage whole() throws Blocked {
    if (depth > MOST_DEPTH) {
      throw tooDeep();
    }
    var starts = graph.starts();
    if (starts.isEmpty()) {
      return Passage.NOTHING;
    }
    read.addAll(starts);
    var next = beginning(starts);
    if (next == null) {
      return Passage.NOTHING;
    }
    var entered = starts.size() > 1 || graph.forward(next) == 1;
    var whole =
        next.isGateway() && next.out().size() == 1 && starts.size() > 1
            ? behind(next)
            : sequence(next, null, entered);
    if (whole.stop() instanceof Stop.Meeting(var at, var _)) {
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
    return whole;
  }

  /// The one node to which all starts lead; null when they lead nowhere.
  private static @Nullable Vertex beginning(List<Vertex> starts) throws Blocked {
    var first = starts.getFirst();
    var next = first.kind().equals("startEvent") ? first.target() : first;
    for (Vertex start : starts.subList(1, starts.size())) {
      if (!start.kind().equals("startEvent") || start.target() != next) {
        throw new Blocked(
            start,
            "the flow begins here and elsewhere",
            "let all starts lead to one and the same element");
      }
    }
    return next;
  }

  /// Behind a gateway at which ways have met.
  private Passage behind(Vertex join) throws Blocked {
    read.add(join);
    return sequence(join.target(), null, false);
  }

  /// What follows an event, up to where it meets another way.
  ///
  /// @param loop the head of the loop that it is in; null outside of one
  Passage way(Vertex event, @Nullable Vertex loop) throws Blocked {
    return event.out().isEmpty() ? Passage.NOTHING : inBlock(event.next(), loop);
  }

  /// What stands on a flow, up to where it meets another way. A way of its own may not lead back to
  /// the head of a loop around it.
  Passage way(Edge flow) throws Blocked {
    return inBlock(flow.to(), null);
  }

  Passage inBlock(@Nullable Vertex first, @Nullable Vertex loop) throws Blocked {
    blocks++;
    try {
      if (blocks > MOST_DEPTH) {
        throw tooDeep();
      }
      return sequence(first, loop, false);
    } finally {
      blocks--;
    }
  }

  /// It has been read, and is read nowhere else.
  void take(Vertex vertex) {
    read.add(vertex);
  }

  /// @param entered whether the first node was come to as the end of a block, and is to be read now
  private Passage sequence(@Nullable Vertex first, @Nullable Vertex loop, boolean entered)
      throws Blocked {
    var steps = new ArrayList<Step>();
    var at = first;
    boolean enter = entered;
    while (at != null) {
      if (!enter && isMeeting(at, loop)) {
        return new Passage(steps, new Stop.Meeting(at, 1));
      }
      enter = false;
      if (!read.add(at)) {
        throw new Blocked(
            at, "ways cross here", "let the ways of each gateway meet again at one place");
      }
      var block = block(at, loop);
      steps.addAll(block.steps());
      if (!(block.stop() instanceof Stop.Meeting(var next, var flows))) {
        return new Passage(steps, block.stop());
      }
      if (flows == 0) {
        // Straight on: the node is the next one, whatever else leads to it.
        at = next;
      } else if (flows == graph.forward(next) && !isTest(next, loop)) {
        if (isPureJoin(next)) {
          read.add(next);
          at = next.target();
        } else {
          at = next;
          enter = true;
        }
      } else {
        return new Passage(steps, new Stop.Meeting(next, flows));
      }
    }
    return new Passage(steps, new Stop.Over());
  }

  private boolean isPureJoin(Vertex at) {
    return at.isGateway() && at.out().size() <= 1 && !graph.isLoopHead(at);
  }

  private boolean isMeeting(Vertex at, @Nullable Vertex loop) {
    if (at.kind().equals("endEvent")) {
      return false;
    }
    return isTest(at, loop)
        || graph.forward(at) > 1
        || (at.isGateway() && at.out().size() <= 1 && !loops.isHead(at) && blocks > 0);
  }

  /// Where a loop leads back to its head.
  boolean isTest(Vertex at, @Nullable Vertex loop) {
    return loop != null
        && at.out().stream().anyMatch(edge -> edge.to() == loop && graph.isBackward(edge));
  }

  /// One block that begins at a node, with where it leads.
  private Passage block(Vertex at, @Nullable Vertex loop) throws Blocked {
    if (loops.isHead(at)) {
      return loops.repeat(at);
    }
    return switch (at.kind()) {
      case "startEvent", "intermediateThrowEvent" -> pass(at);
      case "endEvent" -> end(at);
      case "task", "userTask", "manualTask" -> activities.bordered(at, inlet.task(at), loop);
      case "serviceTask", "scriptTask" -> activities.bordered(at, inlet.action(at), loop);
      case "sendTask" -> activities.send(at, loop);
      case "receiveTask" -> activities.receive(at, loop);
      case "businessRuleTask" -> activities.rules(at, loop);
      case "callActivity" -> activities.bordered(at, inlet.call(at), loop);
      case "subProcess" -> activities.subProcess(at, loop);
      case "intermediateCatchEvent" -> activities.caught(at);
      case "exclusiveGateway" -> at.out().size() <= 1 ? pass(at) : gateways.decide(at);
      case "parallelGateway" -> at.out().size() <= 1 ? pass(at) : gateways.together(at);
      case "eventBasedGateway" -> gateways.await(at);
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

  private static Passage pass(Vertex at) throws Blocked {
    if (at.kind().equals("intermediateThrowEvent") && hasDefinition(at)) {
      throw new Blocked(
          at, "a workflow throws no events", "make it a service task that says the action");
    }
    return Passage.straight(List.of(), at);
  }

  private static boolean hasDefinition(Vertex at) {
    return Dom.children(at.element()).stream()
        .anyMatch(it -> String.valueOf(it.getLocalName()).endsWith("EventDefinition"));
  }

  private Passage end(Vertex at) {
    var ours = Dom.details(at.element(), "end").flatMap(it -> Dom.attribute(it, "outcome"));
    if (ours.isPresent()) {
      return new Passage(List.of(new EndStep("", at.name(), ours.get())), new Stop.Ended());
    }
    boolean terminates = Dom.child(at.element(), "terminateEventDefinition").isPresent();
    if (terminates && depth == 0) {
      var outcome = Inlet.key(at.name()).replace('.', '-');
      return new Passage(
          List.of(new EndStep("", at.name(), outcome.isEmpty() ? "done" : outcome)),
          new Stop.Ended());
    }
    return new Passage(List.of(), terminates ? new Stop.Left() : new Stop.Over());
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
