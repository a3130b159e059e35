package dev.evergreen.server.ticket;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some tickets of a view, those that changed last first, and where the next ones start.
public record TicketPage(List<Row> rows, @Nullable Cursor next) {
  public TicketPage {
    rows = List.copyOf(rows);
  }

  /// A ticket in a list, with the name of the customer.
  public record Row(Ticket ticket, String customer) {}

  /// The last row of a page: the key to go on from.
  public record Cursor(Instant updatedAt, TicketId id) {}
}
