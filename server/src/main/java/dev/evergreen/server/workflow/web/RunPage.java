package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.language.diagram.Diagram;
import dev.evergreen.language.diagram.RunPath;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.RunEvent;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.Workflows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run: where it stands, everything that happened in it, and what can be done about it.
///
/// @param path the way that it took, the newest stretch first: each version that it was on is one
/// @param steps what is open and could be left out; none when the run is over
/// @param newer the versions that it could be moved to, newest first
/// @param problem a sentence about what was just sent; empty when nothing is wrong
public record RunPage(
    Case of,
    RunLog log,
    List<Stretch> path,
    List<Fault> faults,
    List<Open> steps,
    List<Integer> newer,
    String problem) {
  public RunPage {
    path = List.copyOf(path);
    faults = List.copyOf(faults);
    steps = List.copyOf(steps);
    newer = List.copyOf(newer);
  }

  /// The part of a run's way that it took on one version.
  public record Stretch(int version, Instant since, Diagram diagram) {}

  /// What stops a run.
  public record Fault(int activation, String step, String problem) {}

  /// A step that somebody or something is at, in words.
  ///
  /// @param until when it goes on by itself; null when that is not known
  public record Open(int activation, String title, String what, @Nullable Instant until) {}

  /// A run, and what it is about for whoever looks.
  public record Case(WorkflowRun run, RunRow.About about) {}

  static RunPage of(Case of, List<RunEvent> history, Workflows workflows, String problem) {
    WorkflowRun run = of.run();
    Definition definition = run.version().definition();
    return new RunPage(
        of,
        RunLog.of(new Following(run, workflows), history),
        path(run, history, workflows),
        faults(run, definition),
        open(run, definition),
        newer(run, workflows),
        problem);
  }

  private static List<Stretch> path(WorkflowRun run, List<RunEvent> history, Workflows workflows) {
    var following = new Following(run, workflows);
    var path = new ArrayList<Stretch>();
    Run state = Run.fresh();
    for (List<RunEvent> stretch : Following.stretches(history)) {
      if (stretch.isEmpty()) {
        continue;
      }
      List<Event> events = stretch.stream().map(RunEvent::event).toList();
      Definition definition = following.of(events.getFirst());
      state = state.apply(events);
      path.add(
          new Stretch(
              definition.version(),
              stretch.getFirst().at(),
              Diagram.of(definition)
                  .along(RunPath.of(definition, state, events))
                  .linkedTo(
                      "/workflows/%s/versions/%d#step-"
                          .formatted(definition.name(), definition.version()))));
    }
    return path.reversed();
  }

  private static List<Fault> faults(WorkflowRun run, Definition definition) {
    return run.state().open().stream()
        .filter(Activation.Fault.class::isInstance)
        .map(Activation.Fault.class::cast)
        .map(fault -> new Fault(fault.number(), definition.titleOf(fault.step()), fault.problem()))
        .toList();
  }

  private static List<Open> open(WorkflowRun run, Definition definition) {
    if (run.state().status().isFinal()) {
      return List.of();
    }
    var steps = new ArrayList<Open>();
    for (Activation open : run.state().open()) {
      String what =
          switch (open) {
            case Activation.Task _ -> "somebody is asked";
            case Activation.Wait _ -> "it is waited for";
            case Activation.Question _ -> "the customer is asked";
            case Activation.Call _ -> "another workflow is at it";
            case Activation.Backoff _ -> "it is tried again";
            case Activation.Action _ -> "Evergreen is at it";
            case Activation.Rounds rounds -> "round " + rounds.round();
            case Activation.Together _ -> "its branches go on";
            case Activation.Fault _,
                Activation.Branch _,
                Activation.Block _,
                Activation.Watch _,
                Activation.Handling _ ->
                "";
          };
      if (!what.isEmpty()) {
        Instant until = open instanceof Activation.Backoff backoff ? backoff.until() : null;
        steps.add(new Open(open.number(), definition.titleOf(open.step()), what, until));
      }
    }
    return steps.reversed();
  }

  private static List<Integer> newer(WorkflowRun run, Workflows workflows) {
    return run.state().status().isFinal()
        ? List.of()
        : workflows.versionsOf(run.version().name()).stream()
            .map(Version::number)
            .filter(number -> number > run.version().number())
            .toList();
  }

  public WorkflowRun run() {
    return of.run();
  }

  public RunRow.About about() {
    return of.about();
  }

  public boolean isOver() {
    return run().state().status().isFinal();
  }

  /// Leads and administrators answer for what workflows do.
  static boolean mayMend(Agent viewer) {
    return Editors.include(viewer);
  }

  /// The state in one word, and its colour.
  public String status() {
    return switch (run().state().status()) {
      case NEW, RUNNING -> "running";
      case FAULTED -> "stopped";
      case ENDED -> CasePath.of(run()).ended();
      case CANCELED -> "ended by a person";
    };
  }

  public String tone() {
    return switch (run().state().status()) {
      case NEW, RUNNING -> "green";
      case FAULTED -> "red";
      case ENDED, CANCELED -> "gray";
    };
  }
}
