package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Does runs again from their history: the events in the ledger, applied to nothing, must give the
/// state that is stored.
@Component
public class Replays {
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
  @Transactional(readOnly = true)
  public Optional<Difference> replay(RunId id) {
    return runs.withId(id).flatMap(this::compare);
  }

  /// Does every run again, one at a time.
  @Transactional(readOnly = true)
  public Report replayAll() {
    var differences = new ArrayList<Difference>();
    long count = 0;
    try (Stream<WorkflowRun> all = runs.all()) {
      for (WorkflowRun run : (Iterable<WorkflowRun>) all::iterator) {
        count++;
        compare(run).ifPresent(differences::add);
      }
    }
    return new Report(count, differences);
  }

  private Optional<Difference> compare(WorkflowRun run) {
    List<Event> events = runs.log(run.id()).stream().map(RunEvents::event).toList();
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
