package dev.evergreen.server.platform;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/// Shows the ledger to its readers: to the exclusive ones ([LedgerReader]) and to this node's
/// listeners.
@Component
final class LedgerReading {
  private static final Logger log = LoggerFactory.getLogger(LedgerReading.class);
  private static final int BATCH = 500;

  private final JdbcClient jdbc;
  private final PlatformTransactionManager transactions;
  private final Savepoints savepoints;
  private final DatabaseClock clock;
  private final Frontier frontier;
  private final ObjectProvider<LedgerReaction> reactions;
  private final ObjectProvider<LedgerListener> listening;
  private final ReentrantLock showing = new ReentrantLock();
  private List<LedgerReader> readers = List.of();
  private List<LedgerListener> listeners = List.of();
  private long shown;

  LedgerReading(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Savepoints savepoints,
      DatabaseClock clock,
      Frontier frontier,
      ObjectProvider<LedgerReaction> reactions,
      ObjectProvider<LedgerListener> listeners) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.savepoints = savepoints;
    this.clock = clock;
    this.frontier = frontier;
    this.reactions = reactions;
    this.listening = listeners;
  }

  /// Finds where the readers stand, and what waits for them from there to the settled end. A new
  /// one begins at that end.
  void start() {
    listeners = listening.orderedStream().toList();
    readers =
        reactions
            .orderedStream()
            .map(reaction -> new LedgerReader(jdbc, transactions, savepoints, clock, reaction))
            .toList();
    readers.forEach(frontier::watch);
    frontier.startAt(slowest());
    while (frontier.advance()) {
      // up to the present end
    }
    shown = frontier.settled();
    readers.forEach(this::register);
  }

  /// Whatever a reader has passed is settled. Where nobody has read yet, the ledger is looked
  /// through from its beginning.
  private long slowest() {
    return jdbc.sql(
            """
            select coalesce(min(position), (select coalesce(max(position), 0) from ledger_reader))
            from ledger_reader
            where name = any(:names)
            """)
        .param("names", readers.stream().map(LedgerReader::name).toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /// Positions live in the same database as the ledger, so a restore puts both back together: they
  /// only take over its new epoch.
  private void register(LedgerReader reader) {
    jdbc.sql(
            """
            insert into ledger_reader (name, slot, epoch, position)
            select :name, slot, (select epoch from ledger_epoch), :begin
            from generate_series(0, :slots - 1) as slot
            on conflict (name, slot) do update set epoch = excluded.epoch
            """)
        .param("name", reader.name())
        .param("begin", shown)
        .param("slots", Ledger.SLOTS)
        .update();
  }

  /// Moves the readers' positions over what none of them wanted.
  void catchUp() {
    long settled = frontier.settled();
    readers.forEach(reader -> reader.catchUp(settled));
  }

  boolean isNothingLeft() {
    return !frontier.isWaiting() && readers.stream().allMatch(reader -> reader.waiting() == 0);
  }

  List<LedgerReader> readers() {
    return readers;
  }

  /// Shows this node's listeners what has settled since; true when it showed anything.
  boolean showListeners() {
    showing.lock();
    try {
      long settled = frontier.settled();
      if (shown >= settled) {
        return false;
      }
      if (listeners.isEmpty()) {
        shown = settled;
        return false;
      }
      List<Ledger.Entry> entries = entries(settled);
      entries.forEach(this::show);
      shown = entries.size() < BATCH ? settled : entries.getLast().id();
      return true;
    } finally {
      showing.unlock();
    }
  }

  private List<Ledger.Entry> entries(long settled) {
    return jdbc.sql(
            """
            select *
            from ledger
            where id > :shown and id <= :settled
            order by id
            limit :batch
            """)
        .param("shown", shown)
        .param("settled", settled)
        .param("batch", BATCH)
        .query(Ledger::entry)
        .list();
  }

  private void show(Ledger.Entry entry) {
    for (LedgerListener listener : listeners) {
      try {
        listener.seen(entry);
      } catch (RuntimeException e) {
        log.warn(
            "The listener {} failed at ledger entry {} ({}); it goes on with the next one.",
            listener.getClass().getSimpleName(),
            entry.id(),
            entry.kind(),
            e);
      }
    }
  }
}
