package dev.evergreen.server.transfer;

import java.util.Locale;

/// What another program says about a ticket in words of its own, for which we have ours.
public enum Aspect {
  STATUS("Status"),
  PRIORITY("Priority"),
  TYPE("Ticket type"),
  SEVERITY("Severity"),
  CATEGORY("Category"),
  OUTCOME("Outcome"),
  CHANNEL("Channel"),
  TEAM("Team"),
  FIELD("Own field"),
  CUSTOMER_FIELD("Own field of customers"),
  ORGANIZATION_FIELD("Own field of organizations");

  private final String label;

  Aspect(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /// As it is named in options and stored.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
