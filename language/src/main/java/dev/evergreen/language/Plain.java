package dev.evergreen.language;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What formulas, actions, events and lengths of time say, for people who have never seen a
/// formula. One for a definition: answers are told by the questions that they are given to.
public final class Plain {
  private static final CelCompiler PARSER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(CelOptions.current().build())
          .setStandardMacros(List.of())
          .build();

  private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z])[A-Z](?=[a-z])");

  private final Map<String, String> questions = new HashMap<>();

  private Plain() {}

  public static Plain of(Definition definition) {
    var plain = new Plain();
    plain.collect(definition.steps());
    definition.handlers().forEach(handler -> plain.collect(handler.steps()));
    return plain;
  }

  /// A condition in words, where nothing is known of the questions that are asked before it.
  public static String conditionAlone(String formula) {
    return new Plain().condition(formula);
  }

  private void collect(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof DoStep ask) {
        ask.form().stream()
            .filter(field -> field.label().endsWith("?"))
            .forEach(field -> questions.putIfAbsent(field.name(), field.label()));
      }
      step.parts().forEach(this::collect);
      for (Handler handler : step.handlers()) {
        collect(handler.steps());
      }
    }
  }

  /// A condition in words: `category is technical and the ticket is not assigned`. One that has
  /// none stays as it is written.
  ///
  /// @param formula in CEL
  public String condition(String formula) {
    return condition(formula, "");
  }

  /// The same under a heading that asks the question: then the answer says it all.
  public String condition(String formula, String heading) {
    try {
      var parsed = PARSER.parse(formula);
      if (parsed.hasError()) {
        return formula;
      }
      String words = new Telling(heading).of(parsed.getAst().getExpr(), true);
      return words == null ? formula : words;
    } catch (CelValidationException _) {
      return formula;
    }
  }

  /// `message.send` with a template is “send a message: ask for details”.
  ///
  /// @param about the kind of subject of the run, of which there is only one
  public static String action(RunStep step, String about) {
    var with = new TreeMap<String, String>();
    step.with().forEach((name, value) -> with.put(name, value.source()));
    return action(step.action(), with, about);
  }

  /// The same of one that is only written yet, in the order in which it is.
  ///
  /// @param with what it is done with, as written
  public static String action(String action, Map<String, String> with, String about) {
    String[] name = action.split("\\.", 2);
    String does =
        name.length < 2
            ? words(action)
            : "%s %s %s"
                .formatted(words(name[1]), name[0].equals(about) ? "the" : "a", words(name[0]));
    String what =
        with.entrySet().stream()
            .map(one -> given(one.getKey(), one.getValue()))
            .collect(Collectors.joining(", "));
    return what.isEmpty() ? does : does + ": " + what;
  }

  private static String given(String name, String value) {
    if (value.startsWith("=")) {
      return words(name);
    }
    return name.equals("template") ? "“" + words(value) + "”" : words(name) + " " + words(value);
  }

  /// `ticket.customer-replied` and `ticket.closed` are “customer replied or closed”.
  public static String anyOf(List<String> events) {
    return alternatives(
        events.stream()
            .map(event -> words(event.substring(event.indexOf('.') + 1)))
            .distinct()
            .toList());
  }

  /// `2 business days`; empty for none.
  public static String span(@Nullable Span span) {
    if (span == null) {
      return "";
    }
    String unit = span.unit().name().toLowerCase(Locale.ROOT);
    return "%d %s%s"
        .formatted(
            span.amount(),
            span.business() ? "business " : "",
            span.amount() == 1 ? unit.substring(0, unit.length() - 1) : unit);
  }

  /// A name as people read it: `enough_information` is “enough information”.
  public static String words(String code) {
    return INNER_CAPITAL
        .matcher(code)
        .replaceAll(capital -> " " + capital.group().toLowerCase(Locale.ROOT))
        .replaceAll("[_.-]", " ");
  }

  /// “a”, “a or b”, “a, b or c”.
  static String alternatives(List<String> words) {
    int last = words.size() - 1;
    return last <= 0
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /// One formula being told. Everything that has no words gives null, and then the whole has none.
  private final class Telling {
    private final String heading;

    Telling(String heading) {
      this.heading = heading;
    }

    /// @param holds false for the opposite
    @Nullable String of(CelExpr formula, boolean holds) {
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
          ExpressionNames.path(parts.get(1))
              .map(this::name)
              .orElseGet(() -> constant(parts.get(1)));
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
        return (yes ? "" : "not ") + words(path);
      }
      return "%s is %s%s"
          .formatted(thing(path.substring(0, dot)), yes ? "" : "not ", words(path.substring(dot)))
          .replaceAll(" +", " ");
    }

    private String told(String path, String verb, List<String> values) {
      String said = alternatives(values);
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
        return words(path);
      }
      String thing = path.substring(0, dot);
      String part = words(path.substring(dot + 1));
      return thing.equals("event") ? "its " + part : "%s's %s".formatted(thing(thing), part);
    }

    private static String thing(String fact) {
      return fact.equals("event") ? "it" : "the " + words(fact);
    }

    private static @Nullable String constant(CelExpr value) {
      if (value.getKind() != Kind.CONSTANT) {
        return null;
      }
      CelConstant constant = value.constant();
      return switch (constant.getKind()) {
        case STRING_VALUE -> words(constant.stringValue());
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
}
