package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.ticket.task.TeamTask;

/// A task with what its ticket is about.
///
/// @param note a note that was not taken; empty when none was refused
/// @param mayWithdraw whether the reader gave it, or leads those who give tasks
public record TaskPage(
    TeamTask task, String subject, boolean mayWithdraw, String note, String problem) {
  public String back() {
    return "/tickets/" + task.ticket().value();
  }
}
