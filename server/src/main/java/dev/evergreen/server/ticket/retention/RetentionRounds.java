package dev.evergreen.server.ticket.retention;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Erasures;
import dev.evergreen.server.platform.Erasures.Cause;
import dev.evergreen.server.platform.Subject;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Follows the rules of retention once a day: each rule that has tickets begins one erasure, whose
/// receipt says how many.
@Component
class RetentionRounds implements DueReaction {
  private static final String KIND = "ticket.retention";
  private static final String KEY = "round";
  private static final Duration BETWEEN = Duration.ofDays(1);

  private final Retention retention;
  private final Erasures erasures;
  private final Due due;
  private final DatabaseClock clock;

  RetentionRounds(Retention retention, Erasures erasures, Due due, DatabaseClock clock) {
    this.retention = retention;
    this.erasures = erasures;
    this.due = due;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /// A new installation has no round planned yet.
  @EventListener(ApplicationReadyEvent.class)
  @Transactional
  public void plan() {
    due.setIfNone(KIND, KEY, clock.instant().plus(BETWEEN));
  }

  @Override
  public void fire(Due.Item item) {
    for (var rule : retention.rules()) {
      if (retention.count(rule) > 0) {
        var _ =
            erasures.begin(
                new Subject(Retention.SUBJECT, rule.id()), Cause.RETENTION, Actor.SYSTEM);
      }
    }
    due.set(KIND, KEY, clock.instant().plus(BETWEEN), Map.of());
  }
}
