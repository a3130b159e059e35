package dev.evergreen.server.ticket.view;

import dev.evergreen.server.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Some tickets of a view in its order, and where the next ones start.
///
/// @param isLookedThrough false when there may be more although no cursor was reached: the rows
///   before it were looked at, and few of them were meant
public record ViewPage(List<Row> rows, @Nullable Cursor next, boolean isLookedThrough) {
  public ViewPage {
    rows = List.copyOf(rows);
  }

  /// A ticket in a list, with the name of the customer.
  public record Row(Ticket ticket, String customer, Place place) {
    /// The group that it stands in, in words where the view is put together by an own field.
    public String group() {
      return place.group();
    }

    /// What the own fields say of which the view has columns, in their order; empty for nothing.
    public List<String> own() {
      return place.own();
    }
  }

  /// Where a row stands, and what it says of its own fields.
  ///
  /// @param key its place in an order by an own field; empty in any other
  public record Place(String group, String key, List<String> own) {
    public Place {
      own = List.copyOf(own);
    }
  }

  /// The key to go on from: the place in the order, the ticket, and the group of a grouped list.
  public record Cursor(String key, long ticket, String group) {
    /// The place of a ticket in an order that groups nothing.
    public static Cursor at(Ticket ticket, Order.Usual order) {
      return new Cursor(order.keyOf(ticket), ticket.id().value(), "");
    }

    /// Behind a row of a page.
    static Cursor after(Row row, Order order) {
      var key =
          switch (order) {
            case Order.Usual usual -> usual.keyOf(row.ticket());
            case Order.Own _ -> Order.Own.written(row.place().key());
          };
      return new Cursor(key, row.ticket().id().value(), row.group());
    }

    /// As it stands in an address.
    @Override
    public String toString() {
      return key
          + "_"
          + ticket
          + "_"
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(group.getBytes(StandardCharsets.UTF_8));
    }

    /// What an address says; nothing when that is no place in this order.
    public static Optional<Cursor> of(String text, Order order) {
      var parts = text.split("_", 3);
      if (parts.length != 3 || !order.isKey(parts[0]) || !parts[1].matches("\\d{1,18}")) {
        return Optional.empty();
      }
      try {
        var group = new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
        return group.indexOf('\0') >= 0
            ? Optional.empty()
            : Optional.of(new Cursor(parts[0], Long.parseLong(parts[1]), group));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }
}
