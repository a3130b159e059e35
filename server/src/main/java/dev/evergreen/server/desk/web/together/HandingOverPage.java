package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.ticket.Ticket;

/// The form that hands a ticket over with a note.
public record HandingOverPage(
    Ticket ticket, Addressees options, String team, String to, String note, String problem) {
  public String path() {
    return "/tickets/" + ticket.id().value();
  }
}
