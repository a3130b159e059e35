package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.Step;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.WorkflowRun;
import java.util.ArrayList;
import java.util.List;

/// Where a run stands among the steps of its workflow.
///
/// @param ended how the run ended, in words; empty as long as it has not
public record CasePath(RunId run, String workflow, int version, List<Stop> stops, String ended) {
  public CasePath {
    stops = List.copyOf(stops);
  }

  /// @param within what is done at present inside of this step; empty when it is the step itself
  public record Stop(String title, Place place, String within) {}

  public enum Place {
    DONE("done", "done"),
    NOW("now", "now"),
    FAULT("now fault", "stopped"),
    AHEAD("", "to come");

    private final String style;
    private final String words;

    Place(String style, String words) {
      this.style = style;
      this.words = words;
    }

    public String style() {
      return style;
    }

    public String words() {
      return words;
    }
  }

  /// The first level of the tree is a plain sequence: what lies before the open step is done, what
  /// lies after is to come.
  public static CasePath of(WorkflowRun run) {
    Definition definition = run.version().definition();
    var stops = new ArrayList<Stop>();
    boolean reached = run.state().status().isFinal();
    boolean passed = !reached;
    for (Step step : definition.steps()) {
      List<Activation> inside =
          run.state().open().stream().filter(open -> contains(step, open.step())).toList();
      if (inside.isEmpty() && !(step instanceof EndStep)) {
        stops.add(new Stop(step.title(), passed ? Place.DONE : Place.AHEAD, ""));
      } else if (!inside.isEmpty()) {
        stops.add(now(definition, step, inside));
        passed = false;
      }
    }
    return new CasePath(
        run.id(),
        definition.title(),
        definition.version(),
        reached ? List.of() : stops,
        ended(run));
  }

  private static Stop now(Definition definition, Step step, List<Activation> inside) {
    Activation innermost = inside.getLast();
    boolean fault = inside.stream().anyMatch(Activation.Fault.class::isInstance);
    return new Stop(
        step.title(),
        fault ? Place.FAULT : Place.NOW,
        innermost.step().equals(step.id()) ? "" : definition.titleOf(innermost.step()));
  }

  private static boolean contains(Step step, String id) {
    return step.id().equals(id)
        || step.parts().stream().flatMap(List::stream).anyMatch(inner -> contains(inner, id))
        || step.handlers().stream()
            .flatMap(handler -> handler.steps().stream())
            .anyMatch(inner -> contains(inner, id));
  }

  private static String ended(WorkflowRun run) {
    if (run.state().status() == Status.CANCELED) {
      return "ended by a person";
    }
    String outcome = run.state().outcome();
    return outcome == null ? "" : NextStep.Field.words(outcome);
  }
}
