package dev.evergreen.server.workflow.studio;

/// What was typed for a new workflow, and what was wrong with it.
public record Beginning(String title, String titleProblem, String fileProblem) {
  static final Beginning EMPTY = new Beginning("", "", "");
}
