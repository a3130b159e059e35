package dev.evergreen.server.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Makes the months of append-only tables before their first row: this month and the next at the
/// start of a node and from its housekeeping, any other when it is first written to.
///
/// A month is made on a connection of its own beside the pool, one at a time on a node, and is
/// committed at once. In the writer's transaction it would hold up every other writer of the month
/// until that one commits; on a second connection from the pool, writers that hold all of the first
/// ones would wait for each other. It is built beside the table and attached, which, unlike `create
/// … partition of`, does not wait for those who are writing.
@Component
public final class MonthPartitions {
  private static final Duration AHEAD = Duration.ofDays(31);

  private record Month(String table, YearMonth month) {
    static Month of(String table, Instant at) {
      return new Month(table, YearMonth.from(at.atZone(ZoneOffset.UTC)));
    }

    String partition() {
      return "%s_%04d_%02d".formatted(table, month.getYear(), month.getMonthValue());
    }
  }

  private final JdbcClient jdbc;
  private final Database.Address address;
  private final ReentrantLock making = new ReentrantLock();
  private final Set<Month> known = ConcurrentHashMap.newKeySet();

  MonthPartitions(JdbcClient jdbc, Database.Address address) {
    this.jdbc = jdbc;
    this.address = address;
  }

  /// Makes sure that the table, partitioned by range of a timestamp, has the month of that instant
  /// (in UTC). Costs nothing when this node has seen the month before.
  public void ensure(String table, Instant at) {
    Month month = Month.of(table, at);
    if (!known.contains(month)) {
      make(month);
      look(month);
      known.add(month);
    }
  }

  /// Makes this month and the next, so that writers find theirs.
  void ensureAhead(String table, Instant now) {
    ensure(table, now);
    ensure(table, now.plus(AHEAD));
  }

  /// Opens the partition in the caller's transaction. One that has written to the table before
  /// holds its lock already, and would not notice the new partition without a new lock.
  private void look(Month month) {
    jdbc.sql("select from %s limit 0".formatted(month.partition())).query((_, _) -> 0).list();
  }

  private void make(Month month) {
    making.lock();
    try {
      if (!known.contains(month)) {
        makeApart(month);
      }
    } finally {
      making.unlock();
    }
  }

  private void makeApart(Month month) {
    DatabaseUrl url = address.url();
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      if (exists(statement, month)) {
        return;
      }
      connection.setAutoCommit(false);
      statement.execute("set local lock_timeout = '10s'");
      statement.execute(
          "select pg_advisory_xact_lock(hashtext('month partitions of %s'))"
              .formatted(month.table()));
      if (!exists(statement, month)) {
        attach(statement, month);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new TransientDataAccessResourceException(
          "expected to make the partition " + month.partition(), e);
    }
  }

  private static void attach(Statement statement, Month month) throws SQLException {
    statement.execute(
        "create table %s (like %s including defaults including constraints including storage)"
            .formatted(month.partition(), month.table()));
    statement.execute(
        "alter table %s attach partition %s for values from ('%s-01T00:00:00Z') to ('%s-01T00:00:00Z')"
            .formatted(
                month.table(), month.partition(), month.month(), month.month().plusMonths(1)));
  }

  private static boolean exists(Statement statement, Month month) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            select exists (
              select from pg_class where relname = '%s' and pg_table_is_visible(oid)
            )
            """
                .formatted(month.partition()))) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
