package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.ticket.Ticket;

/// The form that gives a task.
public record NewTaskPage(Ticket ticket, Typed typed, Addressees options, String problem) {
  /// What the form sent, or nothing yet.
  public record Typed(String text, String team, String to, String day) {
    static final Typed NOTHING = new Typed("", "", "", "");
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }
}
