package dev.evergreen.server.ticket.side;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A conversation by mail about a ticket with somebody who is not its customer. They see what is
/// said in it and nothing else of the ticket.
public record SideConversation(
    SideId id,
    TicketId ticket,
    String subject,
    Partner partner,
    Beginning beginning,
    Latest latest,
    @Nullable Instant closedAt) {

  /// Who it is with: their address is the only one whose answers join it.
  public record Partner(EmailAddress address, String name) {
    /// As it is shown.
    public String shown() {
      return name.isEmpty() ? address.toString() : name;
    }
  }

  /// Who began it, and is told when an answer comes.
  public record Beginning(AgentId agent, String name, Instant at) {}

  /// What was said last: the words without what they repeat.
  public record Latest(boolean incoming, String words, Instant at) {}

  public boolean isOpen() {
    return closedAt == null;
  }

  /// Whether the partner had the last word.
  public boolean isAnswered() {
    return latest.incoming();
  }

  public String path() {
    return "/tickets/%d/sides/%d".formatted(ticket.value(), id.value());
  }
}
