package dev.evergreen.server.desk.web;

import dev.evergreen.server.workflow.web.CasePath;
import dev.evergreen.server.workflow.web.NextStep;
import java.util.List;

/// What to do next on a ticket, and where its workflows stand.
public record NextPanel(long number, NextStep step, List<CasePath> paths) {

  public NextPanel {
    paths = List.copyOf(paths);
  }

  /// What the bar over a narrow conversation says of the panel beside it.
  public String words() {
    return step.ask() == null ? "Customer and details" : "Next: " + step.ask().heading().title();
  }
}
