package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Event;
import dev.evergreen.server.workflow.RunEvent;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.Workflows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which version a run was on as it went along: the steps that an event names are those of the
/// version of its time.
final class Following {
  private final WorkflowRun run;
  private final Workflows workflows;
  private final Map<Integer, Definition> known = new HashMap<>();
  private Definition now;

  Following(WorkflowRun run, Workflows workflows) {
    this.run = run;
    this.workflows = workflows;
    now = run.version().definition();
  }

  /// The version that this event is told in; asked of one event after the other.
  Definition of(Event event) {
    switch (event) {
      case Event.RunStarted started -> now = numbered(started.version());
      case Event.RunMigrated moved -> now = numbered(moved.version());
      default -> {
        // It stays on its version.
      }
    }
    return now;
  }

  private Definition numbered(int number) {
    Version own = run.version();
    return number == own.number()
        ? own.definition()
        : known.computeIfAbsent(
            number,
            _ ->
                workflows
                    .withNumber(own.name(), number)
                    .map(Version::definition)
                    .orElse(own.definition()));
  }

  /// The history in stretches, each on one version, oldest first. A move begins a stretch.
  static List<List<RunEvent>> stretches(List<RunEvent> history) {
    var stretches = new ArrayList<List<RunEvent>>();
    int begin = 0;
    for (int i = 1; i < history.size(); i++) {
      if (history.get(i).event() instanceof Event.RunMigrated) {
        stretches.add(history.subList(begin, i));
        begin = i;
      }
    }
    stretches.add(history.subList(begin, history.size()));
    return stretches;
  }
}
