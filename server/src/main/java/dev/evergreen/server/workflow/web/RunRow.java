package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.VisibleSubjects.Found;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.WorkflowRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run in a list: where it stands in one line.
///
/// @param about what it is about
/// @param problem what stops it; empty when nothing does
/// @param ended how it ended, in words; empty as long as it has not
public record RunRow(
    RunId id,
    About about,
    Workflow on,
    String step,
    String problem,
    String ended,
    WorkflowRun.Moments moments) {

  /// What a run is about, for whoever looks.
  ///
  /// @param path of its page; null when it has none for them
  public record About(String title, @Nullable String path) {
    static About of(Subject subject, @Nullable Found found) {
      return found == null
          ? new About(subject.kind() + " #" + subject.id(), null)
          : new About(found.title(), found.path());
    }
  }

  /// What it runs on.
  public record Workflow(String title, int version) {}

  public String workflow() {
    return on.title();
  }

  public int version() {
    return on.version();
  }

  public Instant startedAt() {
    return moments.startedAt();
  }

  public Instant changedAt() {
    return moments.changedAt();
  }

  /// Where it stands: at a step, stopped there, or how it ended.
  public String standing() {
    return ended.isEmpty() ? (problem.isEmpty() ? step : "stopped at " + step) : "ended: " + ended;
  }

  /// In their order, without those about what does not exist for the viewer.
  public static List<RunRow> of(List<WorkflowRun> runs, Subjects subjects, Agent viewer) {
    Map<Subject, Found> found =
        subjects.find(runs.stream().map(WorkflowRun::subject).toList(), viewer);
    return runs.stream()
        .filter(run -> found.containsKey(run.subject()) || Editors.include(viewer))
        .map(run -> of(run, About.of(run.subject(), found.get(run.subject()))))
        .toList();
  }

  private static RunRow of(WorkflowRun run, About about) {
    List<Activation> open = run.state().open();
    Activation innermost = open.isEmpty() ? null : open.getLast();
    return new RunRow(
        run.id(),
        about,
        new Workflow(run.version().title(), run.version().number()),
        innermost == null ? "" : run.version().definition().titleOf(innermost.step()),
        innermost instanceof Activation.Fault fault ? fault.problem() : "",
        CasePath.of(run).ended(),
        run.moments());
  }
}
