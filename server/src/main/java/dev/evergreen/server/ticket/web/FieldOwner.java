package dev.evergreen.server.ticket.web;

import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.customer.CustomerReferences;
import dev.evergreen.server.platform.field.OwnField.Required;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketReferences;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// For whom an administrator defines fields, and what can be said of them there.
public enum FieldOwner {
  TICKETS(TicketFields.ABOUT),
  CUSTOMERS(Holder.CUSTOMER.about()),
  ORGANIZATIONS(Holder.ORGANIZATION.about());

  private final String about;

  FieldOwner(String about) {
    this.about = about;
  }

  /// As it stands in addresses of pages.
  static Optional<FieldOwner> of(String path) {
    return Arrays.stream(values()).filter(owner -> owner.path().equals(path)).findFirst();
  }

  public String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String href() {
    return "/settings/" + path() + "/fields";
  }

  /// The kind of subject that has the fields, which is what workflows call it.
  public String about() {
    return about;
  }

  /// What a reference can lead to.
  public List<String> references() {
    return isTickets() ? TicketReferences.KINDS : CustomerReferences.KINDS;
  }

  /// Only tickets have types, can be settled and are shown to customers.
  public boolean isTickets() {
    return this == TICKETS;
  }

  /// When it can be asked that there is a value.
  public List<Required> whens() {
    return isTickets() ? List.of(Required.values()) : List.of(Required.NEVER, Required.ALWAYS);
  }
}
