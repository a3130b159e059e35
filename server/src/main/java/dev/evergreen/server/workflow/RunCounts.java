package dev.evergreen.server.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How much is under way on which version. Looks at the newest runs only, so that a page costs the
/// same however many there have been.
@Component
public class RunCounts {
  /// More open runs than this are not told apart.
  public static final int MOST = 5_000;

  private static final int NEWEST = 2_000;

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

  /// The newest runs of a workflow, as far as they are among the newest of all.
  public List<WorkflowRun> newest(String workflow, int limit) {
    return database
        .sql(
            """
            select *
            from (select * from run order by id desc limit :newest) as newest
            where workflow = :workflow
            order by id desc
            limit :limit
            """)
        .param("newest", NEWEST)
        .param("workflow", workflow)
        .param("limit", limit)
        .query(runs::read)
        .list();
  }
}
