package dev.evergreen.server.workflow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Numbers for new runs, drawn by the block, so that a start need not ask for one. What is not used
/// up within a second is let go: the order of the numbers is, but for that second, the order in
/// which runs began, on whatever node.
@Component
final class RunIds {
  private static final int BLOCK = 64;
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final JdbcClient database;
  private final ReentrantLock drawing = new ReentrantLock();
  private final Queue<RunId> drawn = new ArrayDeque<>();
  private long drawnAt;

  RunIds(JdbcClient database) {
    this.database = database;
  }

  /// One that no run has had or will have.
  RunId next() {
    drawing.lock();
    try {
      if (drawn.isEmpty() || System.nanoTime() - drawnAt > FRESH.toNanos()) {
        draw();
      }
      return drawn.remove();
    } finally {
      drawing.unlock();
    }
  }

  private void draw() {
    drawn.clear();
    drawnAt = System.nanoTime();
    drawn.addAll(
        database
            .sql(
                """
                select nextval(pg_get_serial_sequence('run', 'id')) as id
                from generate_series(1, :block)
                """)
            .param("block", BLOCK)
            .query((row, _) -> new RunId(row.getLong("id")))
            .list());
  }
}
