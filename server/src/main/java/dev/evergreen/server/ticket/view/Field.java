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
    CHOICE("text"),
    TEXT("text"),
    /// Words of which a ticket has some: each is compared as a whole.
    TAG("text"),
    NUMBER("bigint"),
    /// A number that may have a fraction: an amount of money, for example.
    AMOUNT("numeric"),
    /// A day without a time.
    DAY("date"),
    TIME("timestamptz"),
    /// The number of a team, or `mine`: those that the reader belongs to.
    TEAM("bigint"),
    /// The number of an agent, or `me`: the reader.
    AGENT("bigint"),
    /// The number of something else that is stored.
    REFERENCE("bigint");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    public Set<Operator> operators() {
      return switch (this) {
        case CHOICE, TEAM, AGENT, REFERENCE ->
            EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.EMPTY);
        case TEXT -> EnumSet.of(Operator.CONTAINS, Operator.IS, Operator.EMPTY);
        case TAG -> EnumSet.of(Operator.IS, Operator.IS_NOT, Operator.CONTAINS, Operator.EMPTY);
        case NUMBER -> EnumSet.of(Operator.IS, Operator.AT_LEAST, Operator.AT_MOST);
        case AMOUNT ->
            EnumSet.of(
                Operator.IS,
                Operator.AT_LEAST,
                Operator.AT_MOST,
                Operator.EMPTY,
                Operator.NOT_EMPTY);
        case DAY ->
            EnumSet.of(
                Operator.IS, Operator.BEFORE, Operator.AFTER, Operator.EMPTY, Operator.NOT_EMPTY);
        case TIME ->
            EnumSet.of(
                Operator.OLDER,
                Operator.NEWER,
                Operator.BEFORE,
                Operator.AFTER,
                Operator.EMPTY,
                Operator.NOT_EMPTY);
      };
    }

    /// The type of its values in SQL.
    String type() {
      return type;
    }
  }

  /// Whether a missing value is an empty text rather than none.
  boolean isWords() {
    return kind == Kind.CHOICE || kind == Kind.TEXT || kind == Kind.TAG;
  }
}
