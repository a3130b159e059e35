package dev.evergreen.server.platform;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes the months of append-only tables before their first row. A month is built beside the table
/// and attached, which, unlike `create … partition of`, does not wait for those who are writing.
@Component
public final class MonthPartitions {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  MonthPartitions(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    transaction = new TransactionTemplate(transactions);
  }

  /// Makes sure that the table, partitioned by range of a timestamp, has the month of that instant
  /// (in UTC). Costs nothing when this node has seen the month before. In the caller's transaction:
  /// a second connection, asked for by every writer of a full pool at once, would never come.
  public void ensure(String table, Instant at) {
    YearMonth month = YearMonth.from(at.atZone(ZoneOffset.UTC));
    String partition = "%s_%04d_%02d".formatted(table, month.getYear(), month.getMonthValue());
    if (!known.contains(partition)) {
      transaction.executeWithoutResult(_ -> {
        make(table, partition, month);
        TransactionSynchronizationManager.registerSynchronization(
            new TransactionSynchronization() {
              @Override
              public void afterCommit() {
                known.add(partition);
              }
            });
      });
    }
  }

  private void make(String table, String partition, YearMonth month) {
    if (exists(partition)) {
      return;
    }
    jdbc.sql("select pg_advisory_xact_lock(hashtext(:table))")
        .param("table", "month partitions of " + table)
        .query((_, _) -> true)
        .single();
    if (exists(partition)) {
      return;
    }
    jdbc.sql(
            "create table %s (like %s including defaults including constraints including storage)"
                .formatted(partition, table))
        .update();
    jdbc.sql(
            "alter table %s attach partition %s for values from ('%s-01T00:00:00Z') to ('%s-01T00:00:00Z')"
                .formatted(table, partition, month, month.plusMonths(1)))
        .update();
  }

  /// Asks the catalog's rows: a look-up by name would believe this session's cache, which in a
  /// running transaction does not notice the table that another has just made.
  private boolean exists(String partition) {
    return jdbc.sql(
            """
            select exists (
              select from pg_class where relname = :partition and pg_table_is_visible(oid)
            )
            """)
        .param("partition", partition)
        .query(Boolean.class)
        .single();
  }
}
