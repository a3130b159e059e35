package dev.evergreen.server.desk.web.opening;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.desk.web.Channels;
import dev.evergreen.server.desk.web.CustomerPanel;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Opens a ticket by hand for somebody an agent talks with: the customer, the ticket and who has
/// it, in one transaction.
@Component
public class Openings {

  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_TEXT = 100_000;

  private final Customers customers;
  private final Tickets tickets;
  private final Assignments assignments;
  private final DatabaseClock clock;

  Openings(Customers customers, Tickets tickets, Assignments assignments, DatabaseClock clock) {
    this.customers = customers;
    this.tickets = tickets;
    this.assignments = assignments;
    this.clock = clock;
  }

  /// Who sees only some tickets opens them for themselves.
  @Transactional
  public Outcome<Ticket> open(Opening typed, Agent agent) {
    var address = EmailAddress.parse(typed.address());
    if (address.isEmpty()) {
      return refused(
          "Expected the customer's e-mail address, such as ada@example.com, but found “"
              + typed.address().strip()
              + "”.");
    }
    if (Channels.BY_HAND.stream().noneMatch(one -> one.value().equals(typed.channel()))) {
      return refused("Expected a way you talk, but found “" + typed.channel() + "”.");
    }
    if (typed.subject().isBlank() || typed.subject().length() > LONGEST_SUBJECT) {
      return refused("Expected a subject of 1 to 200 letters.");
    }
    var text = typed.text().replace("\0", "").strip();
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      return refused("Expected what the customer said, in 1 to 100,000 letters.");
    }
    var customer = customers.recognize(address.get(), typed.name());
    var first = new NewMessage(customer.actor(), text, null, List.of(), clock.instant(), null);
    var ticket =
        tickets.open(
            new NewTicket(typed.subject().strip(), customer.id(), typed.channel(), first, null));
    return typed.mine() || !agent.mayEverywhere(Permission.SEE)
        ? assignments.assign(ticket.id(), null, agent.id(), null, agent.actor())
        : Outcome.accepted(ticket);
  }

  /// What this customer has asked already and is not closed, as far as it sounds alike.
  List<CustomerPanel.Other> alike(String address, String subject, Agent agent) {
    return EmailAddress.parse(address)
        .filter(_ -> !subject.isBlank())
        .flatMap(customers::withAddress)
        .map(customer -> tickets.visibleTo(agent).alike(customer.id(), subject))
        .orElse(List.of())
        .stream()
        .map(CustomerPanel.Other::of)
        .toList();
  }

  private static Outcome<Ticket> refused(String detail) {
    return Outcome.rejected(Reason.INVALID, detail);
  }
}
