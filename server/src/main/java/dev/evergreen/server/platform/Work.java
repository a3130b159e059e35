package dev.evergreen.server.platform;

import java.time.Duration;
import org.springframework.stereotype.Component;

/// All background work of a node: the readers of the ledger and the due times. It starts when the
/// application is ready and ends with it, finishing the batch in hand.
@Component
public final class Work {
  /// Runs readers and due items on the calling thread until nothing is left to do at the present
  /// clock; false when the limit passed first. Deterministic: for tests and the demo.
  public boolean settle(Duration limit) {
    throw new UnsupportedOperationException();
  }

  /// Wakes the readers of every node after the present transaction commits (at once outside one).
  /// Only a hint: without it they look within a second.
  public void hint() {
    throw new UnsupportedOperationException();
  }
}
