package dev.evergreen.server.ticket.view;

import java.util.Locale;

/// What a list can say of a ticket beside who asks for what.
public enum Column {
  NUMBER("Number"),
  STATUS("Status"),
  PRIORITY("Priority"),
  CATEGORY("Category"),
  TEAM("Team"),
  AGENT("Agent"),
  CHANNEL("Channel"),
  OPENED("Opened"),
  UPDATED("Last change"),
  ANSWERED("First answer");

  private final String label;

  Column(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
