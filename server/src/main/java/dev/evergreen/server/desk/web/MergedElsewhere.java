package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.TicketId;

/// Somebody came to a ticket that lives on in another one.
final class MergedElsewhere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TicketId ticket;
  private final transient TicketId into;

  MergedElsewhere(TicketId ticket, TicketId into) {
    super("ticket %s lives on in %s".formatted(ticket, into), null, false, false);
    this.ticket = ticket;
    this.into = into;
  }

  TicketId ticket() {
    return ticket;
  }

  TicketId into() {
    return into;
  }
}
