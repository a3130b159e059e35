package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Migration;
import dev.evergreen.engine.Migration.Move;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowRun;
import java.util.List;

/// What would become of a run on another version, before anybody decides.
///
/// @param possible whether it can be moved at all
public record MovePage(RunPage.Case of, int to, List<Line> lines, boolean possible) {
  public MovePage {
    lines = List.copyOf(lines);
  }

  /// @param what becomes of it, in a sentence
  /// @param tone as `ui/badge` knows them
  public record Line(String step, String what, String tone) {}

  static MovePage of(RunPage.Case of, Version to, Migration migration) {
    Definition from = of.run().version().definition();
    return new MovePage(
        of,
        to.number(),
        migration.moves().stream().map(move -> line(from, to.definition(), move)).toList(),
        migration.isPossible());
  }

  public WorkflowRun run() {
    return of.run();
  }

  private static Line line(Definition from, Definition to, Move move) {
    String step = from.titleOf(move.step());
    return switch (move) {
      case Move.Kept _ -> new Line(step, "stays as it is", "green");
      case Move.Moved moved ->
          new Line(step, "goes on as “%s”".formatted(to.titleOf(moved.to())), "green");
      case Move.Withdrawn withdrawn ->
          new Line(
              step,
              withdrawn.goesOnAt() == null
                  ? "is no longer there, and is withdrawn"
                  : "is no longer there; the run goes on at “%s”"
                      .formatted(to.titleOf(withdrawn.goesOnAt())),
              "amber");
      case Move.Impossible impossible -> new Line(step, impossible.reason(), "red");
    };
  }
}
