package dev.evergreen.server.workflow;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How much is under way on which version, and what has run on it. A page costs the same however
/// many runs there have been.
@Component
public class RunCounts {
  /// More open runs than this are not told apart.
  public static final int MOST = 5_000;

  private final JdbcClient database;
  private final RunRows runs;

  RunCounts(JdbcClient database, RunRows runs) {
    this.database = database;
    this.runs = runs;
  }

  private record Open(long version, String workflow, int runs) {}

  /// The open runs of each version, by the version's id.
  public Map<Long, Integer> open() {
    return counted().stream().collect(Collectors.toMap(Open::version, Open::runs));
  }

  /// The open runs of each workflow on whatever version, by its name.
  public Map<String, Integer> openByName() {
    return counted().stream().collect(Collectors.toMap(Open::workflow, Open::runs, Integer::sum));
  }

  private List<Open> counted() {
    return database
        .sql(
            """
            select version, workflow, count(*) as runs
            from (
              select version, workflow
              from run
              where status in ('NEW', 'RUNNING', 'FAULTED')
              order by id desc
              limit :most
            ) as newest
            group by version, workflow
            """)
        .param("most", MOST)
        .query((row, _) ->
            new Open(row.getLong("version"), row.getString("workflow"), row.getInt("runs")))
        .list();
  }

  /// The runs of a workflow, newest first, so many at a time. Reading on costs the same at any
  /// depth: each version gives its newest, of which the newest of all are taken.
  ///
  /// @param before the last run that was read before
  public List<WorkflowRun> of(String workflow, @Nullable RunId before, int limit) {
    return database
        .sql(
            """
            select run.*
            from workflow_version as version
            cross join lateral (
              select *
              from run
              where run.version = version.id and run.id < :before
              order by run.id desc
              limit :limit
            ) as run
            where version.name = :workflow
            order by run.id desc
            limit :limit
            """)
        .param("before", before == null ? Long.MAX_VALUE : before.value())
        .param("workflow", workflow)
        .param("limit", limit)
        .query(runs::read)
        .list();
  }
}
