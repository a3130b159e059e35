package dev.evergreen.server.desk.api;

import dev.evergreen.server.ticket.Ticket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A ticket as programs read it.
///
/// @param number what people call it by
/// @param revision counts every change; who changes a ticket may say which one they have seen
record TicketJson(
    long number,
    String subject,
    State state,
    String channel,
    Named customer,
    Responsible responsible,
    Moments moments,
    long revision) {

  /// @param status `new`, `open`, `pending` (waits for the customer), `on_hold` (waits for a third
  ///   party), `solved` or `closed`
  /// @param priority `low`, `normal`, `high` or `urgent`
  /// @param category what it is about; empty while nobody has said
  /// @param solution `none`, `offered`, `confirmed` or `rejected`
  /// @param outcome why it was closed; empty before
  /// @param type `question`, `incident`, `problem`, `request` or `feedback`; null while nobody has
  ///   said
  /// @param severity `minor`, `major` or `critical`; null while nobody has said
  record State(
      String status,
      String priority,
      String category,
      String solution,
      String outcome,
      int reopened,
      @Nullable String type,
      @Nullable String severity) {}

  /// Who has it; both may be open.
  record Responsible(@Nullable Named team, @Nullable Named agent) {}

  record Moments(
      Instant openedAt,
      Instant updatedAt,
      @Nullable Instant answeredAt,
      @Nullable Instant closedAt) {}

  static TicketJson of(Ticket ticket, String customer, Responsible responsible) {
    var state = ticket.state();
    var type = state.sorted().type();
    var severity = state.sorted().severity();
    var moments = ticket.moments();
    return new TicketJson(
        ticket.id().value(),
        ticket.subject(),
        new State(
            state.status().key(),
            state.priority().key(),
            state.category(),
            state.solution().key(),
            state.outcome(),
            state.reopened(),
            type == null ? null : type.key(),
            severity == null ? null : severity.key()),
        ticket.origin().channel(),
        new Named(ticket.customer().value(), customer),
        responsible,
        new Moments(
            moments.openedAt(), moments.updatedAt(), moments.answeredAt(), moments.closedAt()),
        ticket.revision());
  }
}
