package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.language.diagram.Figures;
import dev.evergreen.language.diagram.Tally;
import dev.evergreen.server.platform.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What happened in the newest runs of a version, step by step. However many there have been, a
/// bounded number of them is read, and not again for some minutes.
@Component
public class RunFigures {
  /// So many of the newest runs are told from, and none that began longer ago than [#WINDOW].
  public static final int MOST = 200;

  public static final Duration WINDOW = Duration.ofDays(30);
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int MOST_KNOWN = 100;

  private final JdbcClient database;
  private final RunRows rows;
  private final Runs runs;
  private final DatabaseClock clock;
  private final Map<Long, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  RunFigures(JdbcClient database, RunRows rows, Runs runs, DatabaseClock clock) {
    this.database = database;
    this.rows = rows;
    this.runs = runs;
    this.clock = clock;
  }

  /// @param steps counts and times on the steps and ways
  /// @param cases how many runs that is
  /// @param over how many of them came to their end
  /// @param median from the beginning to the end of those; null when none has ended
  /// @param since when the first of them began; null when there are none
  public record OfVersion(
      Figures steps, int cases, int over, @Nullable Duration median, @Nullable Instant since) {}

  private record Known(OfVersion figures, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH.toNanos();
    }
  }

  @Transactional(readOnly = true)
  public OfVersion of(Version version) {
    synchronized (known) {
      Known before = known.get(version.id());
      if (before != null && before.isFresh()) {
        return before.figures();
      }
    }
    OfVersion figures = read(version);
    synchronized (known) {
      known.put(version.id(), new Known(figures, System.nanoTime()));
    }
    return figures;
  }

  private OfVersion read(Version version) {
    List<WorkflowRun> newest = newest(version);
    Map<RunId, List<RunEvent>> histories = runs.histories(newest);
    var tally = new Tally(version.definition());
    var lengths = new ArrayList<Duration>();
    for (WorkflowRun run : newest) {
      List<RunEvent> history = onItsVersion(histories.getOrDefault(run.id(), List.of()));
      tally.add(
          run.state(),
          history.stream().map(one -> new Tally.Happened(one.event(), one.at())).toList());
      if (run.state().status().isFinal()) {
        lengths.add(Duration.between(run.moments().startedAt(), run.moments().changedAt()));
      }
    }
    return new OfVersion(
        tally.figures(),
        newest.size(),
        lengths.size(),
        Tally.median(lengths),
        newest.isEmpty() ? null : newest.getLast().moments().startedAt());
  }

  private List<WorkflowRun> newest(Version version) {
    return database
        .sql(
            """
            select *
            from (
              select *
              from run
              where version = :version
              order by id desc
              limit :most
            ) as newest
            where started_at > :since
            order by id desc
            """)
        .param("version", version.id())
        .param("most", MOST)
        .param("since", RunRows.timestamp(clock.instant().minus(WINDOW)))
        .query(rows::read)
        .list();
  }

  /// The events since the run has been on its present version, whose steps they name.
  private static List<RunEvent> onItsVersion(List<RunEvent> history) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i).event() instanceof Event.RunMigrated) {
        return history.subList(i, history.size());
      }
    }
    return history;
  }
}
