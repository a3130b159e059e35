package dev.evergreen.language;

import dev.cel.common.ast.CelExpr;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which values of a choice the branches of one decision have taken care of.
final class Coverage {
  private final Findings findings;
  private final List<Optional<Match>> matches = new ArrayList<>();

  Coverage(Findings findings) {
    this.findings = findings;
  }

  /// A condition of the form `name == "value"` or `name in ["value", …]`.
  private record Match(String name, List<String> options, Set<String> values) {}

  void add(Expressions.Compiled condition) {
    matches.add(match(condition));
  }

  /// A decision over a choice that forgets a value was most likely meant to be complete.
  void report(Spot at, List<DecideStep.Branch> branches) {
    var first = matches.stream().findFirst().flatMap(it -> it);
    if (matches.size() < 2
        || first.isEmpty()
        || branches.stream().anyMatch(branch -> branch.when().equals(Condition.ALWAYS))) {
      return;
    }
    var name = first.get().name();
    if (!matches.stream()
        .allMatch(it -> it.filter(match -> match.name().equals(name)).isPresent())) {
      return;
    }
    var missing = new ArrayList<>(first.get().options());
    matches.forEach(match -> missing.removeAll(match.orElseThrow().values()));
    if (!missing.isEmpty()) {
      findings.warning(
          at,
          "no branch for %s".formatted(Wording.list(missing)),
          "a branch for every value of %s".formatted(Wording.quoted(name)),
          "add the branch, or `otherwise:`");
    }
  }

  private static Optional<Match> match(Expressions.Compiled condition) {
    var root = condition.root();
    if (root.getKind() != CelExpr.ExprKind.Kind.CALL
        || !Set.of("_==_", "@in").contains(root.call().function())) {
      return Optional.empty();
    }
    var values = new HashSet<String>();
    root.call().args().stream()
        .flatMap(ExpressionNames::constants)
        .forEach(it -> values.add(String.valueOf(Expressions.constant(it))));
    return root.call().args().stream()
        .flatMap(it -> ExpressionNames.path(it).stream())
        .findFirst()
        .flatMap(name ->
            condition
                .scope()
                .type(name)
                .filter(ValueType.Choice.class::isInstance)
                .map(type -> new Match(name, ((ValueType.Choice) type).options(), values)));
  }
}
