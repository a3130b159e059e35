package dev.evergreen.server.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// One exclusive reader on this node. A batch is a transaction: it locks the rows of some slots
/// (others skip them, so nodes share the work), reacts, and moves their positions. A node that
/// stops in the middle loses connection and locks, and another one does the batch again.
final class LedgerReader {
  private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);
  private static final int BATCH = 100;
  private static final int LOOK_AHEAD = 500;

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final LedgerReaction reaction;
  private final TransactionTemplate batch;
  private final TransactionTemplate savepoint;
  private volatile long passed;

  LedgerReader(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      DatabaseClock clock,
      LedgerReaction reaction,
      long begin) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.reaction = reaction;
    batch = new TransactionTemplate(transactions);
    savepoint = new TransactionTemplate(transactions);
    savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    register(begin);
  }

  String name() {
    return reaction.name();
  }

  /// Whether this reader, on whatever node, has taken everything up to this id.
  boolean hasPassed(long settled) {
    if (passed < settled) {
      passed =
          jdbc.sql("select min(position) from ledger_reader where name = :name")
              .param("name", name())
              .query(Long.class)
              .single();
    }
    return passed >= settled;
  }

  /// Does one batch of at most so many slots; false when nothing was there to take.
  ///
  /// The first try spends no savepoints. If a reaction throws, all is undone and the batch done
  /// again with one for each entry, so that the one at fault is left out and the others go on.
  boolean read(long settled, int slots) {
    if (passed >= settled) {
      return false;
    }
    try {
      return FirstTry.of(
          () -> Boolean.TRUE.equals(batch.execute(_ -> take(settled, slots, reaction::react))));
    } catch (RuntimeException e) {
      log.debug("A batch of the reader {} failed and is done again one by one.", name(), e);
      return Boolean.TRUE.equals(batch.execute(_ -> take(settled, slots, this::reactAlone)));
    }
  }

  private interface React {
    void to(Ledger.Entry entry);
  }

  private boolean take(long settled, int slots, React react) {
    Map<Integer, Long> claimed = claim(settled, slots);
    if (claimed.isEmpty()) {
      return false;
    }
    List<Row> rows = rows(claimed, settled);
    long reached = rows.size() < LOOK_AHEAD ? settled : rows.getLast().entry().id();
    int reacted = 0;
    for (Row row : rows) {
      if (row.entry().id() > claimed.getOrDefault(row.slot(), settled)
          && reaction.wants(row.entry().kind())) {
        react.to(row.entry());
        if (++reacted == BATCH) {
          reached = row.entry().id();
          break;
        }
      }
    }
    move(claimed, reached);
    return true;
  }

  private Map<Integer, Long> claim(long settled, int slots) {
    return jdbc.sql(
            """
            select slot, position
            from ledger_reader
            where name = :name
              and position < :settled
              and epoch = (select epoch from ledger_epoch)
            order by position, slot
            limit :slots
            for update skip locked
            """)
        .param("name", name())
        .param("settled", settled)
        .param("slots", slots)
        .query(rows -> {
          var positions = new HashMap<Integer, Long>();
          while (rows.next()) {
            positions.put(rows.getInt("slot"), rows.getLong("position"));
          }
          return positions;
        });
  }

  private record Row(int slot, Ledger.Entry entry) {}

  private List<Row> rows(Map<Integer, Long> claimed, long settled) {
    return jdbc.sql(
            """
            select *
            from ledger
            where id > :from and id <= :settled and slot = any(:slots)
            order by id
            limit :limit
            """)
        .param("from", claimed.values().stream().mapToLong(Long::longValue).min().orElse(settled))
        .param("settled", settled)
        .param("slots", slotsOf(claimed))
        .param("limit", LOOK_AHEAD)
        .query((row, number) -> new Row(row.getInt("slot"), Ledger.entry(row, number)))
        .list();
  }

  private void move(Map<Integer, Long> claimed, long reached) {
    jdbc.sql(
            """
            update ledger_reader
            set position = greatest(position, :reached)
            where name = :name and slot = any(:slots)
            """)
        .param("reached", reached)
        .param("name", name())
        .param("slots", slotsOf(claimed))
        .update();
  }

  /// A deadlock or a lost connection is not the entry's fault: the whole batch is done again later.
  private void reactAlone(Ledger.Entry entry) {
    try {
      savepoint.executeWithoutResult(_ -> reaction.react(entry));
    } catch (RuntimeException e) {
      if (PassingFailure.is(e)) {
        throw e;
      }
      log.error(
          "The reader {} could not take ledger entry {} ({} of {}); it is kept in ledger_fault and the others go on.",
          name(),
          entry.id(),
          entry.kind(),
          entry.subject(),
          e);
      keepFault(entry, e);
    }
  }

  private void keepFault(Ledger.Entry entry, RuntimeException error) {
    jdbc.sql(
            """
            insert into ledger_fault (reader, entry, subject_kind, subject_id, error, at)
            values (:reader, :entry, :subjectKind, :subjectId, :error, :at)
            on conflict (reader, entry) do nothing
            """)
        .param("reader", name())
        .param("entry", entry.id())
        .param("subjectKind", entry.subject().kind())
        .param("subjectId", entry.subject().id())
        .param("error", error.toString())
        .param("at", Timestamps.of(clock.instant()))
        .update();
  }

  /// Positions live in the same database as the ledger, so a restore puts both back together: they
  /// only take over its new epoch.
  private void register(long begin) {
    jdbc.sql(
            """
            insert into ledger_reader (name, slot, epoch, position)
            select :name, slot, (select epoch from ledger_epoch), :begin
            from generate_series(0, :slots - 1) as slot
            on conflict (name, slot) do update set epoch = excluded.epoch
            """)
        .param("name", name())
        .param("begin", begin)
        .param("slots", Ledger.SLOTS)
        .update();
  }

  private static int[] slotsOf(Map<Integer, Long> claimed) {
    return claimed.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
