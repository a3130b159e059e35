package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.ticket.view.Condition.All;
import dev.evergreen.server.ticket.view.Condition.Any;
import dev.evergreen.server.ticket.view.Condition.Comparison;
import dev.evergreen.server.ticket.view.Condition.Group;
import dev.evergreen.server.ticket.view.Condition.None;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Conditions as they are stored, and whether one makes sense.
public final class Conditions {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int DEEPEST = 12;
  private static final int MOST = 100;
  private static final int LONGEST = 500;

  private Conditions() {}

  /// What is wrong with a condition that somebody made, in one sentence; nothing when it can be
  /// asked.
  public static Optional<String> problem(Condition condition) {
    if (depth(condition) > DEEPEST || condition.comparisons().count() > MOST) {
      return Optional.of(
          "Expected at most %d comparisons, %d deep, but found more.".formatted(MOST, DEEPEST));
    }
    return condition.comparisons().flatMap(one -> problem(one).stream()).findFirst();
  }

  /// The condition, if it can be asked.
  public static Outcome<Condition> checked(Condition condition) {
    return problem(condition)
        .<Outcome<Condition>>map(sentence -> Outcome.rejected(Reason.INVALID, sentence))
        .orElseGet(() -> Outcome.accepted(condition));
  }

  private static int depth(Condition condition) {
    return condition instanceof Group group
        ? 1 + group.parts().stream().mapToInt(Conditions::depth).max().orElse(0)
        : 0;
  }

  private static Optional<String> problem(Comparison one) {
    var field = one.field();
    if (!field.kind().operators().contains(one.operator())) {
      return Optional.of(
          "“%s” cannot be asked whether it %s something."
              .formatted(field.label(), one.operator().words()));
    }
    if (!one.operator().takesValues()) {
      return Optional.empty();
    }
    if (one.values().isEmpty() || one.values().stream().anyMatch(String::isBlank)) {
      return Optional.of(
          "Expected what “%s” %s, but found nothing."
              .formatted(field.label(), one.operator().words()));
    }
    return one.values().stream()
        .filter(value -> !isValue(value, one))
        .findFirst()
        .map(value ->
            "Expected %s for “%s”, but found “%s”.".formatted(expected(one), field.label(), value));
  }

  private static boolean isValue(String value, Comparison one) {
    if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
      return false;
    }
    return switch (one.operator()) {
      case OLDER, NEWER -> Span.of(value).isPresent();
      case BEFORE, AFTER -> isDay(value);
      default ->
          switch (one.field().kind()) {
            case CHOICE, TEXT, TAG -> true;
            case TEAM -> value.equals("mine") || isNumber(value);
            case AGENT -> value.equals("me") || isNumber(value);
            case NUMBER, REFERENCE -> isNumber(value);
            case AMOUNT -> value.matches("[+-]?\\d{1,12}(\\.\\d{1,6})?");
            case DAY -> isDay(value);
            case TIME -> false;
          };
    };
  }

  private static String expected(Comparison one) {
    return switch (one.operator()) {
      case OLDER, NEWER -> "a time such as 4 hours";
      case BEFORE, AFTER -> "a day such as 2026-11-23";
      default -> "one that there is";
    };
  }

  private static boolean isNumber(String value) {
    return value.matches("\\d{1,18}");
  }

  static boolean isDay(String value) {
    try {
      int year = LocalDate.parse(value).getYear();
      return year >= 1900 && year < 3000;
    } catch (DateTimeException _) {
      return false;
    }
  }

  static String write(Condition condition) {
    return MAPPER.writeValueAsString(shape(condition));
  }

  private static Map<String, Object> shape(Condition condition) {
    return switch (condition) {
      case All(var parts) -> Map.of("all", shapes(parts));
      case Any(var parts) -> Map.of("any", shapes(parts));
      case None(var parts) -> Map.of("none", shapes(parts));
      case Comparison(var field, var operator, var values) ->
          Map.of("field", field.key(), operator.key(), values);
    };
  }

  private static List<Map<String, Object>> shapes(List<Condition> parts) {
    return parts.stream().map(Conditions::shape).toList();
  }

  /// A condition that was stored. A comparison of a field that there no longer is holds for
  /// nothing.
  static Condition read(String stored) {
    return read(MAPPER.readTree(stored));
  }

  private static Condition read(JsonNode node) {
    if (node.has("all")) {
      return new All(parts(node.get("all")));
    }
    if (node.has("any")) {
      return new Any(parts(node.get("any")));
    }
    if (node.has("none")) {
      return new None(parts(node.get("none")));
    }
    var field = Fields.withKey(node.path("field").asString());
    var operator = node.propertyNames().stream().filter(name -> !name.equals("field")).findFirst();
    if (field.isEmpty() || operator.isEmpty()) {
      return new Any(List.of());
    }
    var values = new ArrayList<String>();
    node.get(operator.get()).forEach(value -> values.add(value.asString()));
    return new Comparison(
        field.get(), Operator.valueOf(operator.get().toUpperCase(Locale.ROOT)), values);
  }

  private static List<Condition> parts(JsonNode nodes) {
    var parts = new ArrayList<Condition>();
    nodes.forEach(node -> parts.add(read(node)));
    return parts;
  }
}
