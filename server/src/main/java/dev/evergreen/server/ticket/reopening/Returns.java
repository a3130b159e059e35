package dev.evergreen.server.ticket.reopening;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketWriting;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.Links;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Customers who write again on a ticket that was closed: by the policy of its team it opens again,
/// or what they write becomes a new ticket that goes on from it. Nobody is turned away, and nobody
/// has to know which it is.
@Component
public class Returns {
  private final Tickets tickets;
  private final Conversations conversations;
  private final ReopenPolicies policies;
  private final Links links;
  private final TicketWriting writing;
  private final DatabaseClock clock;

  Returns(
      Tickets tickets,
      Conversations conversations,
      ReopenPolicies policies,
      Links links,
      TicketWriting writing,
      DatabaseClock clock) {
    this.tickets = tickets;
    this.conversations = conversations;
    this.policies = policies;
    this.links = links;
    this.writing = writing;
    this.clock = clock;
  }

  /// Where words of a customer came to stand.
  public record Place(TicketId ticket, long revision) {}

  /// The customer wrote on a ticket.
  @Transactional
  public Place receive(TicketId id, NewMessage received) {
    var ticket = writing.locked(id);
    var closedAt = ticket.moments().closedAt();
    if (ticket.isClosed()
        && closedAt != null
        && !policies.of(ticket.assignment().team()).reopens(closedAt, clock.instant())) {
      return continued(ticket, received);
    }
    var message = conversations.receive(id, received);
    return new Place(message.ticket(), message.revision());
  }

  private Place continued(Ticket ticket, NewMessage received) {
    var opened =
        tickets.open(
            new NewTicket(
                ticket.subject(),
                ticket.customer(),
                ticket.origin().channel(),
                received,
                ticket.assignment().team()));
    links.keep(ticket.id(), opened.id(), Link.Kind.CONTINUATION);
    writing.append(
        writing.bump(ticket.id()),
        "ticket.continued",
        received.author(),
        Map.of("ticket", opened.id().value()));
    writing.append(
        writing.bump(opened.id()),
        "ticket.continues",
        received.author(),
        Map.of("ticket", ticket.id().value()));
    return new Place(opened.id(), opened.revision());
  }
}
