package dev.evergreen.server.ticket.view;

import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Ticket;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// By what tickets are put in order, each served by an index, of all tickets and of the open ones.
public enum Order {
  UPDATED("Last change", "ticket.updated_at", "timestamptz") {
    @Override
    String keyOf(Ticket ticket) {
      return ticket.moments().updatedAt().toString();
    }
  },
  OPENED("Opened", "ticket.opened_at", "timestamptz") {
    @Override
    String keyOf(Ticket ticket) {
      return ticket.moments().openedAt().toString();
    }
  },
  PRIORITY(
      "Priority",
      "array_position(array['low', 'normal', 'high', 'urgent'], ticket.priority)",
      "integer") {
    @Override
    String keyOf(Ticket ticket) {
      return "" + (List.of(Priority.values()).indexOf(ticket.state().priority()) + 1);
    }
  };

  private final String label;
  private final String sql;
  private final String type;

  Order(String label, String sql, String type) {
    this.label = label;
    this.sql = sql;
    this.type = type;
  }

  public String label() {
    return label;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Never null, so that rows have one place.
  String sql() {
    return sql;
  }

  String type() {
    return type;
  }

  /// Where this ticket stands in the order, as text that [#type] reads.
  abstract String keyOf(Ticket ticket);

  boolean isKey(String text) {
    try {
      return type.equals("integer")
          ? Integer.parseInt(text) >= 0
          : Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeException | NumberFormatException _) {
      return false;
    }
  }
}
