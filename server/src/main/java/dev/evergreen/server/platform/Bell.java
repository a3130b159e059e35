package dev.evergreen.server.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Wakes this node's workers when there is something for them, so that they seldom need to look.
/// What another node has for them they find by looking.
public final class Bell {
  private final Semaphore rung = new Semaphore(0);

  /// Rings once the present transaction is committed, before which there is nothing to be seen; at
  /// once where there is none.
  public void ring() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      rung.release();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            rung.release();
          }
        });
  }

  /// Waits for it to ring, at most so long. However often it has rung, one wait hears it all.
  public void await(Duration limit) throws InterruptedException {
    if (rung.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      rung.drainPermits();
    }
  }
}
