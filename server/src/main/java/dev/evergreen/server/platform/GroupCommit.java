package dev.evergreen.server.platform;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Small pieces of work that many callers ask for at once, each of which answers when it is
/// committed. There are as many transactions at a time as the machine has processors; whoever comes
/// while all of them are under way waits a moment and then shares one with the others who wait: one
/// commit and one statement for all of them. Who comes alone waits for nobody.
///
/// A first try spends no savepoints. Should any of the work in a transaction fail, all of it is
/// undone, and each caller does its own again, alone and with savepoints.
@Component
public final class GroupCommit {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MOST = 32;
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /// Classes of errors after which nobody can know whether the transaction is committed: lost
  /// connections and errors of the machine.
  private static final Set<String> UNCLEAR = Set.of("08", "57", "58");

  private static final ScopedValue<Boolean> SHARED = ScopedValue.newInstance();

  private final TransactionTemplate transactions;
  private final int atOnce;
  private final Duration patience;
  private final ReentrantLock gate = new ReentrantLock();
  private final Deque<Caller<?>> waiting = new ArrayDeque<>();
  private int underWay;

  @Autowired
  GroupCommit(TransactionTemplate transactions) {
    this(transactions, Math.max(2, Runtime.getRuntime().availableProcessors()), PATIENCE);
  }

  /// @param atOnce how many transactions may be under way before callers begin to share them
  /// @param patience so long a caller waits for others; then something holds them up, and it goes
  ///   alone
  GroupCommit(TransactionTemplate transactions, int atOnce, Duration patience) {
    this.transactions = transactions;
    this.atOnce = atOnce;
    this.patience = patience;
  }

  /// A row that some work will need, which is read for all who share a transaction at once.
  ///
  /// @param read reads the rows of these keys; the same one for all rows of a kind
  public record Ahead<K>(Consumer<List<K>> read, K key) {}

  /// Whether the present work shares its transaction with others': it must neither wait for a lock
  /// nor write anything before it is known to be accepted, and may ask to be done [#apart].
  public static boolean isShared() {
    return SHARED.isBound();
  }

  /// Thrown by work that has not written anything yet, to be done in a transaction of its own.
  public static RuntimeException apart() {
    return new Apart();
  }

  /// Does the work in the caller's transaction, or else in one of its own.
  public <T> T alone(Supplier<T> work) {
    if (PerTransaction.isPossible()) {
      return isShared() ? work.get() : inTransaction(work);
    }
    var caller = new Caller<>(work, null);
    lead(List.of(caller));
    return result(caller);
  }

  /// Does the work in the caller's transaction, or else in one that others may share.
  public <T> T together(Supplier<T> work, @Nullable Ahead<?> ahead) {
    if (PerTransaction.isPossible() || Unpromised.isOn()) {
      return alone(work);
    }
    var caller = new Caller<>(work, ahead);
    if (enter(caller) || isToLead(caller)) {
      List<Caller<?>> group = gathered(caller);
      try {
        lead(group);
      } finally {
        // In this order: whoever is released and asks for more at once is in time for the next one.
        group.forEach(Caller::release);
        handOver();
      }
    }
    return result(caller);
  }

  /// How many transactions are under way now.
  int underWay() {
    return counted(() -> underWay);
  }

  /// How many callers wait to share one.
  int waiting() {
    return counted(waiting::size);
  }

  private int counted(IntSupplier count) {
    gate.lock();
    try {
      return count.getAsInt();
    } finally {
      gate.unlock();
    }
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  /// Whether it may go at once; else it waits until it is called.
  private boolean enter(Caller<?> caller) {
    gate.lock();
    try {
      if (underWay < atOnce) {
        underWay++;
        return true;
      }
      waiting.add(caller);
      return false;
    } finally {
      gate.unlock();
    }
  }

  /// Waits until it is called, to lead others; false when somebody else has done its work, or it
  /// has waited for too long.
  private boolean isToLead(Caller<?> caller) {
    try {
      return caller.called.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return !isWithdrawn(caller) && caller.called.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return !isWithdrawn(caller) && caller.called.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("expected to be called, but: " + e.getCause(), e);
    }
  }

  private boolean isWithdrawn(Caller<?> caller) {
    gate.lock();
    try {
      return waiting.remove(caller);
    } finally {
      gate.unlock();
    }
  }

  /// The leader and those who wait by now.
  private List<Caller<?>> gathered(Caller<?> leader) {
    var group = new ArrayList<Caller<?>>();
    group.add(leader);
    gate.lock();
    try {
      while (!waiting.isEmpty() && group.size() < MOST) {
        group.add(waiting.removeFirst());
      }
    } finally {
      gate.unlock();
    }
    return List.copyOf(group);
  }

  /// Calls the first of those who wait to lead the next transaction.
  private void handOver() {
    Caller<?> next;
    gate.lock();
    try {
      next = waiting.poll();
      if (next == null) {
        underWay--;
        return;
      }
    } finally {
      gate.unlock();
    }
    next.called.complete(true);
  }

  private void lead(List<Caller<?>> group) {
    var working = new AtomicBoolean(true);
    try {
      FirstTry.of(() ->
          inTransaction(() -> {
            work(group);
            working.set(false);
            return true;
          }));
      group.forEach(Caller::committed);
    } catch (RuntimeException e) {
      boolean again = working.get() ? mayTryAgain(group, e) : isUndone(e);
      if (again) {
        log.debug("A transaction of {} callers failed; each does its work again.", group.size(), e);
      } else {
        group.forEach(caller -> caller.failed(e));
      }
    } catch (Error e) {
      group.forEach(caller -> caller.failed(new IllegalStateException(e)));
      throw e;
    }
  }

  /// A failure of somebody alone is done again if it is the work's own.
  private static boolean mayTryAgain(List<Caller<?>> group, RuntimeException e) {
    return group.size() > 1 || (group.getFirst().tried && !PassingFailure.is(e));
  }

  private static void work(List<Caller<?>> group) {
    if (group.size() == 1) {
      group.getFirst().work();
      return;
    }
    ScopedValue.where(SHARED, true)
        .run(() -> {
          readAhead(group);
          group.forEach(Caller::work);
        });
  }

  private static void readAhead(List<Caller<?>> group) {
    var kinds = new LinkedHashMap<Object, List<Ahead<?>>>();
    for (Caller<?> caller : group) {
      if (caller.ahead != null) {
        kinds.computeIfAbsent(caller.ahead.read(), _ -> new ArrayList<>()).add(caller.ahead);
      }
    }
    kinds.values().forEach(GroupCommit::readTogether);
  }

  /// All of the same kind, hence with keys of the same type.
  @SuppressWarnings("unchecked")
  private static <K> void readTogether(List<Ahead<?>> all) {
    var same = (List<Ahead<K>>) (List<?>) all;
    same.getFirst().read().accept(same.stream().map(Ahead::key).toList());
  }

  /// Whether the database itself has said that it undid the transaction: the last statement comes
  /// with the commit, so that its failure is seen only there.
  private static boolean isUndone(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.length() == 5 && !UNCLEAR.contains(state.substring(0, 2));
      }
    }
    return false;
  }

  private <T> T result(Caller<T> caller) {
    if (caller.failure != null) {
      throw caller.failure;
    }
    if (caller.committed) {
      return Objects.requireNonNull(caller.value);
    }
    return caller.tried && !caller.apart ? inTransaction(caller.work) : alone(caller.work);
  }

  /// Somebody with work to be done. What came of it is seen by its thread once it is called.
  private static final class Caller<T> {
    private final Supplier<T> work;
    private final @Nullable Ahead<?> ahead;
    private final CompletableFuture<Boolean> called = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable RuntimeException failure;
    private boolean tried;
    private boolean apart;
    private boolean committed;

    Caller(Supplier<T> work, @Nullable Ahead<?> ahead) {
      this.work = work;
      this.ahead = ahead;
    }

    void work() {
      tried = true;
      try {
        value = work.get();
      } catch (Apart e) {
        if (!isShared()) {
          throw e;
        }
        apart = true;
      }
    }

    void committed() {
      committed = !apart;
    }

    void failed(RuntimeException e) {
      failure = apart ? null : e;
    }

    void release() {
      called.complete(false);
    }
  }

  private static final class Apart extends RuntimeException {
    private static final long serialVersionUID = 1;

    Apart() {
      super("to be done in a transaction of its own", null, false, false);
    }
  }
}
