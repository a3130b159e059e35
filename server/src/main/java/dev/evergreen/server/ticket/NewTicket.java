package dev.evergreen.server.ticket;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.team.TeamId;
import org.jspecify.annotations.Nullable;

/// A ticket to be opened with its first message. Channels: `email`, `phone`, `chat`, `in_person`.
public record NewTicket(
    String subject,
    CustomerId customer,
    String channel,
    NewMessage first,
    @Nullable TeamId team,
    @Nullable TicketType type,
    @Nullable Severity severity) {

  /// One that nobody has sorted yet.
  public NewTicket(
      String subject,
      CustomerId customer,
      String channel,
      NewMessage first,
      @Nullable TeamId team) {
    this(subject, customer, channel, first, team, null, null);
  }
}
