package dev.evergreen.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compiles CEL over the names of a [Scope].
///
/// Only the standard functions are there and no macros, so an expression cannot loop, reach the
/// JVM, or ask for the time or chance; regular expressions are RE2's, which do not backtrack.
final class Expressions {
  static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(4_000)
          .maxParseRecursionDepth(40)
          .maxRegexProgramSize(1_000)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private final Findings findings;
  private final Map<Scope, CelCompiler> compilers = new HashMap<>();

  Expressions(Findings findings) {
    this.findings = findings;
  }

  /// A compiled expression: its tree, and the type that people know it by.
  record Compiled(Scope scope, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
    CelExpr root() {
      return tree.getExpr();
    }

    /// The type of the result; a bare name keeps the choices of its own.
    Optional<ValueType> type() {
      return ExpressionNames.path(root())
          .flatMap(scope::type)
          .or(() -> Types.ofCel(tree.getResultType()));
    }
  }

  /// A yes-or-no question; absent, with a finding, when the text is none.
  Optional<Compiled> condition(Tree.Scalar text, int start, Scope scope) {
    return compile(text, start, scope, "a condition such as `ticket.priority == \"high\"`")
        .filter(compiled -> {
          var isQuestion = compiled.tree().getResultType().equals(SimpleType.BOOL);
          if (!isQuestion) {
            findings.error(
                text.at(start),
                "a condition that is %s"
                    .formatted(compiled.type().map(Types::described).orElse("no plain value")),
                "yes or no",
                "compare it with something, for example with `==`");
          }
          return isQuestion;
        });
  }

  Optional<Compiled> value(Tree.Scalar text, int start, Scope scope) {
    return compile(text, start, scope, "a value such as `category` or `ticket.priority`");
  }

  static Condition asCondition(Tree.Scalar text, int start, Compiled compiled) {
    var source = text.text().substring(start).strip();
    return new Condition(
        source, values -> (Boolean) evaluate(source, compiled.program(), compiled.scope(), values));
  }

  /// The result as a value of `type`, which it fits: a whole number may be wanted as a decimal.
  static Term asTerm(Tree.Scalar text, int start, Compiled compiled, ValueType type) {
    var source = text.text().substring(start);
    return new Term(
        text.text(),
        values -> Types.read(evaluate(source, compiled.program(), compiled.scope(), values), type));
  }

  private Optional<Compiled> compile(Tree.Scalar text, int start, Scope scope, String example) {
    var source = text.text().substring(start);
    var compiler = compilers.computeIfAbsent(scope, Expressions::compiler);
    var parsed = compiler.parse(source);
    try {
      if (parsed.hasError()) {
        syntax(text, start, parsed.getErrors().getFirst(), example);
        return Optional.empty();
      }
      if (!new ExpressionNames(scope, findings).areKnown(parsed.getAst(), text, start)) {
        return Optional.empty();
      }
      var checked = compiler.check(parsed.getAst());
      if (checked.hasError()) {
        var issue = checked.getErrors().getFirst();
        ExpressionProblem.of(issue.getMessage()).report(text.at(start + column(issue)), findings);
        return Optional.empty();
      }
      var program = RUNTIME.createProgram(checked.getAst());
      return Optional.of(new Compiled(scope, checked.getAst(), program));
    } catch (CelValidationException | CelEvaluationException e) {
      findings.error(
          text.at(start), "text that is no expression", example, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void syntax(Tree.Scalar text, int start, CelIssue issue, String example) {
    var problem = issue.getMessage().replaceFirst("(?s) expecting .*", "");
    findings.error(
        text.at(start + column(issue)),
        problem.contains("<EOF>")
            ? "an expression that breaks off"
            : "text that is no expression: " + problem,
        example,
        "look at the quotes, brackets and operators; texts stand in double quotes");
  }

  private static int column(CelIssue issue) {
    return issue.getSourceLocation().getLine() == 1
        ? Math.max(issue.getSourceLocation().getColumn(), 0)
        : 0;
  }

  private static CelCompiler compiler(Scope scope) {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(List.of());
    scope.types().forEach((name, type) -> builder.addVar(name, Types.cel(type)));
    return builder.build();
  }

  private static Object evaluate(
      String source, CelRuntime.Program program, Scope scope, Map<String, Object> values) {
    try {
      return program.eval((String name) -> Optional.of(scope.read(name, values)));
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(
          "expected a value of %s, but %s".formatted(source.strip(), e.getMessage()), e);
    }
  }

  /// The value of a constant in an expression, when it is one that fields can have.
  static @Nullable Object constant(CelExpr expression) {
    if (expression.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return null;
    }
    var constant = expression.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE -> constant.stringValue();
      case BOOLEAN_VALUE -> constant.booleanValue();
      default -> null;
    };
  }
}
