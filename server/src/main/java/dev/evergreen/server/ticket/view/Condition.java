package dev.evergreen.server.ticket.view;

import java.util.List;
import java.util.stream.Stream;

/// Which tickets are meant: comparisons, put together to any depth.
public sealed interface Condition {
  /// Every one of these; of none at all: every ticket.
  record All(List<Condition> parts) implements Group {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// At least one of these; of none at all: no ticket.
  record Any(List<Condition> parts) implements Group {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /// Not one of these.
  record None(List<Condition> parts) implements Group {
    public None {
      parts = List.copyOf(parts);
    }
  }

  /// A field compared with values; of several values with any of them.
  record Comparison(Field field, Operator operator, List<String> values) implements Condition {
    public Comparison {
      values = List.copyOf(values);
    }
  }

  /// Conditions put together.
  sealed interface Group extends Condition {
    List<Condition> parts();
  }

  static Condition everything() {
    return new All(List.of());
  }

  static Comparison is(String field, String... values) {
    return new Comparison(Fields.get(field), Operator.IS, List.of(values));
  }

  static Comparison isEmpty(String field) {
    return new Comparison(Fields.get(field), Operator.EMPTY, List.of());
  }

  /// All comparisons in it.
  default Stream<Comparison> comparisons() {
    return switch (this) {
      case Comparison one -> Stream.of(one);
      case Group group -> group.parts().stream().flatMap(Condition::comparisons);
    };
  }

  /// Whether two readers may find different tickets by it, whatever their rights are.
  default boolean isAboutReader() {
    return comparisons()
        .anyMatch(one ->
            one.values().contains("me")
                || one.values().contains("mine")
                || one.operator() == Operator.BEFORE
                || one.operator() == Operator.AFTER);
  }

  /// Whether it may find other tickets later although nothing happened to any.
  default boolean isAboutNow() {
    return comparisons()
        .anyMatch(one -> one.operator() == Operator.OLDER || one.operator() == Operator.NEWER);
  }
}
