package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.WorkflowRun;
import java.time.Instant;
import java.util.List;

/// A run in a list: where it stands in one line.
public record RunRow(
    RunId id, String workflow, Subject subject, String step, String problem, Instant changedAt) {

  static List<RunRow> of(List<WorkflowRun> runs) {
    return runs.stream().map(RunRow::of).toList();
  }

  private static RunRow of(WorkflowRun run) {
    List<Activation> open = run.state().open();
    Activation innermost = open.isEmpty() ? null : open.getLast();
    return new RunRow(
        run.id(),
        run.version().title(),
        run.subject(),
        innermost == null ? "" : run.version().definition().titleOf(innermost.step()),
        innermost instanceof Activation.Fault fault ? fault.problem() : "",
        run.moments().changedAt());
  }
}
