package dev.evergreen.server.platform;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Parts of a transaction that can be undone alone. What the transaction has kept for its end is
/// written before such a part begins, and what the part has kept is written as its last act, so
/// that the database undoes exactly what belongs to it.
@Component
public final class Savepoints {
  private final TransactionTemplate nested;
  private final ObjectProvider<LateWrites> late;

  Savepoints(PlatformTransactionManager transactions, ObjectProvider<LateWrites> late) {
    this.late = late;
    nested = new TransactionTemplate(transactions);
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /// Does the work at a savepoint of the present transaction; what it throws has undone it.
  public <T> T within(Supplier<T> work) {
    List<LateWrites> writes = late.orderedStream().toList();
    writes.forEach(LateWrites::flush);
    return nested.execute(_ -> {
      T result = work.get();
      writes.forEach(LateWrites::flush);
      return result;
    });
  }

  public void within(Runnable work) {
    within(() -> {
      work.run();
      return true;
    });
  }
}
