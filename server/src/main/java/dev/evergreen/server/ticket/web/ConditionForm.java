package dev.evergreen.server.ticket.web;

import dev.evergreen.server.ticket.view.Condition;
import dev.evergreen.server.ticket.view.Condition.All;
import dev.evergreen.server.ticket.view.Condition.Any;
import dev.evergreen.server.ticket.view.Condition.Comparison;
import dev.evergreen.server.ticket.view.Condition.Group;
import dev.evergreen.server.ticket.view.Condition.None;
import dev.evergreen.server.ticket.view.Field;
import dev.evergreen.server.ticket.view.Fields;
import dev.evergreen.server.ticket.view.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A condition as fields of a form: each part by its path, `c` for the whole, `c.0` for its first
/// part. What somebody asked to be added or taken away is done on the way.
final class ConditionForm {
  private static final String ROOT = "c";
  private static final int MOST_PARTS = 100;

  private final Map<String, String[]> sent;
  private final String change;
  private final String place;

  ConditionForm(Map<String, String[]> sent) {
    this.sent = sent;
    var asked = first("do").split(" ", 2);
    change = asked[0];
    place = asked.length > 1 ? asked[1] : "";
  }

  /// What was sent, with the change that was asked for.
  Condition read() {
    return has(ROOT) ? group(ROOT) : Condition.everything();
  }

  private Group group(String path) {
    var parts = new ArrayList<Condition>();
    for (int i = 0; i < MOST_PARTS; i++) {
      var part = path + "." + i;
      boolean isGroup = has(part);
      if (!isGroup && !has(part + ".field")) {
        break;
      }
      if (!(change.equals("drop") && place.equals(part))) {
        parts.add(isGroup ? group(part) : comparison(part));
      }
    }
    if (place.equals(path) && change.equals("add")) {
      parts.add(Condition.is("status"));
    } else if (place.equals(path) && change.equals("group")) {
      parts.add(new Any(List.of(Condition.is("status"))));
    }
    return switch (first(path)) {
      case "any" -> new Any(parts);
      case "none" -> new None(parts);
      default -> new All(parts);
    };
  }

  /// An operator or values that the field does not have are left out: the field was just changed.
  private Comparison comparison(String path) {
    var field = Fields.withKey(first(path + ".field")).orElseGet(() -> Fields.all().getFirst());
    var operator =
        Arrays.stream(Operator.values())
            .filter(known -> known.key().equals(first(path + ".op")))
            .filter(field.kind().operators()::contains)
            .findFirst()
            .orElseGet(() -> field.kind().operators().iterator().next());
    return new Comparison(field, operator, values(path, field, operator));
  }

  private List<String> values(String path, Field field, Operator operator) {
    return switch (operator) {
      case EMPTY, NOT_EMPTY -> List.of();
      case OLDER, NEWER -> List.of(span(first(path + ".n", "4"), first(path + ".u", "hour")));
      default ->
          Arrays.stream(sent.getOrDefault(path + ".v", new String[0]))
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .filter(value -> field.options().isEmpty() || field.options().contains(value))
              .filter(value ->
                  field.kind() == Field.Kind.TEXT
                      || field.kind() == Field.Kind.TAG
                      || field.kind() == Field.Kind.CHOICE
                      || field.kind() == Field.Kind.TIME
                      || field.kind() == Field.Kind.AMOUNT
                      || field.kind() == Field.Kind.DAY
                      || value.matches("\\d{1,18}|me|mine"))
              .toList();
    };
  }

  private static String span(String number, String unit) {
    return number.strip() + " " + unit + (number.strip().equals("1") ? "" : "s");
  }

  private boolean has(String name) {
    return sent.containsKey(name);
  }

  private String first(String name) {
    return first(name, "");
  }

  private String first(String name, String otherwise) {
    var values = sent.get(name);
    return values == null || values.length == 0 ? otherwise : values[0];
  }
}
