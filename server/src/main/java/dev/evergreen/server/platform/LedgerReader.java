package dev.evergreen.server.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// One exclusive reader on this node. It knows which settled entries it wants and has not seen
/// taken; a batch is a transaction that locks the rows of some slots (others skip them, so nodes
/// share the work), reacts, and moves their positions. A node that stops in the middle loses
/// connection and locks, and another one does the batch again. Entries that nobody wants cost
/// nothing: a position that only passes over them is moved by [#catchUp], now and then.
final class LedgerReader implements Frontier.Watcher {
  private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);
  private static final int BATCH = 100;

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final LedgerReaction reaction;
  private final TransactionTemplate batch;
  private final Savepoints savepoints;
  private final List<NavigableSet<Long>> wanted = new ArrayList<>();

  LedgerReader(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Savepoints savepoints,
      DatabaseClock clock,
      LedgerReaction reaction) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.reaction = reaction;
    this.savepoints = savepoints;
    batch = new TransactionTemplate(transactions);
    for (int slot = 0; slot < Ledger.SLOTS; slot++) {
      wanted.add(new TreeSet<>());
    }
  }

  String name() {
    return reaction.name();
  }

  @Override
  public void settled(Frontier.Head head) {
    if (reaction.wants(head.kind())) {
      NavigableSet<Long> ids = wanted.get(head.slot());
      synchronized (ids) {
        ids.add(head.id());
      }
    }
  }

  /// How many settled entries wait to be taken, by this node or another.
  int waiting() {
    int count = 0;
    for (NavigableSet<Long> ids : wanted) {
      synchronized (ids) {
        count += ids.size();
      }
    }
    return count;
  }

  /// Does one batch of at most so many slots; false when nothing was there to take.
  ///
  /// The first try spends no savepoints. If a reaction throws, all is undone and the batch done
  /// again with one for each entry, so that the one at fault is left out and the others go on.
  boolean read(int slots) {
    List<Integer> busy = busy();
    if (busy.isEmpty()) {
      return false;
    }
    try {
      return FirstTry.of(() -> took(take(busy, slots, reaction::react)));
    } catch (RuntimeException e) {
      log.debug("A batch of the reader {} failed and is done again one by one.", name(), e);
      return took(take(busy, slots, entries -> entries.forEach(this::reactAlone)));
    }
  }

  /// Moves positions over what nobody wanted, so that a node that starts later need not look at it.
  void catchUp(long settled) {
    List<Integer> busy = busy();
    jdbc.sql(
            """
            update ledger_reader
            set position = :settled
            where name = :name and position < :settled and slot <> all(:busy)
            """)
        .param("settled", settled)
        .param("name", name())
        .param("busy", busy.toArray(Integer[]::new))
        .update();
  }

  /// Slots in which something waits, the longest waiting first.
  private List<Integer> busy() {
    var oldest = new HashMap<Integer, Long>();
    for (int slot = 0; slot < wanted.size(); slot++) {
      NavigableSet<Long> ids = wanted.get(slot);
      synchronized (ids) {
        if (!ids.isEmpty()) {
          oldest.put(slot, ids.first());
        }
      }
    }
    return oldest.keySet().stream()
        .sorted(Comparator.comparing(slot -> oldest.getOrDefault(slot, 0L)))
        .toList();
  }

  private interface React {
    void to(List<Ledger.Entry> entries);
  }

  /// What a batch has reached in each slot that it held.
  private record Taken(Map<Integer, Long> positions) {}

  private Taken take(List<Integer> busy, int slots, React react) {
    Taken taken =
        batch.execute(_ -> {
          Map<Integer, Long> claimed = claim(busy, slots);
          Map<Long, Integer> ids = waitingIn(claimed);
          if (ids.isEmpty()) {
            return new Taken(claimed);
          }
          react.to(entries(ids.keySet().toArray(Long[]::new)));
          var reached = new HashMap<>(claimed);
          ids.forEach((id, slot) -> reached.merge(slot, id, Math::max));
          move(reached);
          return new Taken(reached);
        });
    return taken == null ? new Taken(Map.of()) : taken;
  }

  /// Forgets what is taken now, by this node or, as the claimed positions told, by another.
  private boolean took(Taken taken) {
    boolean any = false;
    for (var position : taken.positions().entrySet()) {
      NavigableSet<Long> ids = wanted.get(position.getKey());
      synchronized (ids) {
        NavigableSet<Long> done = ids.headSet(position.getValue(), true);
        any |= !done.isEmpty();
        done.clear();
      }
    }
    return any;
  }

  private Map<Integer, Long> claim(List<Integer> busy, int slots) {
    return jdbc.sql(
            """
            select slot, position
            from ledger_reader
            where name = :name
              and slot = any(:busy)
              and epoch = (select epoch from ledger_epoch)
            order by array_position(:busy, cast(slot as integer))
            limit :slots
            for update skip locked
            """)
        .param("name", name())
        .param("busy", busy.toArray(Integer[]::new))
        .param("slots", slots)
        .query(rows -> {
          var positions = new HashMap<Integer, Long>();
          while (rows.next()) {
            positions.put(rows.getInt("slot"), rows.getLong("position"));
          }
          return positions;
        });
  }

  /// The first entries that wait in these slots behind their positions, with their slots.
  private Map<Long, Integer> waitingIn(Map<Integer, Long> claimed) {
    var ids = new java.util.TreeMap<Long, Integer>();
    claimed.forEach((slot, position) -> {
      NavigableSet<Long> waiting = wanted.get(slot);
      synchronized (waiting) {
        waiting.tailSet(position, false).stream().limit(BATCH).forEach(id -> ids.put(id, slot));
      }
    });
    while (ids.size() > BATCH) {
      ids.pollLastEntry();
    }
    return ids;
  }

  private List<Ledger.Entry> entries(Long[] ids) {
    return jdbc.sql("select * from ledger where id = any(:ids) order by id")
        .param("ids", ids)
        .query(Ledger::entry)
        .list();
  }

  private void move(Map<Integer, Long> reached) {
    jdbc.sql(
            """
            update ledger_reader
            set position = reached.position
            from unnest(cast(:slots as int[]), cast(:positions as bigint[]))
              as reached (slot, position)
            where name = :name and ledger_reader.slot = reached.slot
            """)
        .param("slots", reached.keySet().toArray(Integer[]::new))
        .param("positions", reached.values().toArray(Long[]::new))
        .param("name", name())
        .update();
  }

  /// A deadlock or a lost connection is not the entry's fault: the whole batch is done again later.
  private void reactAlone(Ledger.Entry entry) {
    try {
      savepoints.within(() -> reaction.react(List.of(entry)));
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
}
