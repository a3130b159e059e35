package dev.evergreen.server.desk.web.live;

import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerListener;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Tells every browser on this node which subjects changed, never what: the page then asks for the
/// regions it shows, and gets what its reader may see.
@Component
final class LiveStreams implements LedgerListener, SmartLifecycle {

  private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
  private final RecentChanges recent;
  private volatile boolean running;

  LiveStreams(InstantSource clock) {
    recent = new RecentChanges(clock);
  }

  /// Begins to tell a browser what changes, and what did since its page was made: a step of a
  /// workflow is often done between the two.
  void add(LiveStream stream, Instant since) {
    open.add(stream);
    recent.since(since).forEach(stream::changed);
    if (!running) {
      stream.close();
    }
  }

  void remove(LiveStream stream) {
    open.remove(stream);
  }

  @Override
  public void seen(Ledger.Entry entry) {
    changed(entry.subject());
    if (entry.data().get("ticket") instanceof Number ticket) {
      changed(new Subject("ticket", ticket.longValue()));
    }
    if (entry.data().get("customer") instanceof Number customer) {
      changed(new Subject("customer", customer.longValue()));
    }
  }

  void changed(Subject subject) {
    recent.add(subject);
    open.forEach(stream -> stream.changed(subject));
  }

  @Override
  public void start() {
    running = true;
  }

  /// Ends every stream before the server waits for its requests to end.
  @Override
  public void stop() {
    running = false;
    open.forEach(LiveStream::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
