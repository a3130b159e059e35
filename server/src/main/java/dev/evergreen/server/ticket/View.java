package dev.evergreen.server.ticket;

/// A list of tickets that every agent has. Each is served by an index of its own.
public enum View {
  MINE("ticket.agent_id = :agent and status <> 'closed' and " + View.NOT_ASIDE),
  UNASSIGNED("ticket.agent_id is null and status <> 'closed' and " + View.NOT_ASIDE),
  ALL("archived_at is null"),
  CLOSED("status = 'closed' and archived_at is null");

  /// Nobody has put it aside, or something has happened since.
  private static final String NOT_ASIDE =
      """
      not exists (
        select from follow_up as aside
        where aside.ticket_id = ticket.id
          and aside.promise = ''
          and aside.set_at >= ticket.updated_at)
      """;

  final String condition;

  View(String condition) {
    this.condition = condition;
  }
}
