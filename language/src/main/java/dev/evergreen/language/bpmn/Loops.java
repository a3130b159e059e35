package dev.evergreen.language.bpmn;

import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import dev.evergreen.language.bpmn.Graph.Edge;
import dev.evergreen.language.bpmn.Graph.Vertex;
import dev.evergreen.language.bpmn.Passage.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// Reads repetitions: a flow that comes back, and an activity that BPMN itself repeats.
record Loops(Scope scope) {

  /// Whether the flow comes back to a node.
  boolean isHead(Vertex at) {
    return scope.graph().isLoopHead(at) || Dom.details(at.element(), "repeat").isPresent();
  }

  /// From the node that the flow comes back to, to the gateway that sends it there.
  Passage repeat(Vertex head) throws Blocked {
    if (!head.kind().equals("exclusiveGateway") || head.out().size() != 1) {
      throw new Blocked(
          head,
          "the flow comes back to something else than a gateway that joins",
          "put an exclusive gateway before what is repeated, and test behind it");
    }
    var body = scope.inBlock(head.target(), head);
    if (!(body.stop() instanceof Stop.Meeting(var test, var _))) {
      return new Passage(List.of(repeated(head, null, body.steps(), List.of())), body.stop());
    }
    if (!scope.isTest(test, head)
        || !test.kind().equals("exclusiveGateway")
        || scope.graph().forward(test) != 1) {
      throw new Blocked(
          test,
          "a repetition is left from its middle",
          "let one exclusive gateway at its end send the flow back or on");
    }
    scope.take(test);
    return tested(head, test, body.steps());
  }

  private Passage tested(Vertex head, Vertex test, List<Step> body) throws Blocked {
    var exits = test.out().stream().filter(flow -> flow.to() != head).toList();
    if (exits.isEmpty() || exits.size() > 2 || exits.size() == test.out().size() - 2) {
      throw new Blocked(
          test,
          "a repetition needs one flow back and one or two that leave it",
          "give the gateway those flows");
    }
    var met = scope.way(exits.getFirst());
    if (!met.steps().isEmpty() && exits.size() == 1) {
      // Drawn without a gateway where the ways would meet: what follows is simply the next.
      return met.behind(repeated(head, exits.getFirst(), body, List.of()));
    }
    var stops = new ArrayList<>(List.of(met.stop()));
    List<Step> otherwise = List.of();
    if (exits.size() == 2) {
      var late = scope.way(exits.get(1));
      otherwise = late.steps();
      stops.add(late.stop());
      if (!met.steps().isEmpty()) {
        throw new Blocked(
            test, "both ways out of a repetition have steps", "let the ways meet first");
      }
    }
    return new Passage(
        List.of(repeated(head, exits.getFirst(), body, otherwise)), Stop.ofAll(test, stops));
  }

  private static Step repeated(
      Vertex head, @Nullable Edge exit, List<Step> body, List<Step> otherwise) throws Blocked {
    var details = Dom.details(head.element(), "repeat").orElseThrow(() -> endless(head));
    var until =
        Dom.attribute(details, "until")
            .map(Inlet::condition)
            .or(() -> exit == null ? Optional.empty() : Inlet.condition(exit));
    int most = Inlet.whole(head, details, "atMost");
    return new RepeatStep(
        "", head.name(), most, until.orElseThrow(() -> endless(head)), body, otherwise, List.of());
  }

  /// An activity that BPMN itself repeats, or the step as it is.
  static Step looped(Vertex at, Step step) throws Blocked {
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
}
