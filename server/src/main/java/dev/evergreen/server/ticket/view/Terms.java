package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.field.OwnField;
import java.util.List;
import java.util.stream.Stream;

/// Which tickets a view shows, and how.
public record Terms(
    Condition condition, Order order, boolean descending, Grouping grouping, List<Column> columns) {
  /// What a view shows when nobody has chosen.
  public static final List<Column> USUAL =
      List.of(Column.Usual.STATUS, Column.Usual.AGENT, Column.Usual.UPDATED);

  public Terms {
    columns = List.copyOf(columns);
  }

  public static Terms of(Condition condition) {
    return new Terms(condition, Order.Usual.UPDATED, true, Grouping.Usual.NONE, USUAL);
  }

  public Terms ordered(Order by, boolean downwards) {
    return new Terms(condition, by, downwards, grouping, columns);
  }

  /// Whether its tickets are read together before they are shown: in groups, or in an order that no
  /// index has.
  public boolean isReadTogether() {
    return grouping != Grouping.Usual.NONE || order instanceof Order.Own;
  }

  /// The order of the index by which tickets are looked at.
  Order.Usual looked() {
    return switch (order) {
      case Order.Usual usual -> usual;
      case Order.Own _ -> Order.Usual.UPDATED;
    };
  }

  /// Which way that index is read: of an own order, the tickets that changed last.
  boolean isLookedDown() {
    return descending || order instanceof Order.Own;
  }

  /// The fields of the team's own of which the columns speak.
  List<OwnField> ownColumns() {
    return columns.stream()
        .flatMap(
            column -> column instanceof Column.Own(var field) ? Stream.of(field) : Stream.empty())
        .toList();
  }
}
