package dev.evergreen.server.platform;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// What is read all the time and changed seldom, such as a team's list of categories: each node
/// keeps what it read for a second. Its own changes show at once, another node's after that second.
///
/// @param <T> a value that nobody changes; a new one is read
public final class Kept<T> {
  private record Known<T>(T value, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH.toNanos();
    }
  }

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Supplier<T> stored;
  private volatile @Nullable Known<T> known;
  private long changes;

  public Kept(Supplier<T> stored) {
    this.stored = stored;
  }

  public T get() {
    Known<T> now = known;
    boolean changedHere = TransactionSynchronizationManager.hasResource(this);
    if (now != null && now.isFresh() && !changedHere) {
      return now.value();
    }
    long seen = changes();
    T value = stored.get();
    if (!changedHere) {
      keep(value, seen);
    }
    return value;
  }

  /// To be called by whoever changes it, in the transaction of the change. What that has written
  /// may never be committed, so nothing that it reads from then on is kept.
  public void changed() {
    forget();
    if (TransactionSynchronizationManager.isSynchronizationActive()
        && !TransactionSynchronizationManager.hasResource(this)) {
      TransactionSynchronizationManager.bindResource(this, true);
      TransactionSynchronizationManager.registerSynchronization(new Ending());
    }
  }

  private synchronized long changes() {
    return changes;
  }

  private synchronized void forget() {
    changes++;
    known = null;
  }

  /// Unless it was changed while it was read.
  private synchronized void keep(T value, long seen) {
    if (changes == seen) {
      known = new Known<>(value, System.nanoTime());
    }
  }

  private final class Ending implements TransactionSynchronization {
    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Kept.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Kept.this, true);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(Kept.this);
      forget();
    }
  }
}
