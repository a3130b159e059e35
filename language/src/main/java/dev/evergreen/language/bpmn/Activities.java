package dev.evergreen.language.bpmn;

import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.language.bpmn.Graph.Vertex;
import dev.evergreen.language.bpmn.Passage.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads activities with the events on their border, which are handlers, or the ends of waits and
/// questions.
record Activities(Scope scope, Inlet inlet) {

  /// A handler of the whole run; empty for the way by which a run ends from inside.
  Optional<Handler> ofWholeRun(Vertex sub) throws Blocked {
    var graph = new Graph(sub.element());
    var starts = graph.starts();
    if (starts.size() != 1 || !starts.getFirst().kind().equals("startEvent")) {
      throw new Blocked(sub, "it has no single start", "give it one start event");
    }
    var start = starts.getFirst();
    if (Dom.child(start.element(), "escalationEventDefinition").isPresent()) {
      return Optional.empty();
    }
    var steps = scope.inside(graph).whole().steps();
    return Optional.of(inlet.handler(start, steps, start.element().getAttribute("isInterrupting")));
  }

  /// A step with what is on its border.
  Passage bordered(Vertex at, Step step, @Nullable Vertex loop) throws Blocked {
    return bordered(at, step, new Stop.Over(), loop);
  }

  /// @param inside where it comes to when no flow leaves it
  private Passage bordered(Vertex at, Step step, Stop inside, @Nullable Vertex loop)
      throws Blocked {
    var looped = Loops.looped(at, step);
    if (at.borders().isEmpty()) {
      return Passage.straight(List.of(looped), at, inside);
    }
    var handlers = new ArrayList<Handler>();
    var ways = new ArrayList<Stop>();
    for (Vertex border : at.borders()) {
      scope.take(border);
      var way = scope.way(border, loop);
      var handler =
          inlet.handler(border, way.steps(), border.element().getAttribute("cancelActivity"));
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
    ways.add(at.out().isEmpty() ? inside : new Stop.Meeting(at.next(), 1));
    return new Passage(List.of(handled(at, looped, handlers)), Stop.ofAll(at, ways));
  }

  /// What can bear no more handlers gets a block around it that can.
  private static Step handled(Vertex at, Step step, List<Handler> handlers) {
    return step instanceof EndStep || !step.handlers().isEmpty()
        ? new TogetherStep("", at.name(), TogetherStep.Join.ALL, List.of(List.of(step)), handlers)
        : Rebuild.with(step, handlers);
  }

  Passage send(Vertex at, @Nullable Vertex loop) throws Blocked {
    var question = inlet.question(at);
    if (question.isEmpty()) {
      return bordered(at, inlet.action(at), loop);
    }
    var answer = at.next();
    if (!answer.kind().equals("receiveTask")
        || answer.borders().size() != 1
        || scope.graph().forward(answer) != 1) {
      throw new Blocked(
          at,
          "a question that is not followed by its answer with a time on its border",
          "let a receive task with a timer event follow it");
    }
    scope.take(answer);
    var late = answer.borders().getFirst();
    scope.take(late);
    var otherwise = scope.way(late, loop);
    var whole = Rebuild.otherwise(question.get(), otherwise.steps());
    return new Passage(
        List.of(whole),
        Stop.ofAll(at, List.of(otherwise.stop(), new Stop.Meeting(answer.next(), 1))));
  }

  Passage receive(Vertex at, @Nullable Vertex loop) throws Blocked {
    if (at.borders().size() != 1 || !Inlet.isTimer(at.borders().getFirst())) {
      throw endlessWait(at);
    }
    var late = at.borders().getFirst();
    scope.take(late);
    var otherwise = scope.way(late, loop);
    var wait = inlet.waiting(at, inlet.events(at), late, otherwise.steps());
    return new Passage(
        List.of(wait), Stop.ofAll(at, List.of(otherwise.stop(), new Stop.Meeting(at.next(), 1))));
  }

  Passage caught(Vertex at) throws Blocked {
    if (!Inlet.isTimer(at)) {
      throw endlessWait(at);
    }
    return Passage.straight(List.of(inlet.waiting(at, List.of(), at, List.of())), at);
  }

  static Blocked endlessWait(Vertex at) {
    return new Blocked(
        at,
        "a wait that may never end",
        "add a timer: at an event-based gateway, or on the border of a receive task");
  }

  Passage rules(Vertex at, @Nullable Vertex loop) throws Blocked {
    var table = Inlet.table(at);
    if (table == null) {
      return bordered(at, inlet.action(at), loop);
    }
    if (at.out().size() == 1
        && at.borders().isEmpty()
        && Inlet.table(at.next()) != null
        && at.next().isGateway()) {
      return Passage.straight(List.of(), at);
    }
    return bordered(at, new DecideStep("", at.name(), List.of(), table, List.of()), loop);
  }

  Passage subProcess(Vertex at, @Nullable Vertex loop) throws Blocked {
    var graph = new Graph(at.element());
    if (!graph.eventSubProcesses().isEmpty()) {
      throw new Blocked(
          graph.eventSubProcesses().getFirst(),
          "a subprocess with handlers inside",
          "put the events on the border of the subprocess");
    }
    var any = scope.inside(graph).gateways().anyOf(at);
    if (any.isPresent()) {
      return bordered(at, any.get(), new Stop.Ended(), loop);
    }
    var whole = scope.inside(graph).whole();
    var steps = whole.steps();
    var inside = whole.stop() instanceof Stop.Ended ? whole.stop() : new Stop.Over();
    boolean looped =
        Dom.children(at.element()).stream()
            .anyMatch(it -> String.valueOf(it.getLocalName()).endsWith("LoopCharacteristics"));
    if (at.borders().isEmpty() && !looped) {
      return Passage.straight(steps, at, inside);
    }
    if (steps.isEmpty()) {
      throw new Blocked(at, "nothing is in it", "put a step into it");
    }
    var only =
        steps.size() == 1
            ? steps.getFirst()
            : new TogetherStep("", at.name(), TogetherStep.Join.ALL, List.of(steps), List.of());
    return bordered(at, only, inside, loop);
  }
}
