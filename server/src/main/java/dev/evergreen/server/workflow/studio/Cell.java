package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Question.Comparison;
import dev.evergreen.language.Question.Test;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cell of a decision table says of its column: `high`, `low, normal`, `not high`, `> 5`,
/// `known`.
final class Cell {
  private static final String NOT = "not ";

  private Cell() {}

  static String write(Comparison comparison) {
    String values = Typed.text(comparison.values());
    return switch (comparison.test()) {
      case IS, ONE_OF -> values;
      case IS_NOT, NONE_OF -> NOT + values;
      case KNOWN -> "known";
      case UNKNOWN -> "not known";
      case ABOVE -> "> " + values;
      case AT_LEAST -> ">= " + values;
      case BELOW -> "< " + values;
      case AT_MOST -> "<= " + values;
    };
  }

  /// Null for a cell that does not mind.
  static @Nullable Comparison read(String name, String cell, ValueType type) {
    if (cell.isEmpty()) {
      return null;
    }
    if (cell.equals("known") || cell.equals("not known")) {
      return Comparison.of(name, cell.equals("known") ? Test.KNOWN : Test.UNKNOWN);
    }
    if (type instanceof ValueType.Flag) {
      return Comparison.of(name, Test.IS, Typed.value(cell, type));
    }
    for (Test test : new Test[] {Test.AT_LEAST, Test.AT_MOST, Test.ABOVE, Test.BELOW}) {
      String sign = write(new Comparison(name, test, List.of())).strip();
      if (cell.startsWith(sign)) {
        return Typed.single(name, test, cell.substring(sign.length()).strip(), type);
      }
    }
    boolean not = cell.startsWith(NOT);
    String values = not ? cell.substring(NOT.length()).strip() : cell;
    return values.contains(",")
        ? Typed.among(name, not ? Test.NONE_OF : Test.ONE_OF, values, type)
        : Typed.single(name, not ? Test.IS_NOT : Test.IS, values, type);
  }
}
