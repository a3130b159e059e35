package dev.evergreen.server.desk.web.customer;

import dev.evergreen.server.desk.web.CustomerPanel;
import dev.evergreen.server.ticket.NamedTicket;

/// A ticket of somebody in an organization.
public record OrganizationTicket(String customer, CustomerPanel.Other ticket) {
  static OrganizationTicket of(NamedTicket row) {
    return new OrganizationTicket(row.customer(), CustomerPanel.Other.of(row.ticket()));
  }
}
