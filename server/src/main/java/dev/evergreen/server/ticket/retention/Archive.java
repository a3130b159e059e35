package dev.evergreen.server.ticket.retention;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Takes what has long been closed out of the working lists, so that they cost the same in their
/// tenth year. Archived tickets are found by search and by number, and open again as any other.
@Component
public class Archive implements DueReaction {
  /// After how many days closed tickets are archived; 0 for never.
  public static final Setting<Long> AFTER_DAYS = Setting.number("ticket.archive-after-days", 90);

  private static final String KIND = "ticket.archive";
  private static final String KEY = "all";
  private static final int BATCH = 500;
  private static final Duration PAUSE = Duration.ofHours(6);
  private static final Duration NEXT_BATCH = Duration.ofSeconds(1);

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final Settings settings;
  private final Due due;
  private final DatabaseClock clock;

  Archive(JdbcClient jdbc, TicketWriting writing, Settings settings, Due due, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.settings = settings;
    this.due = due;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /// The first look is soon after the start, each later one sets the next.
  @EventListener(ApplicationReadyEvent.class)
  @Transactional
  public void begin() {
    var isSet =
        jdbc.sql("select exists (select from due where kind = :kind and key = :key)")
            .param("kind", KIND)
            .param("key", KEY)
            .query((row, _) -> row.getBoolean(1))
            .single();
    if (!isSet) {
      due.set(KIND, KEY, clock.instant().plus(PAUSE), Map.of());
    }
  }

  @Override
  public void fire(Due.Item item) {
    var archived = archive();
    due.set(KIND, KEY, clock.instant().plus(archived < BATCH ? PAUSE : NEXT_BATCH), Map.of());
  }

  /// Archives what is due for it, at most one batch.
  ///
  /// @return how many
  @Transactional
  public int archive() {
    long days = settings.get(AFTER_DAYS);
    if (days <= 0) {
      return 0;
    }
    var tickets =
        jdbc.sql(
                """
                with old as materialized (
                  select id from ticket
                  where status = 'closed' and archived_at is null and closed_at < :before
                  order by closed_at
                  limit :most
                  for no key update skip locked
                )
                update ticket
                set archived_at = :now, revision = revision + 1
                where id = any(array(select id from old))
                returning *
                """)
            .param("before", TicketRows.stored(clock.instant().minus(Duration.ofDays(days))))
            .param("now", TicketRows.stored(clock.instant()))
            .param("most", BATCH)
            .query(TicketRows::ticket)
            .list();
    tickets.forEach(ticket -> {
      writing.wrote(ticket);
      writing.append(ticket, "ticket.archived", Actor.SYSTEM, Map.of());
    });
    return tickets.size();
  }
}
