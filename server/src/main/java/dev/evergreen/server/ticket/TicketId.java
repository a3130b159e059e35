package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Subject;

/// The id of a ticket, which is also the number that people see.
public record TicketId(long value) {
  public Subject subject() {
    return new Subject("ticket", value);
  }

  /// The id of elements about this ticket on a page.
  public String domId() {
    return "ticket-" + value;
  }

  @Override
  public String toString() {
    return "#" + value;
  }
}
