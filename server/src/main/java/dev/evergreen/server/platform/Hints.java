package dev.evergreen.server.platform;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Tells this node's background work that a transaction committed something for it.
@Component
final class Hints {
  private final List<Runnable> wakers = new CopyOnWriteArrayList<>();

  void wakes(Runnable waker) {
    wakers.add(waker);
  }

  /// Once after the present transaction commits, however often it is called in it; at once outside
  /// one.
  void afterCommit() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      now();
    } else if (!TransactionSynchronizationManager.hasResource(this)) {
      TransactionSynchronizationManager.bindResource(this, true);
      TransactionSynchronizationManager.registerSynchronization(new AtCommit());
    }
  }

  private void now() {
    wakers.forEach(Runnable::run);
  }

  private final class AtCommit implements TransactionSynchronization {
    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Hints.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Hints.this, true);
    }

    @Override
    public void afterCommit() {
      now();
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(Hints.this);
    }
  }
}
