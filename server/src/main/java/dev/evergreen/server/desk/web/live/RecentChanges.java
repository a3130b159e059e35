package dev.evergreen.server.desk.web.live;

import dev.evergreen.server.platform.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The subjects that this node has seen change in the last minute, each once, for the browsers
/// whose page was made before their stream was open. An older page fetches everything by itself.
final class RecentChanges {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 2_000;

  /// A page's time is taken after what it shows was read; nodes' clocks differ by less than this.
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private final InstantSource clock;
  private final Map<Subject, Instant> changes = new LinkedHashMap<>();

  RecentChanges(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(Subject subject) {
    Instant now = clock.instant();
    Instant oldest = now.minus(KEPT);
    var old = changes.values().iterator();
    while (old.hasNext() && (old.next().isBefore(oldest) || changes.size() >= MOST)) {
      old.remove();
    }
    changes.remove(subject);
    changes.put(subject, now);
  }

  synchronized List<Subject> since(Instant page) {
    Instant first = page.minus(MARGIN);
    return changes.entrySet().stream()
        .filter(change -> !change.getValue().isBefore(first))
        .map(Map.Entry::getKey)
        .toList();
  }
}
