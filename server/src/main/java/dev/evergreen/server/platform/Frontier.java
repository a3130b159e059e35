package dev.evergreen.server.platform;

import java.sql.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Up to which id the ledger is settled: every lower id is either visible or will never be.
///
/// Ids are drawn before their transactions commit, so a lower one may appear after a higher one. A
/// hole is therefore waited for until every transaction that was running when it was seen has
/// ended; what is still missing then was rolled back. Each entry's transaction has its number
/// before it draws the id (see [Ledger#append]), so no writer of a hole is overlooked.
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

  /// A transaction number above all that were given out so far. A snapshot's own upper end is not:
  /// it only lies above those that have ended, and a writer with a later number than the last of
  /// them may well have drawn its id already.
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
