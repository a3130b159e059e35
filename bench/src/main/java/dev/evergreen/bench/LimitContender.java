package dev.evergreen.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.evergreen.bench.Rows.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/// What the database allows: a client that decides nothing, reads nothing and only commits the rows
/// that Evergreen commits, in Evergreen's tables with their indexes, by one statement in one round
/// trip.
///
/// It is given a copy of a database in which Evergreen has worked, takes an open, a waiting and an
/// ended run of it as its patterns, and empties the tables.
final class LimitContender implements Contender {
  private static final int GROUP = 100;

  private final HikariDataSource pool;
  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private Future<Integer> work = CompletableFuture.completedFuture(0);
  private final Change start;
  private final Change complete;
  private final Change fire;

  LimitContender(HikariDataSource pool) throws SQLException {
    this.pool = pool;
    try (var connection = pool.getConnection()) {
      var open = Rows.newest(connection, "run.status = 'RUNNING' and task.status = 'OPEN'", 0);
      var waiting =
          Rows.newest(
              connection, "run.status = 'RUNNING' and task.status = 'DONE'", open.revision());
      var ended = Rows.newest(connection, "run.status = 'ENDED'", waiting.revision());
      start = open.from(Rows.NONE);
      complete = waiting.from(open);
      fire = ended.from(waiting);
      try (var statement = connection.createStatement()) {
        statement.execute("truncate run, task, run_listener, ledger, due cascade");
      }
    }
  }

  @Override
  public void start(long subject) throws SQLException {
    commit(start, subject);
  }

  @Override
  public boolean isAsked(long subject) throws SQLException {
    return number("select count(*) from task where status = 'OPEN' and run = " + subject) == 1;
  }

  @Override
  public void startGrouped(long first, int count) {
    var subjects = LongStream.range(first, first + count).boxed().toList();
    work = background.submit(() -> commitGrouped(start, subjects));
  }

  @Override
  public long runs() throws Exception {
    notice();
    return number("select count(*) from run");
  }

  @Override
  public List<String> tasks() throws SQLException {
    return numbers("select run from task where status = 'OPEN' order by id desc").stream()
        .map(Object::toString)
        .toList();
  }

  @Override
  public void complete(String task) throws SQLException {
    commit(complete, Long.parseLong(task));
  }

  @Override
  public void letTimePass() throws SQLException {
    var waiting = numbers("select cast(split_part(key, '/', 1) as bigint) from due");
    work = background.submit(() -> commitGrouped(fire, waiting));
  }

  @Override
  public long timers() throws Exception {
    notice();
    return number("select count(*) from due");
  }

  private void commit(Change change, long run) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.prepareStatement(change.sql())) {
      change.fill(statement, run);
      statement.executeUpdate();
    }
  }

  /// Throws what the work in the background has thrown.
  private void notice() throws ExecutionException, InterruptedException {
    if (work.isDone()) {
      work.get();
    }
  }

  private int commitGrouped(Change change, List<Long> runs) throws SQLException {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      for (int from = 0; from < runs.size(); from += GROUP) {
        commit(connection, change, runs.subList(from, Math.min(from + GROUP, runs.size())));
      }
      return runs.size();
    }
  }

  private static void commit(Connection connection, Change change, List<Long> runs)
      throws SQLException {
    try (var statement = connection.prepareStatement(change.sql())) {
      for (long run : runs) {
        change.fill(statement, run);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    connection.commit();
  }

  private long number(String sql) throws SQLException {
    return numbers(sql).getFirst();
  }

  private List<Long> numbers(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var numbers = new ArrayList<Long>();
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
      return numbers;
    }
  }

  @Override
  public void close() {
    background.close();
    pool.close();
  }
}
