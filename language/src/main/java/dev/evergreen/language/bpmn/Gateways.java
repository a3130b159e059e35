package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.language.bpmn.Graph.Edge;
import dev.evergreen.language.bpmn.Graph.Vertex;
import dev.evergreen.language.bpmn.Passage.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the blocks that begin where ways part: decisions, branches side by side, and waits for
/// whichever event comes first.
record Gateways(Scope scope, Inlet inlet) {

  Passage decide(Vertex at) throws Blocked {
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
        var way = scope.way(flow);
        branches.add(new DecideStep.Branch(condition.get(), way.steps()));
        stops.add(way.stop());
      }
    }
    if (otherwise != null) {
      var way = scope.way(otherwise);
      if (!way.steps().isEmpty()) {
        branches.add(new DecideStep.Branch(Condition.ALWAYS, way.steps()));
      }
      stops.add(way.stop());
    }
    return new Passage(
        List.of(new DecideStep("", at.name(), branches, Inlet.table(at), List.of())),
        Stop.ofAll(at, stops));
  }

  private static boolean isDefault(Vertex at, Edge flow) {
    return at.element().getAttribute("default").equals(flow.element().getAttribute("id"));
  }

  Passage together(Vertex at) throws Blocked {
    var ways = new ArrayList<List<Step>>();
    var stops = new ArrayList<Stop>();
    for (Edge flow : at.out()) {
      var way = scope.way(flow);
      ways.add(way.steps());
      stops.add(way.stop());
    }
    boolean ends = stops.stream().anyMatch(Stop.Ended.class::isInstance);
    var stop = ends ? ending(at, stops) : Stop.ofAll(at, stops);
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
    return new Passage(
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
    var stop = Stop.ofAll(at, ways);
    return stop instanceof Stop.Left ? stop : new Stop.Ended();
  }

  /// All that is in a subprocess, when that is parallel ways each of which leaves it at its end:
  /// the first to be over ends the others.
  Optional<TogetherStep> anyOf(Vertex subProcess) throws Blocked {
    var starts = scope.graph().starts();
    if (starts.size() != 1 || starts.getFirst().out().size() != 1) {
      return Optional.empty();
    }
    var fork = starts.getFirst().next();
    boolean declared =
        Dom.details(subProcess.element(), "together")
            .filter(it -> it.getAttribute("until").equals("any"))
            .isPresent();
    if (!fork.kind().equals("parallelGateway") || (fork.out().size() < 2 && !declared)) {
      return Optional.empty();
    }
    var ways = new ArrayList<List<Step>>();
    boolean all = true;
    for (Edge flow : fork.out()) {
      var way = scope.way(flow);
      all &= way.stop() instanceof Stop.Left || way.stop() instanceof Stop.Ended;
      ways.add(way.steps());
    }
    return all || declared
        ? Optional.of(
            new TogetherStep("", subProcess.name(), TogetherStep.Join.ANY, ways, List.of()))
        : Optional.empty();
  }

  Passage await(Vertex at) throws Blocked {
    var events = new ArrayList<String>();
    var met = new ArrayList<Passage>();
    Vertex timer = null;
    Passage late = null;
    for (Edge flow : at.out()) {
      var event = flow.to();
      scope.take(event);
      var way = scope.way(event, null);
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
      throw Activities.endlessWait(at);
    }
    var wait = inlet.waiting(at, events, timer, late.steps());
    if (met.stream().allMatch(way -> way.steps().isEmpty())) {
      var stops = new ArrayList<>(met.stream().map(Passage::stop).toList());
      stops.add(late.stop());
      return new Passage(List.of(wait), Stop.ofAll(at, stops));
    }
    if (met.size() == 1 && late.stop() instanceof Stop.Ended) {
      // Drawn without a gateway behind it: what follows the one event is simply the next.
      return met.getFirst().behind(wait);
    }
    throw new Blocked(
        at,
        "a way of its own for one of several events",
        "let the events meet first, and ask at an exclusive gateway which one it was");
  }
}
