package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Question.Comparison;
import dev.evergreen.language.Question.Test;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/// Between what is typed into a form and the plain values of a comparison.
final class Typed {
  private Typed() {}

  /// What was sent under a name, first of several; empty when nothing was.
  static String one(MultiValueMap<String, String> sent, String name) {
    String value = sent.getFirst(name);
    return value == null ? "" : value.replace("\r\n", "\n").strip();
  }

  /// As a form shows values: `yes`, `low, normal`.
  static String text(List<Object> values) {
    return values.stream()
        .map(value -> value instanceof Boolean yes ? yes ? "yes" : "no" : value.toString())
        .collect(Collectors.joining(", "));
  }

  /// What can be chosen from, for a value of this type; empty when it is typed.
  static List<String> options(ValueType type) {
    return switch (type) {
      case ValueType.Flag _ -> List.of("yes", "no");
      case ValueType.Choice choice -> choice.options();
      default -> List.of();
    };
  }

  /// A value of the type; a number that is none stays a text, which the checks then speak of.
  static Object value(String typed, ValueType type) {
    try {
      return switch (type) {
        case ValueType.Flag _ -> !(typed.equals("no") || typed.equals("false"));
        case ValueType.Whole _ -> Long.parseLong(typed);
        case ValueType.Decimal _ -> Double.parseDouble(typed);
        case ValueType.Choice _, ValueType.Text _, ValueType.Moment _ -> typed;
      };
    } catch (NumberFormatException _) {
      return typed;
    }
  }

  static Comparison single(String name, Test test, String typed, ValueType type) {
    return Comparison.of(name, test, value(typed.isEmpty() ? example(type) : typed, type));
  }

  /// What a comparison begins with until somebody has said more.
  static String example(ValueType type) {
    return switch (type) {
      case ValueType.Flag _ -> "yes";
      case ValueType.Whole _, ValueType.Decimal _ -> "0";
      case ValueType.Choice choice ->
          choice.options().isEmpty() ? "something" : choice.options().getFirst();
      case ValueType.Text _, ValueType.Moment _ -> "something";
    };
  }

  static Comparison among(String name, Test test, String typed, ValueType type) {
    List<Object> values =
        Arrays.stream(typed.split(","))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .map(it -> value(it, type))
            .toList();
    return values.isEmpty()
        ? Comparison.of(name, test, value(example(type), type))
        : new Comparison(name, test, values);
  }

  /// The type that a name must have to be compared like that.
  static ValueType typeOf(Comparison comparison) {
    Object value = comparison.values().isEmpty() ? "" : comparison.values().getFirst();
    return switch (value) {
      case Boolean _ -> new ValueType.Flag();
      case Long _ -> new ValueType.Whole();
      case Double _ -> new ValueType.Decimal();
      default -> new ValueType.Text();
    };
  }
}
