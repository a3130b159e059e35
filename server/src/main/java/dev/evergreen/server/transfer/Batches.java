package dev.evergreen.server.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gathers tickets into batches and has them written by a few threads while more are read. Whoever
/// reads faster than is written waits, so that memory holds a few batches and no more.
public final class Batches implements AutoCloseable {
  private static final int MOST = 250;
  private static final int MOST_LETTERS = 4_000_000;
  private static final int WRITERS = 2;
  private static final int WAITING = 2;

  /// What is done after a batch was written.
  public interface After {
    After NOTHING = () -> false;

    /// Whether it is enough.
    boolean isEnough();
  }

  /// Thrown in whoever reads when it is enough.
  static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("it is enough", null, false, false);
    }
  }

  private final Consumer<List<ForeignTicket>> writer;
  private final After after;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(WRITERS, Thread.ofPlatform().name("import-", 1).factory());
  private final Semaphore room = new Semaphore(WRITERS + WAITING);
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private List<ForeignTicket> batch = new ArrayList<>();
  private long letters;

  Batches(Consumer<List<ForeignTicket>> writer, After after) {
    this.writer = writer;
    this.after = after;
  }

  void add(ForeignTicket ticket) {
    batch.add(ticket);
    letters += lettersOf(ticket);
    if (batch.size() >= MOST || letters >= MOST_LETTERS) {
      hand();
    }
  }

  private static long lettersOf(ForeignTicket ticket) {
    long letters = 0;
    for (var entry : ticket.entries()) {
      letters +=
          switch (entry) {
            case ForeignTicket.Entry.Message message -> {
              var html = message.words().html();
              yield message.words().text().length() + (html == null ? 0 : html.length());
            }
            case ForeignTicket.Entry.Note note -> note.text().length();
            case ForeignTicket.Entry.Event _ -> 0;
          };
    }
    return letters;
  }

  private void hand() {
    var full = batch;
    batch = new ArrayList<>();
    letters = 0;
    room.acquireUninterruptibly();
    throwFailure();
    threads.execute(() -> {
      try {
        if (failure.get() == null) {
          writer.accept(full);
          if (after.isEnough()) {
            failure.compareAndSet(null, new Enough());
          }
        }
      } catch (RuntimeException e) {
        failure.compareAndSet(null, e);
      } finally {
        room.release();
      }
    });
  }

  /// Writes what is left, and waits until everything is written.
  void end() {
    if (!batch.isEmpty()) {
      hand();
    }
    room.acquireUninterruptibly(WRITERS + WAITING);
    room.release(WRITERS + WAITING);
    throwFailure();
  }

  private void throwFailure() {
    var failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
