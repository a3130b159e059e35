package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.field.ShownField;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.TicketStatus;
import java.util.List;

/// What the team has set up to choose from on a ticket, and which of it the ticket has.
public record Offered(
    TicketStatus status,
    List<TicketStatus> statuses,
    List<Code> categories,
    List<Code> outcomes,
    List<String> tags,
    List<ShownField> fields) {

  public Offered {
    statuses = List.copyOf(statuses);
    categories = List.copyOf(categories);
    outcomes = List.copyOf(outcomes);
    tags = List.copyOf(tags);
    fields = List.copyOf(fields);
  }

  /// The statuses that a ticket under way can be put into; closing has a form of its own.
  public List<TicketStatus> underWay() {
    return statuses.stream().filter(one -> one.category() != Status.CLOSED).toList();
  }

  /// How the statuses of closed tickets are called.
  public List<TicketStatus> closing() {
    return statuses.stream().filter(one -> one.category() == Status.CLOSED).toList();
  }

  public boolean tellsCustomer() {
    return outcomes.stream().anyMatch(one -> one.told() != null);
  }
}
