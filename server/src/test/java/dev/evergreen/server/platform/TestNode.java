package dev.evergreen.server.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// One node's platform on a test database, put together by hand, so that a test can have several.
final class TestNode implements AutoCloseable {
  final HikariDataSource pool;
  final JdbcClient jdbc;
  final DatabaseTransactions transactions;
  final TransactionTemplate transaction;
  final LastWrites last;
  final DatabaseClock clock;
  final Ledger ledger;
  final Due due;
  final Frontier frontier;
  final Work work;

  /// A node with these reactions and listeners of the ledger and these due reactions.
  TestNode(TestDatabase database, Object... components) {
    pool = database.open(12);
    jdbc = JdbcClient.create(pool);
    last = new LastWrites(new JdbcTemplate(pool));
    transactions = new DatabaseTransactions(pool, last);
    transaction = new TransactionTemplate(transactions);
    clock = new DatabaseClock(jdbc, transactions, true);
    var months =
        new MonthPartitions(jdbc, new Database.Address(DatabaseUrl.parse(database.url()), null));
    var hints = new Hints();
    ledger = new Ledger(jdbc, last, clock, months, hints);
    due = new Due(jdbc, clock, hints);
    frontier = new Frontier(jdbc);
    var beans = new StaticListableBeanFactory();
    List<Object> all = Stream.of(components).toList();
    all.forEach(bean -> beans.addBean("bean" + all.indexOf(bean), bean));
    var late = new StaticListableBeanFactory();
    late.addBean("ledger", ledger);
    var savepoints = new Savepoints(transactions, late.getBeanProvider(LateWrites.class));
    var reading =
        new LedgerReading(
            jdbc,
            transactions,
            savepoints,
            clock,
            frontier,
            beans.getBeanProvider(LedgerReaction.class),
            beans.getBeanProvider(LedgerListener.class));
    var firing =
        new DueFiring(
            jdbc, clock, transactions, savepoints, beans.getBeanProvider(DueReaction.class));
    work = new Work(reading, frontier, firing, hints, new Notices(pool, jdbc), clock, months, true);
    work.start();
  }

  @Override
  public void close() {
    work.stop();
    pool.close();
  }
}
