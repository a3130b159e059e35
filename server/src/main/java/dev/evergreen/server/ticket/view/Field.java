package dev.evergreen.server.ticket.view;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Something of a ticket that conditions can ask for.
///
/// @param key how stored conditions name it
/// @param sql its value as an expression over `ticket`
/// @param options the values that there are; empty where any may occur
public record Field(String key, String label, Kind kind, String sql, List<String> options) {
  public Field {
    options = List.copyOf(options);
  }

  /// What values a field has, hence what can be asked of it.
  public enum Kind {
    /// One of some words; empty while it is not known.
    CHOICE(EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.EMPTY), "text"),
    TEXT(EnumSet.of(Operator.CONTAINS, Operator.IS, Operator.EMPTY), "text"),
    NUMBER(EnumSet.of(Operator.IS, Operator.AT_LEAST, Operator.AT_MOST), "bigint"),
    TIME(
        EnumSet.of(
            Operator.OLDER,
            Operator.NEWER,
            Operator.BEFORE,
            Operator.AFTER,
            Operator.EMPTY,
            Operator.NOT_EMPTY),
        "timestamptz"),
    /// The number of a team, or `mine`: those that the reader belongs to.
    TEAM(EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.EMPTY), "bigint"),
    /// The number of an agent, or `me`: the reader.
    AGENT(EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.EMPTY), "bigint"),
    /// The number of something else that is stored.
    REFERENCE(EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.EMPTY), "bigint");

    private final Set<Operator> operators;
    private final String type;

    Kind(Set<Operator> operators, String type) {
      this.operators = operators;
      this.type = type;
    }

    public Set<Operator> operators() {
      return operators;
    }

    /// The type of its values in SQL.
    String type() {
      return type;
    }
  }

  /// Whether a missing value is an empty text rather than none.
  boolean isWords() {
    return kind == Kind.CHOICE || kind == Kind.TEXT;
  }
}
