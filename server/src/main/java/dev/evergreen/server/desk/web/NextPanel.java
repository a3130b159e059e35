package dev.evergreen.server.desk.web;

import dev.evergreen.server.workflow.web.CasePath;
import dev.evergreen.server.workflow.web.NextStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to do next on a ticket, and where its workflows stand.
public record NextPanel(long number, NextStep step, List<CasePath> paths) {

  public NextPanel {
    paths = List.copyOf(paths);
  }

  /// What the bar over a narrow conversation says of the panel beside it.
  public String words() {
    return step.ask() == null ? "Customer and details" : "Next: " + step.ask().heading().title();
  }

  /// The step that whoever sends an answer may complete with it, because nothing has to be filled
  /// in for it; else null.
  public NextStep.@Nullable Heading completable() {
    var ask = step.ask();
    return ask == null || ask.form().fields().stream().anyMatch(NextStep.Field::required)
        ? null
        : ask.heading();
  }
}
