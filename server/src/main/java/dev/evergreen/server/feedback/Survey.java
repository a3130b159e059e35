package dev.evergreen.server.feedback;

import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One question about one ticket: how did we do, from 1 to 5?
public record Survey(TicketId ticket, Instant askedAt, Instant expiresAt, @Nullable Answer answer) {

  /// What the customer said last.
  public record Answer(int score, String comment, Instant at) {}
}
