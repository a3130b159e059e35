package dev.evergreen.bench;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the database allows: a client that decides nothing, reads nothing and only commits the rows
/// of a pattern, each time in one statement and one round trip, into Evergreen's tables with their
/// indexes. Checks and foreign keys are taken off, so that the limit is higher than any program
/// could come that keeps them.
record IntakeLimit(String url, int callers) {
  /// Behind all numbers that the program has given.
  private static final int FIRST = 1_000_000;

  private static final int PORTION = 2_000;

  void prepare() throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      var drops = new ArrayList<String>();
      try (var row =
          statement.executeQuery(
              """
              select format('alter table %s drop constraint if exists %I', conrelid::regclass, conname)
              from pg_constraint
              where contype in ('f', 'c') and conparentid = 0 and coninhcount = 0
                and connamespace = 'public'::regnamespace
              """)) {
        while (row.next()) {
          drops.add(row.getString(1));
        }
      }
      for (var drop : drops) {
        statement.execute(drop);
      }
    }
  }

  /// Commits copies for at least so long.
  Paces commit(Pattern pattern, Duration phase) throws IOException, InterruptedException {
    var callersOf = new Callers();
    int first = FIRST;
    callersOf.take(first, PORTION / 4, callers, _ -> new Committing(pattern));
    first += PORTION;
    var nanos = new ArrayList<long[]>();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < phase.toNanos()) {
      nanos.add(callersOf.take(first, PORTION, callers, _ -> new Committing(pattern)));
      first += PORTION;
    }
    long all = System.nanoTime() - begin;
    return new Paces(joined(nanos), all, all);
  }

  private static long[] joined(List<long[]> parts) {
    return parts.stream().flatMapToLong(java.util.Arrays::stream).toArray();
  }

  private final class Committing implements Callers.Connection {
    private final java.sql.Connection connection;
    private final PreparedStatement statement;

    Committing(Pattern pattern) throws SQLException {
      connection = DriverManager.getConnection(url);
      connection.createStatement().execute("set plan_cache_mode = force_generic_plan");
      statement = connection.prepareStatement(pattern.sql());
    }

    @Override
    public void take(int number) throws SQLException {
      statement.setLong(1, number);
      statement.executeQuery().close();
    }

    @Override
    public void close() throws IOException {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }
}
