package dev.evergreen.server.platform;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Tells this node's background work that a transaction committed something for it.
@Component
final class Hints {
  /// What there is to look at.
  enum News {
    /// New entries.
    LEDGER,
    /// An item that is due already.
    DUE
  }

  private final List<Consumer<Set<News>>> wakers = new CopyOnWriteArrayList<>();
  private final AtomicLong ledgerTold = new AtomicLong();
  private final AtomicLong dueTold = new AtomicLong();

  void wakes(Consumer<Set<News>> waker) {
    wakers.add(waker);
  }

  /// Once after the present transaction commits, however often it is called in it; at once outside
  /// one.
  void afterCommit(News news) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      tell(EnumSet.of(news));
    } else if (TransactionSynchronizationManager.getResource(this) instanceof AtCommit waiting) {
      waiting.news.add(news);
    } else {
      var waiting = new AtCommit(EnumSet.of(news));
      TransactionSynchronizationManager.bindResource(this, waiting);
      TransactionSynchronizationManager.registerSynchronization(waiting);
    }
  }

  /// How often this node has told of such news so far.
  long told(News news) {
    return counter(news).get();
  }

  private void tell(Set<News> news) {
    news.forEach(one -> counter(one).incrementAndGet());
    wakers.forEach(waker -> waker.accept(news));
  }

  private AtomicLong counter(News news) {
    return switch (news) {
      case LEDGER -> ledgerTold;
      case DUE -> dueTold;
    };
  }

  private final class AtCommit implements TransactionSynchronization {
    private final Set<News> news;

    AtCommit(Set<News> news) {
      this.news = news;
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Hints.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Hints.this, this);
    }

    @Override
    public void afterCommit() {
      tell(news);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(Hints.this);
    }
  }
}
