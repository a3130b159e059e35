package dev.evergreen.server.ticket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a ticket comes back by itself.
///
/// @param promise what was promised to the customer for then; empty when it is only put aside
/// @param by the name of whoever set it
/// @param cameAt when it came back; null as long as it has not
public record FollowUp(
    TicketId ticket, String promise, Instant at, String by, @Nullable Instant cameAt) {

  public boolean isPromise() {
    return !promise.isEmpty();
  }

  public boolean isDue() {
    return cameAt != null;
  }
}
