package dev.evergreen.server.demo;

import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/// What the people of the demo notice, as open pages would: it comes from the ledger.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
final class Watch implements LedgerListener {
  private static final Set<String> KINDS =
      Set.of("ticket.opened", "ticket.closed", "run.task-opened", "organization.created");

  private final List<Ledger.Entry> noticed = new ArrayList<>();
  private boolean open;

  synchronized void begin() {
    open = true;
  }

  synchronized void end() {
    open = false;
    noticed.clear();
  }

  @Override
  public synchronized void seen(Ledger.Entry entry) {
    if (open && KINDS.contains(entry.kind())) {
      noticed.add(entry);
    }
  }

  /// What was noticed since the last look, in the order it happened.
  synchronized List<Ledger.Entry> look() {
    var news = List.copyOf(noticed);
    noticed.clear();
    return news;
  }
}
