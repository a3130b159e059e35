package dev.evergreen.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at the names in an expression before its types are checked, because a name that nearly
/// exists deserves a better answer than "undeclared reference".
final class ExpressionNames {
  private static final Set<String> TYPE_NAMES =
      Set.of(
          "bool",
          "bytes",
          "double",
          "duration",
          "int",
          "list",
          "map",
          "string",
          "timestamp",
          "type",
          "uint");

  private final Scope scope;
  private final Findings findings;

  ExpressionNames(Scope scope, Findings findings) {
    this.scope = scope;
    this.findings = findings;
  }

  /// `ticket.status` for the expression that reads it.
  static Optional<String> path(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> Optional.of(expression.ident().name());
      case SELECT ->
          path(expression.select().operand()).map(it -> it + "." + expression.select().field());
      default -> Optional.empty();
    };
  }

  /// The names that an expression reads.
  static List<String> read(CelExpr expression) {
    var path = path(expression);
    return path.isPresent()
        ? List.of(path.get())
        : parts(expression).flatMap(part -> read(part).stream()).toList();
  }

  /// Whether all names exist and are compared with values that they can have.
  boolean areKnown(CelAbstractSyntaxTree tree, Tree.Scalar text, int start) {
    var problems = new ArrayList<CelExpr>();
    inspect(tree.getExpr(), new Place(tree, text, start), problems);
    return problems.isEmpty();
  }

  private record Place(CelAbstractSyntaxTree tree, Tree.Scalar text, int start) {
    Spot of(CelExpr expression) {
      var leftmost = expression;
      while (leftmost.getKind() == CelExpr.ExprKind.Kind.SELECT) {
        leftmost = leftmost.select().operand();
      }
      var offset = tree.getSource().getPositionsMap().getOrDefault(leftmost.id(), 0);
      return text.at(start + offset);
    }
  }

  private void inspect(CelExpr expression, Place place, List<CelExpr> problems) {
    var path = path(expression);
    if (path.isPresent()) {
      if (scope.type(path.get()).isEmpty() && !TYPE_NAMES.contains(path.get())) {
        problems.add(expression);
        unknown(path.get(), place.of(expression));
      }
      return;
    }
    if (expression.getKind() == CelExpr.ExprKind.Kind.CALL) {
      comparison(expression.call(), place, problems);
    }
    parts(expression).forEach(part -> inspect(part, place, problems));
  }

  private void unknown(String path, Spot at) {
    var dot = path.indexOf('.');
    var group = dot < 0 ? "" : path.substring(0, dot + 1);
    var siblings = scope.names().stream().filter(name -> name.startsWith(group)).toList();
    findings.unknown(at, "name %s", path, siblings.isEmpty() ? scope.names() : siblings);
  }

  private void comparison(CelExpr.CelCall call, Place place, List<CelExpr> problems) {
    if (!Set.of("_==_", "_!=_", "@in").contains(call.function())) {
      return;
    }
    var options =
        call.args().stream()
            .flatMap(it -> path(it).stream())
            .flatMap(it -> scope.type(it).stream())
            .filter(ValueType.Choice.class::isInstance)
            .flatMap(it -> ((ValueType.Choice) it).options().stream())
            .toList();
    if (options.isEmpty()) {
      return;
    }
    for (var constant : call.args().stream().flatMap(ExpressionNames::constants).toList()) {
      var value = Expressions.constant(constant);
      // "" is what an unknown value reads as.
      if (value instanceof String word && !word.isEmpty() && !options.contains(word)) {
        problems.add(constant);
        findings.unknown(place.of(constant), "value %s", word, options);
      }
    }
  }

  static Stream<CelExpr> constants(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> Stream.of(expression);
      case LIST -> expression.list().elements().stream().flatMap(ExpressionNames::constants);
      default -> Stream.empty();
    };
  }

  private static Stream<CelExpr> parts(CelExpr expression) {
    return switch (expression.getKind()) {
      case CALL ->
          Stream.concat(expression.call().target().stream(), expression.call().args().stream());
      case SELECT -> Stream.of(expression.select().operand());
      case LIST -> expression.list().elements().stream();
      case MAP ->
          expression.map().entries().stream()
              .flatMap(entry -> Stream.of(entry.key(), entry.value()));
      default -> Stream.empty();
    };
  }
}
