package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.PassingFailure;
import dev.evergreen.server.platform.PerTransaction;
import java.util.Objects;
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
    try {
      return FirstTry.of(() -> once(work));
    } catch (RuntimeException e) {
      if (PassingFailure.is(e)) {
        throw e; // nobody knows whether it was committed
      }
      log.debug("An input failed and is taken again with savepoints.", e);
      return once(work);
    }
  }

  private <T> T once(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }
}
