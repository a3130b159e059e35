package dev.evergreen.server.platform;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Up to which id the ledger is settled: every lower id is either visible or will never be.
///
/// Ids are drawn before their transactions commit, so a lower one may appear after a higher one. A
/// hole below a visible entry is therefore waited for. That no late commit is skipped rests on four
/// facts, in the order of time:
///
/// 1. A transaction has its number before it draws an id ([Ledger#append] sees to that).
/// 2. Ids rise as they are drawn, so whoever drew one from the hole did so before the visible entry
///    above it was drawn, hence before we looked.
/// 3. After that look, we take a number of our own. Numbers rise as they are given out, so each
///    writer of the hole has a lower one.
/// 4. A later statement whose snapshot has an `xmin` that is not below our number sees what every
///    such writer committed: `xmin` is the oldest number still running, also of other databases and
///    of prepared transactions. It reads the ids under that same snapshot.
///
/// So what is missing then was rolled back. The number must be a new one: the upper end of a
/// snapshot, its `xmax`, only lies above the transactions that have ended, and a writer with a
/// higher number than the last of them may well have drawn its id already.
@Component
final class Frontier {
  private static final int STEP = 1000;

  /// What a single statement, hence a single snapshot, saw.
  private record View(List<Head> heads, long xmin) {}

  /// What readers need to know of an entry to tell whether they want it.
  record Head(long id, int slot, String kind) {}

  /// Told of every entry that has settled, in order.
  interface Watcher {
    void settled(Head head);
  }

  /// Ids up to here had been drawn when transactions from `next` on had no number yet.
  private record Hole(long upTo, long next) {
    boolean isDecided(View view) {
      return view.xmin() >= next;
    }
  }

  private final JdbcClient jdbc;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private long settled;
  private @Nullable Hole hole;

  Frontier(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /// Begins at an id that is known to be settled.
  synchronized void startAt(long id) {
    settled = id;
    hole = null;
  }

  synchronized long settled() {
    return settled;
  }

  /// Whether entries are visible behind a hole that is not decided yet.
  synchronized boolean isWaiting() {
    return hole != null;
  }

  /// Looks once; true when there may be more at once.
  synchronized boolean advance() {
    View view = look();
    long before = settled;
    for (Head head : view.heads()) {
      if (head.id() > settled + 1 && !isDecided(head.id() - 1, view)) {
        return settled > before;
      }
      settled = head.id();
      watchers.forEach(watcher -> watcher.settled(head));
    }
    hole = null;
    return view.heads().size() == STEP;
  }

  private boolean isDecided(long missing, View view) {
    Hole known = hole;
    if (known == null || (missing > known.upTo() && known.isDecided(view))) {
      known = new Hole(view.heads().getLast().id() - 1, nextTransaction());
    }
    hole = known;
    return missing <= known.upTo() && known.isDecided(view);
  }

  /// A transaction number above all that were given out so far.
  private long nextTransaction() {
    return jdbc.sql("select cast(cast(pg_current_xact_id() as text) as bigint)")
        .query(Long.class)
        .single();
  }

  private View look() {
    return jdbc.sql(
            """
            select
              array_agg(id order by id) as ids,
              array_agg(cast(slot as integer) order by id) as slots,
              array_agg(kind order by id) as kinds,
              cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as xmin
            from (select id, slot, kind from ledger where id > :settled order by id limit :step) as step
            """)
        .param("settled", settled)
        .param("step", STEP)
        .query((row, _) -> new View(heads(row), row.getLong("xmin")))
        .single();
  }

  private static List<Head> heads(ResultSet row) throws SQLException {
    Array ids = row.getArray("ids");
    if (ids == null) {
      return List.of();
    }
    var numbers = (Long[]) ids.getArray();
    var slots = (Integer[]) row.getArray("slots").getArray();
    var kinds = (String[]) row.getArray("kinds").getArray();
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> new Head(numbers[i], slots[i], kinds[i]))
        .toList();
  }
}
