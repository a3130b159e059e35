package dev.evergreen.server.ticket.view;

import static java.util.stream.Collectors.joining;

import dev.evergreen.server.ticket.view.Condition.All;
import dev.evergreen.server.ticket.view.Condition.Any;
import dev.evergreen.server.ticket.view.Condition.Comparison;
import dev.evergreen.server.ticket.view.Condition.None;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A condition as SQL over `ticket`. What people typed is only ever a parameter; the text is made
/// of the fields' own expressions. What an index can find stands apart from what is then asked of
/// each row found (`found`, `asked`), so that a page can bound how many rows it looks at.
public final class ConditionSql {
  /// Fields whose comparisons an index of `ticket` begins with.
  private static final Set<String> INDEXED = Set.of("agent", "team", "customer_id");

  private static final String CLOSED = "closed";

  private final Viewpoint viewpoint;
  private final Map<String, Object> parameters = new HashMap<>();
  private final List<String> found = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  /// For lists: archived tickets are in them only when the condition asks for those.
  public static ConditionSql ofList(Condition condition, Viewpoint viewpoint) {
    var sql = new ConditionSql(condition, viewpoint);
    if (condition.comparisons().noneMatch(one -> one.field().key().equals("archived"))) {
      sql.found.add("ticket.archived_at is null");
    }
    return sql;
  }

  public ConditionSql(Condition condition, Viewpoint viewpoint) {
    this.viewpoint = viewpoint;
    var parts = condition instanceof All(var all) ? all : List.of(condition);
    if (parts.stream().anyMatch(ConditionSql::leavesClosedOut)) {
      found.add("ticket.status <> 'closed'");
    }
    if (parts.contains(Condition.is("archived", "yes"))) {
      found.add("ticket.archived_at is not null");
    }
    for (var part : parts) {
      if (!isOnlyOpen(part)) {
        (isIndexed(part) ? found : asked).add("(" + sql(part) + ")");
      }
    }
  }

  /// What an index finds; holds for every ticket that is meant.
  public String found() {
    return found.isEmpty() ? "true" : String.join(" and ", found);
  }

  /// What is left to be asked of the rows found.
  public String asked() {
    return asked.isEmpty() ? "true" : String.join(" and ", asked);
  }

  /// Whether the index finds exactly what is meant.
  boolean isFoundWhole() {
    return asked.isEmpty();
  }

  public Map<String, Object> parameters() {
    return parameters;
  }

  /// The status is one of some that are not closed, or is not closed.
  private static boolean leavesClosedOut(Condition part) {
    return part instanceof Comparison(var field, var operator, var values)
        && field.key().equals("status")
        && switch (operator) {
          case IS -> !values.contains(CLOSED) && !values.isEmpty();
          case IS_NOT -> values.contains(CLOSED);
          default -> false;
        };
  }

  private static boolean isOnlyOpen(Condition part) {
    return part instanceof Comparison(var field, var operator, var values)
        && field.key().equals("status")
        && operator == Operator.IS_NOT
        && values.equals(List.of(CLOSED));
  }

  private static boolean isIndexed(Condition part) {
    return part instanceof Comparison(var field, var operator, var values)
        && ((INDEXED.contains(field.key())
                && (operator == Operator.EMPTY || (operator == Operator.IS && values.size() == 1)))
            || (field.key().equals("status")
                && operator == Operator.IS
                && values.equals(List.of(CLOSED))));
  }

  private String sql(Condition condition) {
    return switch (condition) {
      case All(var parts) -> joined(parts, " and ", "true");
      case Any(var parts) -> joined(parts, " or ", "false");
      case None(var parts) -> "(" + joined(parts, " or ", "false") + ") is not true";
      case Comparison comparison -> sql(comparison);
    };
  }

  private String joined(List<Condition> parts, String by, String ofNone) {
    return parts.isEmpty()
        ? ofNone
        : parts.stream().map(part -> "(" + sql(part) + ")").collect(joining(by));
  }

  private String sql(Comparison comparison) {
    var field = comparison.field();
    var values = comparison.values();
    if (comparison.operator().takesValues() && values.isEmpty()) {
      return "false";
    }
    return switch (comparison.operator()) {
      case IS -> is(field, values);
      case IS_NOT -> "(" + is(field, values) + ") is not true";
      case CONTAINS ->
          field.sql() + " ilike " + parameter("%" + escaped(values.getFirst()) + "%", "text");
      case EMPTY -> isEmpty(field);
      case NOT_EMPTY -> "not (" + isEmpty(field) + ")";
      case OLDER -> field.sql() + " < " + ago(values.getFirst());
      case NEWER -> field.sql() + " >= " + ago(values.getFirst());
      case BEFORE -> field.sql() + " < " + compared(field, values.getFirst());
      case AFTER -> field.sql() + " >= " + compared(field, values.getFirst());
      case AT_LEAST -> field.sql() + " >= " + compared(field, values.getFirst());
      case AT_MOST -> field.sql() + " <= " + compared(field, values.getFirst());
    };
  }

  private static String isEmpty(Field field) {
    return field.isWords() ? "coalesce(" + field.sql() + ", '') = ''" : field.sql() + " is null";
  }

  private String is(Field field, List<String> values) {
    if (field.kind() == Field.Kind.REFERENCE && values.size() > 1) {
      var numbers = values.stream().map(Long::valueOf).toArray(Long[]::new);
      return field.sql() + " = any(" + parameter(numbers, "bigint[]") + ")";
    }
    return values.stream().map(value -> isOne(field, value)).collect(joining(" or ", "(", ")"));
  }

  private String isOne(Field field, String value) {
    if (field.kind() == Field.Kind.AGENT && value.equals("me")) {
      return field.sql() + " = " + number("" + viewpoint.agent().id().value());
    }
    if (field.kind() == Field.Kind.TEAM && value.equals("mine")) {
      return field.sql()
          + " in (select team from membership where agent = "
          + number("" + viewpoint.agent().id().value())
          + ")";
    }
    if (field.kind() == Field.Kind.TAG) {
      return tagged(parameter(value.toLowerCase(Locale.ROOT), "text"));
    }
    return field.sql() + " = " + compared(field, value);
  }

  /// A tag that went into another is the same as that one.
  private static String tagged(String name) {
    return """
    ticket.tags && array(
      select alike.id
      from tag as named
      join tag as alike
        on coalesce(alike.merged_into, alike.id) = coalesce(named.merged_into, named.id)
      where named.name = %s)
    """
        .formatted(name);
  }

  /// What a field is compared with, as a parameter of the field's type.
  private String compared(Field field, String value) {
    return switch (field.kind()) {
      case CHOICE, TEXT, TAG -> parameter(value, field.kind().type());
      case NUMBER, TEAM, AGENT, REFERENCE -> number(value);
      case AMOUNT -> parameter(new BigDecimal(value), field.kind().type());
      case DAY -> parameter(LocalDate.parse(value), field.kind().type());
      case TIME -> day(value);
    };
  }

  private String number(String value) {
    return parameter(Long.valueOf(value), "bigint");
  }

  private String ago(String value) {
    var span = Span.of(value).orElseThrow(() -> new IllegalStateException("no span: " + value));
    return instant(viewpoint.now().minus(span.length()));
  }

  private String day(String value) {
    return instant(LocalDate.parse(value).atStartOfDay(viewpoint.zone()).toInstant());
  }

  private String instant(Instant at) {
    return parameter(OffsetDateTime.ofInstant(at, ZoneOffset.UTC), "timestamptz");
  }

  private String parameter(Object value, String type) {
    var name = "c" + parameters.size();
    parameters.put(name, value);
    return "cast(:" + name + " as " + type + ")";
  }

  private static String escaped(String words) {
    return words.replaceAll("([\\\\%_])", "\\\\$1");
  }
}
