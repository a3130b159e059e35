package dev.evergreen.server.platform;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// A value that each transaction has for itself: what it has read and need not read again, or what
/// it will write in one go at its end.
///
/// @param <T> the value; forgotten when the transaction ends
public final class PerTransaction<T> {
  private final Supplier<T> fresh;
  private final int order;
  private final Consumer<T> atCommit;
  private final Consumer<T> atRollback;

  private PerTransaction(
      Supplier<T> fresh, int order, Consumer<T> atCommit, Consumer<T> atRollback) {
    this.fresh = fresh;
    this.order = order;
    this.atCommit = atCommit;
    this.atRollback = atRollback;
  }

  /// A value that is only kept.
  ///
  /// @param atRollback told when a part of the transaction was undone, which may be what it knows
  public static <T> PerTransaction<T> kept(Supplier<T> fresh, Consumer<T> atRollback) {
    return new PerTransaction<>(fresh, Ordered.LOWEST_PRECEDENCE, _ -> {}, atRollback);
  }

  /// A value that is written before the transaction commits. The lower the order the earlier.
  public static <T> PerTransaction<T> written(
      Supplier<T> fresh, int order, Consumer<T> atCommit, Consumer<T> atRollback) {
    return new PerTransaction<>(fresh, order, atCommit, atRollback);
  }

  /// Whether a transaction is under way that could have one.
  public static boolean isPossible() {
    return TransactionSynchronizationManager.isActualTransactionActive()
        && TransactionSynchronizationManager.isSynchronizationActive();
  }

  /// The present transaction's; a fresh one the first time.
  public T get() {
    T known = ifThere();
    if (known != null) {
      return known;
    }
    if (!isPossible()) {
      throw new IllegalStateException("expected a transaction, but there is none");
    }
    T value = fresh.get();
    TransactionSynchronizationManager.bindResource(this, value);
    TransactionSynchronizationManager.registerSynchronization(new Ending(value));
    return value;
  }

  /// The present transaction's, if it has one yet.
  @SuppressWarnings("unchecked")
  public @Nullable T ifThere() {
    return (T) TransactionSynchronizationManager.getResource(this);
  }

  private final class Ending implements TransactionSynchronization, Ordered {
    private final T value;

    Ending(T value) {
      this.value = value;
    }

    @Override
    public int getOrder() {
      return order;
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(PerTransaction.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(PerTransaction.this, value);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      atCommit.accept(value);
    }

    @Override
    public void savepointRollback(Object savepoint) {
      atRollback.accept(value);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(PerTransaction.this);
    }
  }
}
