package dev.evergreen.server.ticket.view;

import java.util.List;

/// Which tickets a view shows, and how.
public record Terms(
    Condition condition, Order order, boolean descending, Grouping grouping, List<Column> columns) {
  /// What a view shows when nobody has chosen.
  public static final List<Column> USUAL = List.of(Column.STATUS, Column.AGENT, Column.UPDATED);

  public Terms {
    columns = List.copyOf(columns);
  }

  public static Terms of(Condition condition) {
    return new Terms(condition, Order.UPDATED, true, Grouping.NONE, USUAL);
  }

  public Terms ordered(Order by, boolean downwards) {
    return new Terms(condition, by, downwards, grouping, columns);
  }
}
