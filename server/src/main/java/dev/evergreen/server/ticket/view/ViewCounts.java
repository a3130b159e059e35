package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerListener;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.view.ViewPages.Count;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// How many tickets views hold. A count is kept on its node until something happened to a ticket,
/// and counted again no more often than every hundred times as long as the counting took: however
/// many people look, a view costs a hundredth of a processor at most. Whoever may see everything
/// shares the counts of views that are not about themselves.
@Component
public class ViewCounts implements LedgerListener {
  /// Counted no further: nobody works through more.
  public static final int MOST = 999;

  /// An import changes many without an entry for each that a listener would see.
  private static final Set<String> CHANGE_TICKETS = Set.of("ticket", "import");

  private static final int SHARE = 100;
  private static final int MOST_KEPT = 5_000;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private record Key(Condition condition, long reader) {}

  private record Kept(Count count, long changes, long countedAt, long nanos) {}

  private final ViewPages pages;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  ViewCounts(ViewPages pages) {
    this.pages = pages;
  }

  public Count of(View view, Viewpoint from) {
    var condition = view.terms().condition();
    boolean own = condition.isAboutReader() || !from.agent().mayEverywhere(Permission.SEE);
    var key = new Key(condition, own ? from.agent().id().value() : 0);
    var before = kept.get(key);
    if (before != null && isFresh(before, condition)) {
      return before.count();
    }
    long seen = changes.get();
    long start = System.nanoTime();
    var count = pages.count(condition, MOST, from);
    long end = System.nanoTime();
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(key, new Kept(count, seen, end, end - start));
    return count;
  }

  private boolean isFresh(Kept before, Condition condition) {
    long age = System.nanoTime() - before.countedAt();
    return age < SHARE * before.nanos()
        || (before.changes() == changes.get()
            && (age < LONGEST.toNanos() || !condition.isAboutNow()));
  }

  @Override
  public void seen(Ledger.Entry entry) {
    if (CHANGE_TICKETS.contains(entry.subject().kind())) {
      changes.incrementAndGet();
    }
  }
}
