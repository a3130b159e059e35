package dev.evergreen.language;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.evergreen.engine.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the types of values mean to people, to CEL, and in memory.
final class Types {
  private static final List<ValueType> BY_LOOK =
      List.of(
          new ValueType.Flag(),
          new ValueType.Whole(),
          new ValueType.Decimal(),
          new ValueType.Moment());

  private Types() {}

  static String described(ValueType type) {
    return switch (type) {
      case ValueType.Text _ -> "text";
      case ValueType.Flag _ -> "a boolean (`true` or `false`)";
      case ValueType.Whole _ -> "a whole number";
      case ValueType.Decimal _ -> "a decimal number";
      case ValueType.Moment _ -> "a moment";
      case ValueType.Choice choice -> Wording.list(choice.options());
    };
  }

  static CelType cel(ValueType type) {
    return switch (type) {
      case ValueType.Text _, ValueType.Choice _ -> SimpleType.STRING;
      case ValueType.Flag _ -> SimpleType.BOOL;
      case ValueType.Whole _ -> SimpleType.INT;
      case ValueType.Decimal _ -> SimpleType.DOUBLE;
      case ValueType.Moment _ -> SimpleType.TIMESTAMP;
    };
  }

  static Optional<ValueType> ofCel(CelType type) {
    return switch (type.kind()) {
      case STRING -> Optional.of(new ValueType.Text());
      case BOOL -> Optional.of(new ValueType.Flag());
      case INT -> Optional.of(new ValueType.Whole());
      case DOUBLE -> Optional.of(new ValueType.Decimal());
      case TIMESTAMP -> Optional.of(new ValueType.Moment());
      default -> Optional.empty();
    };
  }

  /// Whether every value of one type is a value of the other.
  static boolean fits(ValueType value, ValueType wanted) {
    return switch (wanted) {
      case ValueType.Text _ -> value instanceof ValueType.Text || value instanceof ValueType.Choice;
      case ValueType.Choice choice ->
          value instanceof ValueType.Choice given && choice.options().containsAll(given.options());
      case ValueType.Decimal _ ->
          value instanceof ValueType.Decimal || value instanceof ValueType.Whole;
      case ValueType.Flag _, ValueType.Whole _, ValueType.Moment _ -> value.equals(wanted);
    };
  }

  /// A value as written in a file, in memory; empty when it is none of the type.
  static Optional<Object> constant(String text, ValueType type) {
    try {
      return switch (type) {
        case ValueType.Text _ -> Optional.of(text);
        case ValueType.Flag _ ->
            text.equals("true") || text.equals("false")
                ? Optional.of(text.equals("true"))
                : Optional.empty();
        case ValueType.Whole _ -> Optional.of(Long.valueOf(text));
        case ValueType.Decimal _ -> Optional.of(Double.valueOf(text));
        case ValueType.Moment _ -> Optional.of(Instant.parse(text));
        case ValueType.Choice choice ->
            choice.options().contains(text) ? Optional.of(text) : Optional.empty();
      };
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  /// `3` is a number, `true` a boolean; in quotes both are texts.
  static ValueType byLook(Tree.Scalar text) {
    return text.quoted()
        ? new ValueType.Text()
        : BY_LOOK.stream()
            .filter(type -> constant(text.text(), type).isPresent())
            .findFirst()
            .orElseGet(ValueType.Text::new);
  }

  /// A value as expressions read it. What is not known reads as empty, false or zero, so that a
  /// condition always has an answer.
  static Object read(@Nullable Object value, ValueType type) {
    return switch (type) {
      case ValueType.Text _, ValueType.Choice _ -> Objects.requireNonNullElse(value, "");
      case ValueType.Flag _ -> Objects.requireNonNullElse(value, false);
      case ValueType.Whole _ -> value instanceof Number number ? number.longValue() : 0L;
      case ValueType.Decimal _ -> value instanceof Number number ? number.doubleValue() : 0.0;
      case ValueType.Moment _ ->
          switch (value) {
            case null -> Instant.EPOCH;
            case String text -> Instant.parse(text);
            default -> value;
          };
    };
  }
}
