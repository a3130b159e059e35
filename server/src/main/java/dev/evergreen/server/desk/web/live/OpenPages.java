package dev.evergreen.server.desk.web.live;

import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.composing.Presence;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The tickets that are open in browsers of this node. As long as there is one it asks every
/// second, in one small question for all, who else is on them, on whichever node; and tells those
/// whose page should say something else. A browser that is closed or dies ends its stream, and is
/// gone with it.
@Component
final class OpenPages implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(OpenPages.class);
  static final String KIND = "presence";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PASSES_BETWEEN_SIGNS = 10;

  private final Presence presence;
  private final LiveStreams streams;
  private final Map<Long, TicketId> open = new ConcurrentHashMap<>();
  private Map<TicketId, Set<Presence.Seen>> known = Map.of();
  private volatile @Nullable Thread thread;

  OpenPages(Presence presence, LiveStreams streams) {
    this.presence = presence;
    this.streams = streams;
  }

  /// A page that shows a ticket, until it is closed.
  final class Visit implements AutoCloseable {
    private final long page;

    private Visit(long page) {
      this.page = page;
    }

    @Override
    public void close() {
      open.remove(page);
      presence.close(page);
    }
  }

  Visit open(TicketId ticket, AgentId agent) {
    long page = presence.open(ticket, agent);
    open.put(page, ticket);
    return new Visit(page);
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("open-pages").start(this::watch);
  }

  @Override
  public void stop() {
    Thread watching = thread;
    thread = null;
    if (watching != null) {
      watching.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void watch() {
    try {
      for (int pass = 0; thread != null; pass++) {
        Thread.sleep(PAUSE);
        if (!open.isEmpty()) {
          look(pass % PASSES_BETWEEN_SIGNS == 0);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(boolean isTimeForSign) {
    try {
      if (isTimeForSign) {
        presence.keep(open.keySet());
      }
      var tickets = new HashSet<>(open.values());
      var now = presence.on(tickets);
      var before = known;
      known = now;
      tickets.stream()
          .filter(ticket -> !now.getOrDefault(ticket, Set.of()).equals(before.get(ticket)))
          .forEach(ticket -> streams.changed(new Subject(KIND, ticket.value())));
    } catch (DataAccessException e) {
      log.warn("Who is on which ticket could not be looked up; the next look is in a second.", e);
    }
  }
}
