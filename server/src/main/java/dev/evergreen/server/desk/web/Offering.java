package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import org.springframework.stereotype.Component;

/// Collects what can be chosen on a ticket.
@Component
final class Offering {
  private final Tickets tickets;
  private final Statuses statuses;
  private final Codes codes;
  private final Tags tags;
  private final TicketFields fields;

  Offering(Tickets tickets, Statuses statuses, Codes codes, Tags tags, TicketFields fields) {
    this.tickets = tickets;
    this.statuses = statuses;
    this.codes = codes;
    this.tags = tags;
    this.fields = fields;
  }

  Offered on(Ticket ticket, Agent reader) {
    var named = statuses.all();
    return new Offered(
        named.of(ticket),
        named.offered(),
        unless(codes.of(Code.List.CATEGORY), ticket.state().category()),
        unless(codes.of(Code.List.OUTCOME), ""),
        tags.names(ticket.state().sorted().tags()),
        fields.of(ticket, tickets.visibleTo(reader)));
  }

  /// Those that can be chosen, and the retired one that is.
  private static List<Code> unless(List<Code> codes, String chosen) {
    return codes.stream().filter(code -> !code.retired() || code.key().equals(chosen)).toList();
  }
}
