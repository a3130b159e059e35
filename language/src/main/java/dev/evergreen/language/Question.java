package dev.evergreen.language;

import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A condition as people put it: one value or a few compared with plain ones, of which all have to
/// hold, or one. Most conditions are of this shape, so they can be asked for by form; the others
/// stay formulas.
///
/// @param any whether one comparison is enough
public record Question(boolean any, List<Comparison> comparisons) {
  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(Expressions.OPTIONS)
          .setStandardMacros(List.of())
          .build();

  public Question {
    comparisons = List.copyOf(comparisons);
  }

  public enum Test {
    IS("is"),
    IS_NOT("is not"),
    ONE_OF("is one of"),
    NONE_OF("is none of"),
    KNOWN("is known"),
    UNKNOWN("is not known"),
    ABOVE("is more than"),
    AT_LEAST("is at least"),
    BELOW("is less than"),
    AT_MOST("is at most");

    private final String words;

    Test(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// @param name what is compared: `ticket.priority`
  /// @param values `String`, `Boolean`, `Long` or `Double`; several for the tests of a list, none
  ///   for whether something is known at all
  public record Comparison(String name, Test test, List<Object> values) {
    public Comparison {
      values = List.copyOf(values);
    }

    public static Comparison of(String name, Test test, Object... values) {
      return new Comparison(name, test, List.of(values));
    }

    /// In CEL.
    public String formula() {
      return switch (test) {
        case IS ->
            values.getFirst() instanceof Boolean yes
                ? (yes ? "" : "!") + name
                : name + " == " + constant(values.getFirst());
        case IS_NOT -> name + " != " + constant(values.getFirst());
        case ONE_OF -> name + " in " + list();
        case NONE_OF -> "!(" + name + " in " + list() + ")";
        case KNOWN -> name + " != \"\"";
        case UNKNOWN -> name + " == \"\"";
        case ABOVE -> name + " > " + constant(values.getFirst());
        case AT_LEAST -> name + " >= " + constant(values.getFirst());
        case BELOW -> name + " < " + constant(values.getFirst());
        case AT_MOST -> name + " <= " + constant(values.getFirst());
      };
    }

    private String list() {
      return values.stream().map(Question::constant).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /// Empty for a formula of another shape, and for what is none.
  public static Optional<Question> of(String formula) {
    if (formula.isBlank() || formula.strip().equals("true")) {
      return Optional.of(new Question(false, List.of()));
    }
    try {
      CelExpr root = PARSER.parse(formula).getAst().getExpr();
      boolean any = isCall(root, "_||_");
      var comparisons = new ArrayList<Comparison>();
      return collect(root, any ? "_||_" : "_&&_", comparisons)
          ? Optional.of(new Question(any, comparisons))
          : Optional.empty();
    } catch (CelValidationException _) {
      return Optional.empty();
    }
  }

  /// In CEL; `true` without a comparison.
  public String formula() {
    return comparisons.isEmpty()
        ? "true"
        : comparisons.stream()
            .map(Comparison::formula)
            .collect(Collectors.joining(any ? " || " : " && "));
  }

  private static boolean collect(CelExpr it, String joint, List<Comparison> comparisons) {
    if (isCall(it, joint)) {
      return it.call().args().stream().allMatch(part -> collect(part, joint, comparisons));
    }
    Comparison comparison = comparison(it);
    return comparison != null && comparisons.add(comparison);
  }

  private static @Nullable Comparison comparison(CelExpr it) {
    Optional<String> name = ExpressionNames.path(it);
    if (name.isPresent()) {
      return Comparison.of(name.get(), Test.IS, true);
    }
    if (it.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return null;
    }
    List<CelExpr> parts = it.call().args();
    return switch (it.call().function()) {
      case "!_" -> not(parts.getFirst());
      case "_==_" -> equal(parts, Test.IS, Test.UNKNOWN);
      case "_!=_" -> equal(parts, Test.IS_NOT, Test.KNOWN);
      case "_>_" -> order(parts, Test.ABOVE);
      case "_>=_" -> order(parts, Test.AT_LEAST);
      case "_<_" -> order(parts, Test.BELOW);
      case "_<=_" -> order(parts, Test.AT_MOST);
      case "@in" -> in(parts, Test.ONE_OF);
      default -> null;
    };
  }

  private static @Nullable Comparison not(CelExpr it) {
    return isCall(it, "@in")
        ? in(it.call().args(), Test.NONE_OF)
        : ExpressionNames.path(it).map(name -> Comparison.of(name, Test.IS, false)).orElse(null);
  }

  private static @Nullable Comparison equal(List<CelExpr> parts, Test test, Test ofEmpty) {
    Optional<String> name = ExpressionNames.path(parts.get(0));
    Object value = Formula.constant(parts.get(1));
    if (name.isEmpty() || value == null) {
      return null;
    }
    return switch (value) {
      case String text when text.isEmpty() -> Comparison.of(name.get(), ofEmpty);
      case Boolean yes -> Comparison.of(name.get(), Test.IS, yes == (test == Test.IS));
      default -> Comparison.of(name.get(), test, value);
    };
  }

  private static @Nullable Comparison order(List<CelExpr> parts, Test test) {
    Object value = Formula.constant(parts.get(1));
    return value instanceof Number
        ? ExpressionNames.path(parts.get(0))
            .map(name -> Comparison.of(name, test, value))
            .orElse(null)
        : null;
  }

  private static @Nullable Comparison in(List<CelExpr> parts, Test test) {
    Optional<String> name = ExpressionNames.path(parts.get(0));
    if (name.isEmpty() || parts.get(1).getKind() != CelExpr.ExprKind.Kind.LIST) {
      return null;
    }
    var values = new ArrayList<Object>();
    for (CelExpr element : parts.get(1).list().elements()) {
      Object value = Formula.constant(element);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values.isEmpty() ? null : new Comparison(name.get(), test, values);
  }

  private static boolean isCall(CelExpr it, String function) {
    return it.getKind() == CelExpr.ExprKind.Kind.CALL && it.call().function().equals(function);
  }

  private static String constant(Object value) {
    return value instanceof String text
        ? "\""
            + text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
            + "\""
        : value.toString();
  }
}
