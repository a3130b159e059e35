package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.PassingFailure;
import dev.evergreen.server.platform.PerTransaction;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes inputs one by one, each in a transaction. The first try spends no savepoints on actions;
/// when one fails, all is undone and done again with them, so that only the action is undone and
/// the run goes on from its failure.
@Component
final class Inputs {
  private static final Logger log = LoggerFactory.getLogger(Inputs.class);

  private final TransactionTemplate transactions;

  Inputs(TransactionTemplate transactions) {
    this.transactions = transactions;
  }

  /// Does the work in the caller's transaction, or else in one of its own.
  <T> T take(Supplier<T> work) {
    if (PerTransaction.isPossible()) {
      return once(work);
    }
    var failed = new AtomicBoolean(); // what fails at or after the commit is not done again
    try {
      return FirstTry.of(() -> once(() -> noting(failed, work)));
    } catch (RuntimeException e) {
      if (!failed.get() || PassingFailure.is(e)) {
        throw e;
      }
      log.debug("An input failed and is taken again with savepoints.", e);
      return once(work);
    }
  }

  private static <T> T noting(AtomicBoolean failed, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      failed.set(true);
      throw e;
    }
  }

  private <T> T once(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }
}
