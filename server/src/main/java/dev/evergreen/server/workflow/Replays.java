package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Does runs again from their history: the events in the ledger, applied to nothing, must give the
/// state that is stored.
@Component
public class Replays {
  private static final int BATCH = 200;

  private final Runs runs;

  Replays(Runs runs) {
    this.runs = runs;
  }

  /// A run whose history does not give its state.
  public record Difference(RunId run, String stored, String replayed) {}

  /// @param runs how many were done again
  public record Report(long runs, List<Difference> differences) {
    public Report {
      differences = List.copyOf(differences);
    }
  }

  /// How the run's history differs from its state; empty when they are equal.
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<Difference> replay(RunId id) {
    return runs.withId(id).flatMap(run -> compare(run, runs.history(id)));
  }

  /// Does every run again, some at a time, as they all stood at one moment.
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Report replayAll() {
    var differences = new ArrayList<Difference>();
    long count = 0;
    RunId last = new RunId(0);
    for (var some = runs.after(last, BATCH); !some.isEmpty(); some = runs.after(last, BATCH)) {
      Map<RunId, List<RunEvent>> histories = runs.histories(some);
      for (WorkflowRun run : some) {
        compare(run, histories.getOrDefault(run.id(), List.of())).ifPresent(differences::add);
      }
      count += some.size();
      last = some.getLast().id();
    }
    return new Report(count, differences);
  }

  private static Optional<Difference> compare(WorkflowRun run, List<RunEvent> history) {
    List<Event> events = history.stream().map(RunEvent::event).toList();
    try {
      Run replayed = Run.fresh().apply(events);
      return replayed.equals(run.state()) && events.size() == run.revision()
          ? Optional.empty()
          : Optional.of(
              new Difference(
                  run.id(),
                  run.state() + " after " + run.revision() + " events",
                  replayed + " after " + events.size() + " events"));
    } catch (IllegalStateException e) {
      return Optional.of(
          new Difference(run.id(), run.state().toString(), String.valueOf(e.getMessage())));
    }
  }
}
