package dev.evergreen.server.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/// The statement with which a transaction ends. It is kept until nothing else is left to be done,
/// so that it can carry the commit: one round trip less.
@Component
public final class LastWrites {
  private final JdbcOperations jdbc;
  private final PerTransaction<Deque<Writes>> kept =
      PerTransaction.kept(ArrayDeque::new, Deque::clear);
  private final PerTransaction<Map<String, RowValues>> added =
      PerTransaction.kept(LinkedHashMap::new, Map::clear);

  LastWrites(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Writes it now, because somebody has to read it.
  public void now(Writes writes) {
    writes.execute(jdbc);
  }

  /// Keeps it for the commit of the present transaction; what was kept before is written now.
  public void keep(Writes writes) {
    Deque<Writes> waiting = kept.get();
    if (!waiting.isEmpty()) {
      waiting.removeFirst().execute(jdbc);
    }
    waiting.add(writes);
  }

  /// Has the last statement write one more row, which nobody reads before the commit.
  ///
  /// @param part see [Writes#add]
  void add(String part, RowValues.Columns columns, @Nullable Object... row) {
    added.get().computeIfAbsent(part, _ -> new RowValues(columns)).add(row);
  }

  /// Writes what is kept, if anything is, and commits with it.
  void commit() {
    Deque<Writes> waiting = kept.ifThere();
    @Nullable Writes last = waiting == null ? null : waiting.poll();
    Map<String, RowValues> more = added.ifThere();
    if (more != null && !more.isEmpty()) {
      last = last == null ? new Writes() : last;
      more.forEach(last::add);
    }
    if (last != null) {
      last.executeAndCommit(jdbc);
    }
  }
}
