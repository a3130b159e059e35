package dev.evergreen.language;

import dev.evergreen.engine.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What files call the types of values. A list of choices has no name: it is written out.
public final class TypeNames {
  static final String OPTIONAL = "optional ";

  private static final List<ValueType> NAMED =
      List.of(
          new ValueType.Text(),
          new ValueType.Flag(),
          new ValueType.Whole(),
          new ValueType.Decimal(),
          new ValueType.Moment());

  static final List<String> ALL = NAMED.stream().map(TypeNames::of).toList();

  /// With those that say that the value may stay empty.
  static final List<String> WITH_OPTIONAL =
      ALL.stream().flatMap(name -> Stream.of(name, OPTIONAL + name)).toList();

  private TypeNames() {}

  public static String of(ValueType type) {
    return switch (type) {
      case ValueType.Text _ -> "text";
      case ValueType.Flag _ -> "boolean";
      case ValueType.Whole _ -> "number";
      case ValueType.Decimal _ -> "decimal";
      case ValueType.Moment _ -> "moment";
      case ValueType.Choice _ -> "choice";
    };
  }

  public static Optional<ValueType> type(String name) {
    return NAMED.stream().filter(type -> of(type).equals(name)).findFirst();
  }
}
