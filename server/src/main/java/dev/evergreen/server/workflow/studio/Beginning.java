package dev.evergreen.server.workflow.studio;

/// What was typed for a new workflow or process, and what was wrong with it.
///
/// @param process what was typed for a process
public record Beginning(Wanted workflow, Wanted process, String fileProblem) {
  static final Beginning EMPTY = new Beginning(Wanted.NOTHING, Wanted.NOTHING, "");

  /// @param problem empty when nothing was wrong
  public record Wanted(String title, String problem) {
    static final Wanted NOTHING = new Wanted("", "");
  }

  static Beginning ofWorkflow(String title, String problem) {
    return new Beginning(new Wanted(title, problem), Wanted.NOTHING, "");
  }

  static Beginning ofProcess(String title, String problem) {
    return new Beginning(Wanted.NOTHING, new Wanted(title, problem), "");
  }

  static Beginning ofFile(String problem) {
    return new Beginning(Wanted.NOTHING, Wanted.NOTHING, problem);
  }
}
