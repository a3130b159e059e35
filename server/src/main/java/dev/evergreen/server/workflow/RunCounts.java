package dev.evergreen.server.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /// The open runs of each version, by the version's id.
  public Map<Long, Integer> open() {
    var counts = new HashMap<Long, Integer>();
    database
        .sql(
            """
            select version, count(*) as runs
            from (
              select version
              from run
              where status in ('NEW', 'RUNNING', 'FAULTED')
              order by id desc
              limit :most
            ) as newest
            group by version
            """)
        .param("most", MOST)
        .query(row -> {
          counts.put(row.getLong("version"), row.getInt("runs"));
        });
    return counts;
  }

  /// The open runs of each workflow on whatever version, by its name.
  public Map<String, Integer> openByName() {
    var counts = new HashMap<String, Integer>();
    database
        .sql(
            """
            select workflow, count(*) as runs
            from (
              select workflow
              from run
              where status in ('NEW', 'RUNNING', 'FAULTED')
              order by id desc
              limit :most
            ) as newest
            group by workflow
            """)
        .param("most", MOST)
        .query(row -> {
          counts.put(row.getString("workflow"), row.getInt("runs"));
        });
    return counts;
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
