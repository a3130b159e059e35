package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.WorkflowRun;
import java.time.Instant;
import java.util.List;

/// A run in a list: where it stands in one line.
///
/// @param problem what stops it; empty when nothing does
/// @param ended how it ended, in words; empty as long as it has not
public record RunRow(
    RunId id,
    Subject subject,
    Workflow on,
    String step,
    String problem,
    String ended,
    WorkflowRun.Moments moments) {

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

  public static List<RunRow> of(List<WorkflowRun> runs) {
    return runs.stream().map(RunRow::of).toList();
  }

  private static RunRow of(WorkflowRun run) {
    List<Activation> open = run.state().open();
    Activation innermost = open.isEmpty() ? null : open.getLast();
    return new RunRow(
        run.id(),
        run.subject(),
        new Workflow(run.version().title(), run.version().number()),
        innermost == null ? "" : run.version().definition().titleOf(innermost.step()),
        innermost instanceof Activation.Fault fault ? fault.problem() : "",
        CasePath.of(run).ended(),
        run.moments());
  }
}
