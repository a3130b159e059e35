package dev.evergreen.server.customer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of customers by name, and where the next one starts if there is one.
public record CustomerPage(List<Row> rows, @Nullable Cursor next) {
  public CustomerPage {
    rows = List.copyOf(rows);
  }

  /// A customer in a list, with the name of the organization.
  public record Row(CustomerId id, String name, String address, @Nullable String organization) {}

  /// The last row of a page: the key to go on from.
  public record Cursor(String name, CustomerId id) {}
}
