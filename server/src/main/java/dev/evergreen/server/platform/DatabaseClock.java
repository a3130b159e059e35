package dev.evergreen.server.platform;

import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// The one clock: the database's, plus a stored offset that only a demo or test database may set. A
/// node's own clock is never believed; between looks at the database its monotonic time carries on.
@Component
public final class DatabaseClock implements InstantSource {
  @Override
  public Instant instant() {
    throw new UnsupportedOperationException();
  }

  /// Moves the clock of this database and all its nodes. Refused unless `evergreen.clock.movable`.
  public void moveTo(Instant instant) {
    throw new UnsupportedOperationException();
  }
}
