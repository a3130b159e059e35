package dev.evergreen.language;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A condition as a question about a few values, so that all cases can be gone through: choices,
/// booleans, and numbers and texts compared with constants. Any other part counts as a boolean of
/// its own, which can only make more cases seem possible than there are.
sealed interface Formula {
  record Constant(boolean value) implements Formula {}

  record Not(Formula of) implements Formula {}

  record All(List<Formula> of) implements Formula {}

  record Any(List<Formula> of) implements Formula {}

  /// A part that is not looked into, by its text.
  record Unknown(String text) implements Formula {}

  record Equal(String name, Object value) implements Formula {}

  record Less(String name, double bound) implements Formula {}

  static Formula of(Expressions.Compiled condition) {
    return of(condition.root(), condition.scope());
  }

  private static Formula of(CelExpr it, Scope scope) {
    if (constant(it) instanceof Boolean value) {
      return new Constant(value);
    }
    var name = ExpressionNames.path(it);
    if (name.isPresent()) {
      return new Equal(name.get(), true);
    }
    if (it.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return new Unknown(text(it));
    }
    var parts = it.call().args();
    return switch (it.call().function()) {
      case "!_" -> new Not(of(parts.getFirst(), scope));
      case "_&&_" -> new All(parts.stream().map(part -> of(part, scope)).toList());
      case "_||_" -> new Any(parts.stream().map(part -> of(part, scope)).toList());
      case "_==_" -> equal(parts.get(0), parts.get(1), scope);
      case "_!=_" -> new Not(equal(parts.get(0), parts.get(1), scope));
      case "@in" -> in(it, parts.get(0), parts.get(1), scope);
      case "_<_" -> less(parts.get(0), parts.get(1));
      case "_>_" -> less(parts.get(1), parts.get(0));
      case "_>=_" -> new Not(less(parts.get(0), parts.get(1)));
      case "_<=_" -> new Not(less(parts.get(1), parts.get(0)));
      default -> new Unknown(text(it));
    };
  }

  private static Formula equal(CelExpr left, CelExpr right, Scope scope) {
    var value = constant(right);
    var name = ExpressionNames.path(left);
    if (name.isPresent() && value != null) {
      return new Equal(name.get(), number(value, scope, name.get()));
    }
    if (ExpressionNames.path(right).isPresent() && constant(left) != null) {
      return equal(right, left, scope);
    }
    return new Unknown("_==_(" + text(left) + "," + text(right) + ")");
  }

  private static Formula in(CelExpr whole, CelExpr value, CelExpr list, Scope scope) {
    return list.getKind() == CelExpr.ExprKind.Kind.LIST
        ? new Any(list.list().elements().stream().map(one -> equal(value, one, scope)).toList())
        : new Unknown(text(whole));
  }

  /// `left < right`.
  private static Formula less(CelExpr left, CelExpr right) {
    var name = ExpressionNames.path(left);
    if (name.isPresent() && constant(right) instanceof Number bound) {
      return new Less(name.get(), bound.doubleValue());
    }
    var other = ExpressionNames.path(right);
    if (other.isPresent() && constant(left) instanceof Number bound) {
      // bound < name: neither less nor equal.
      return new Not(
          new Any(
              List.of(
                  new Less(other.get(), bound.doubleValue()),
                  new Equal(other.get(), bound.doubleValue()))));
    }
    return new Unknown("_<_(" + text(left) + "," + text(right) + ")");
  }

  private static Object number(Object value, Scope scope, String name) {
    return value instanceof Number number && scope.type(name).filter(Formula::isNumber).isPresent()
        ? (Object) number.doubleValue()
        : value;
  }

  private static boolean isNumber(ValueType type) {
    return type instanceof ValueType.Whole || type instanceof ValueType.Decimal;
  }

  /// The value that is written out there; null when it is none.
  static @Nullable Object constant(CelExpr it) {
    if (it.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return null;
    }
    CelConstant constant = it.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE -> constant.stringValue();
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      default -> null;
    };
  }

  /// The same for the same expression, wherever it stands.
  private static String text(CelExpr it) {
    return switch (it.getKind()) {
      case IDENT -> it.ident().name();
      case SELECT -> text(it.select().operand()) + "." + it.select().field();
      case CALL ->
          it.call().target().map(target -> text(target) + ".").orElse("")
              + it.call().function()
              + it.call().args().stream()
                  .map(Formula::text)
                  .collect(Collectors.joining(",", "(", ")"));
      case LIST ->
          it.list().elements().stream()
              .map(Formula::text)
              .collect(Collectors.joining(",", "[", "]"));
      case CONSTANT -> it.constant().toString();
      default -> it.toString();
    };
  }

  /// Whether it holds in a case: a value for each of the names and texts that it asks about.
  default boolean holds(Map<String, Object> values) {
    return switch (this) {
      case Constant constant -> constant.value();
      case Not not -> !not.of().holds(values);
      case All all -> all.of().stream().allMatch(part -> part.holds(values));
      case Any any -> any.of().stream().anyMatch(part -> part.holds(values));
      case Unknown unknown -> Boolean.TRUE.equals(values.get(unknown.text()));
      case Equal equal -> equal.value().equals(values.get(equal.name()));
      case Less less -> values.get(less.name()) instanceof Double number && number < less.bound();
    };
  }

  /// What each name must be tried with, so that every case comes up.
  default Map<String, List<Object>> domains(Scope scope) {
    var constants = new TreeMap<String, NavigableSet<Double>>();
    var domains = new TreeMap<String, List<Object>>();
    collect(scope, domains, constants);
    constants.forEach((name, bounds) -> domains.put(name, around(bounds)));
    return domains;
  }

  private void collect(
      Scope scope, Map<String, List<Object>> domains, Map<String, NavigableSet<Double>> constants) {
    switch (this) {
      case Constant _ -> {
        // Asks about nothing.
      }
      case Not not -> not.of().collect(scope, domains, constants);
      case All all -> all.of().forEach(part -> part.collect(scope, domains, constants));
      case Any any -> any.of().forEach(part -> part.collect(scope, domains, constants));
      case Unknown unknown -> domains.put(unknown.text(), List.of(true, false));
      case Less less ->
          constants.computeIfAbsent(less.name(), _ -> new TreeSet<>()).add(less.bound());
      case Equal(String name, Double number) ->
          constants.computeIfAbsent(name, _ -> new TreeSet<>()).add(number);
      case Equal(String name, Object value) ->
          domains.merge(
              name, values(scope.type(name).orElse(new ValueType.Text()), value), Formula::joined);
    }
  }

  private static List<Object> values(ValueType type, Object value) {
    return switch (type) {
      case ValueType.Flag _ -> List.of(true, false);
      case ValueType.Choice choice -> {
        var values = new ArrayList<Object>(choice.options());
        values.add("");
        yield values;
      }
      case ValueType.Text _, ValueType.Whole _, ValueType.Decimal _, ValueType.Moment _ ->
          List.of(value, "\0");
    };
  }

  private static List<Object> joined(List<Object> some, List<Object> others) {
    var joined = new ArrayList<>(some);
    others.stream().filter(it -> !joined.contains(it)).forEach(joined::add);
    return joined;
  }

  /// Each bound and what lies between them. Whole numbers are tried between neighbors, too, which
  /// only makes more cases seem possible.
  private static List<Object> around(NavigableSet<Double> bounds) {
    var values = new ArrayList<Object>();
    for (var bound : bounds) {
      var above = bounds.higher(bound);
      values.add(bound);
      values.add(above == null ? bound + 1 : (bound + above) / 2);
    }
    values.add(bounds.first() - 1);
    return values;
  }
}
