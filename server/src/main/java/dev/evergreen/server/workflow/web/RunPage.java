package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.language.diagram.Diagram;
import dev.evergreen.language.diagram.RunPath;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.workflow.RunEvent;
import dev.evergreen.server.workflow.WorkflowRun;
import java.util.List;

/// One run: where it stands, everything that happened in it, and what can be done about a fault.
public record RunPage(
    WorkflowRun run,
    CasePath path,
    Diagram diagram,
    RunLog log,
    List<Fault> faults,
    boolean mendable,
    boolean endable,
    String problem) {
  public RunPage {
    faults = List.copyOf(faults);
  }

  /// What stops a run.
  public record Fault(int activation, String step, String problem) {}

  static RunPage of(WorkflowRun run, List<RunEvent> history, Agent viewer, String problem) {
    boolean answers = mayMend(viewer);
    return new RunPage(
        run,
        CasePath.of(run),
        diagram(run, history),
        RunLog.of(run, history),
        run.state().open().stream()
            .filter(Activation.Fault.class::isInstance)
            .map(Activation.Fault.class::cast)
            .map(fault ->
                new Fault(
                    fault.number(),
                    run.version().definition().titleOf(fault.step()),
                    fault.problem()))
            .toList(),
        answers,
        answers && !run.state().status().isFinal(),
        problem);
  }

  private static Diagram diagram(WorkflowRun run, List<RunEvent> history) {
    Definition definition = run.version().definition();
    var events = history.stream().map(RunEvent::event).toList();
    return Diagram.of(definition)
        .along(RunPath.of(definition, run.state(), events))
        .linkedTo(
            "/workflows/%s/versions/%d#step-".formatted(definition.name(), definition.version()));
  }

  /// Leads and administrators answer for what workflows do.
  static boolean mayMend(Agent viewer) {
    return viewer.active() && (viewer.role() == Role.ADMINISTRATOR || viewer.role() == Role.LEAD);
  }

  /// The state in one word, and its colour.
  public String status() {
    return switch (run.state().status()) {
      case NEW, RUNNING -> "running";
      case FAULTED -> "stopped";
      case ENDED -> path.ended();
      case CANCELED -> "ended by a person";
    };
  }

  public String tone() {
    return switch (run.state().status()) {
      case NEW, RUNNING -> "green";
      case FAULTED -> "red";
      case ENDED, CANCELED -> "gray";
    };
  }
}
