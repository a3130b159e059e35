package dev.evergreen.language;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One formula being told. Everything that has no words gives null, and then the whole has none.
///
/// @param questions that are asked before it, by the run data that their answers become
/// @param heading under which it stands; a question there needs no repeating
record FormulaWords(Map<String, String> questions, String heading) {
  private static final CelCompiler PARSER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(CelOptions.current().build())
          .setStandardMacros(List.of())
          .build();

  /// The formula in words; null when it has none.
  @Nullable String of(String formula) {
    try {
      var parsed = PARSER.parse(formula);
      return parsed.hasError() ? null : of(parsed.getAst().getExpr(), true);
    } catch (CelValidationException _) {
      return null;
    }
  }

  /// @param holds false for the opposite
  private @Nullable String of(CelExpr formula, boolean holds) {
    if (formula.getKind() != Kind.CALL) {
      return answer(formula, holds);
    }
    List<CelExpr> parts = formula.call().args();
    return switch (formula.call().function()) {
      case "!_" -> of(parts.getFirst(), !holds);
      case "_&&_" -> joined(formula, "_&&_", holds ? " and " : " or ", holds);
      case "_||_" -> joined(formula, "_||_", holds ? " or " : " and ", holds);
      case "_==_" -> equal(parts, holds);
      case "_!=_" -> equal(parts, !holds);
      case "@in" -> within(parts, holds);
      case "_<_" -> compared(parts, holds ? "below" : "at least");
      case "_<=_" -> compared(parts, holds ? "at most" : "above");
      case "_>_" -> compared(parts, holds ? "above" : "at most");
      case "_>=_" -> compared(parts, holds ? "at least" : "below");
      default -> null;
    };
  }

  private @Nullable String joined(CelExpr formula, String function, String word, boolean holds) {
    List<CelExpr> parts = flat(formula, function);
    String same = sameName(parts, holds);
    if (same != null) {
      return same;
    }
    var told = new ArrayList<String>();
    for (CelExpr part : parts) {
      String words = of(part, holds);
      if (words == null) {
        return null;
      }
      boolean mixed =
          part.getKind() == Kind.CALL && List.of("_&&_", "_||_").contains(part.call().function());
      told.add(mixed ? "(" + words + ")" : words);
    }
    return String.join(word, told);
  }

  /// `a == "x" || a == "y"` is “a is x or y”.
  private @Nullable String sameName(List<CelExpr> parts, boolean holds) {
    var values = new ArrayList<String>();
    String name = null;
    for (CelExpr part : parts) {
      if (!holds || part.getKind() != Kind.CALL || !part.call().function().equals("_==_")) {
        return null;
      }
      String path = ExpressionNames.path(part.call().args().get(0)).orElse(null);
      String value = constant(part.call().args().get(1));
      if (path == null || value == null || (name != null && !name.equals(path))) {
        return null;
      }
      name = path;
      values.add(value);
    }
    return name == null ? null : told(name, "is", values);
  }

  private static List<CelExpr> flat(CelExpr formula, String function) {
    return formula.getKind() == Kind.CALL && formula.call().function().equals(function)
        ? formula.call().args().stream().flatMap(part -> flat(part, function).stream()).toList()
        : List.of(formula);
  }

  private @Nullable String equal(List<CelExpr> parts, boolean holds) {
    CelExpr value = parts.get(1);
    String path = ExpressionNames.path(parts.get(0)).orElse(null);
    if (path == null || value.getKind() != Kind.CONSTANT) {
      return null;
    }
    if (value.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
      return answer(parts.get(0), value.constant().booleanValue() == holds);
    }
    String said = constant(value);
    if (said == null) {
      return null;
    }
    if (said.isEmpty()) {
      return holds ? name(path) + " is not known" : name(path) + " is known";
    }
    return told(path, holds ? "is" : "is not", List.of(said));
  }

  private @Nullable String within(List<CelExpr> parts, boolean holds) {
    String path = ExpressionNames.path(parts.get(0)).orElse(null);
    if (path == null || parts.get(1).getKind() != Kind.LIST) {
      return null;
    }
    var values = new ArrayList<String>();
    for (CelExpr element : parts.get(1).list().elements()) {
      String value = constant(element);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return told(path, holds ? "is" : "is not", values);
  }

  private @Nullable String compared(List<CelExpr> parts, String word) {
    String path = ExpressionNames.path(parts.get(0)).orElse(null);
    String other =
        ExpressionNames.path(parts.get(1)).map(this::name).orElseGet(() -> constant(parts.get(1)));
    return path == null || other == null ? null : told(path, "is " + word, List.of(other));
  }

  /// A yes or a no.
  private @Nullable String answer(CelExpr formula, boolean yes) {
    String path = ExpressionNames.path(formula).orElse(null);
    if (path == null) {
      return null;
    }
    String question = questions.get(path);
    if (question != null) {
      String said = yes ? "yes" : "no";
      return question.equals(heading) ? said : "%s to “%s”".formatted(said, question);
    }
    int dot = path.indexOf('.');
    if (dot < 0) {
      return (yes ? "" : "not ") + Plain.words(path);
    }
    return "%s is %s%s"
        .formatted(
            thing(path.substring(0, dot)), yes ? "" : "not ", Plain.words(path.substring(dot)))
        .replaceAll(" +", " ");
  }

  private String told(String path, String verb, List<String> values) {
    String said = Plain.alternatives(values);
    String question = questions.get(path);
    if (question == null) {
      return "%s %s %s".formatted(name(path), verb, said);
    }
    String answer = verb.equals("is") ? said : verb.replaceFirst("^is ", "") + " " + said;
    return question.equals(heading) ? answer : "%s to “%s”".formatted(answer, question);
  }

  private String name(String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return Plain.words(path);
    }
    String thing = path.substring(0, dot);
    String part = Plain.words(path.substring(dot + 1));
    return thing.equals("event") ? "its " + part : "%s's %s".formatted(thing(thing), part);
  }

  private static String thing(String fact) {
    return fact.equals("event") ? "it" : "the " + Plain.words(fact);
  }

  private static @Nullable String constant(CelExpr value) {
    if (value.getKind() != Kind.CONSTANT) {
      return null;
    }
    CelConstant constant = value.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE -> Plain.words(constant.stringValue());
      case INT64_VALUE -> String.valueOf(constant.int64Value());
      case UINT64_VALUE -> constant.uint64Value().toString();
      case DOUBLE_VALUE ->
          constant.doubleValue() == Math.rint(constant.doubleValue())
              ? String.valueOf((long) constant.doubleValue())
              : String.valueOf(constant.doubleValue());
      default -> null;
    };
  }
}
