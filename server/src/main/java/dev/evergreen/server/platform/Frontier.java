package dev.evergreen.server.platform;

import java.sql.Array;
import java.util.List;
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
  private record View(List<Long> ids, long xmin) {}

  /// Ids up to here had been drawn when transactions from `next` on had no number yet.
  private record Hole(long upTo, long next) {
    boolean isDecided(View view) {
      return view.xmin() >= next;
    }
  }

  private final JdbcClient jdbc;
  private long settled;
  private @Nullable Hole hole;

  Frontier(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
    for (long id : view.ids()) {
      if (id > settled + 1 && !isDecided(id - 1, view)) {
        return settled > before;
      }
      settled = id;
    }
    hole = null;
    return view.ids().size() == STEP;
  }

  private boolean isDecided(long missing, View view) {
    Hole known = hole;
    if (known == null || (missing > known.upTo() && known.isDecided(view))) {
      known = new Hole(view.ids().getLast() - 1, nextTransaction());
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
              array(select id from ledger where id > :settled order by id limit :step) as ids,
              cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as xmin
            """)
        .param("settled", settled)
        .param("step", STEP)
        .query((row, _) -> {
          Array ids = row.getArray("ids");
          return new View(List.of((Long[]) ids.getArray()), row.getLong("xmin"));
        })
        .single();
  }
}
