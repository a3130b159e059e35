package dev.evergreen.language;

import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Goes through all cases of a decision: which conditions can never be met, and what none meets.
final class Cases {
  /// More cases than people can mean are not gone through.
  private static final int MOST = 5_000;

  private final Findings findings;
  private final List<Case> cases = new ArrayList<>();
  private boolean closed;
  private boolean givenUp;

  private record Case(Expressions.Compiled condition, Formula formula, Spot at) {}

  Cases(Findings findings) {
    this.findings = findings;
  }

  void add(Expressions.Compiled condition, Spot at) {
    cases.add(new Case(condition, Formula.of(condition), at));
  }

  /// There is an `otherwise`.
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /// A condition that cannot be read may mean anything.
  void giveUp() {
    givenUp = true;
  }

  void reportBranches(Spot at) {
    if (isBeyondCounting()) {
      return;
    }
    reportNever("branch", "a branch that is never taken");
    // A single `when` means: only then; going on otherwise is what its author wants.
    if (cases.size() > 1) {
      reportGap(at, "branch");
    }
  }

  void reportRules(Spot at) {
    if (isBeyondCounting()) {
      return;
    }
    reportNever("rule", "a rule that never applies");
    reportGap(at, "rule");
  }

  /// Of a table in which only one rule may apply.
  void reportUnique(Spot at) {
    if (isBeyondCounting()) {
      return;
    }
    for (int i = 0; i < cases.size(); i++) {
      for (int j = i + 1; j < cases.size(); j++) {
        var one = cases.get(i);
        var two = cases.get(j);
        find(it -> one.formula().holds(it) && two.formula().holds(it), true)
            .ifPresent(values ->
                findings.error(
                    two.at(),
                    "a rule that applies together with that of line %d%s"
                        .formatted(one.at().line(), when(values)),
                    "rules of which only one applies",
                    "narrow one of the conditions, or write `hit: first`"));
      }
    }
    reportGap(at, "rule");
  }

  private void reportNever(String what, String found) {
    var before = new ArrayList<Formula>();
    for (var one : cases) {
      if (find(it -> one.formula().holds(it), true).isEmpty()) {
        findings.error(
            one.at(),
            "a condition that never holds",
            "a condition that some case meets",
            "mend it, or take the %s out".formatted(what));
      } else if (find(
              it -> one.formula().holds(it) && before.stream().noneMatch(other -> other.holds(it)),
              true)
          .isEmpty()) {
        findings.error(
            one.at(),
            found,
            "a case that is left over by those above",
            "mend its condition, or take it out");
      }
      before.add(one.formula());
    }
  }

  private void reportGap(Spot at, String what) {
    if (closed) {
      return;
    }
    Predicate<Map<String, Object>> open =
        values -> cases.stream().noneMatch(one -> one.formula().holds(values));
    var gap = find(open, false);
    if (gap.isEmpty()) {
      return;
    }
    var choice = onlyChoice();
    if (choice.isPresent()) {
      var name = choice.get();
      var missing =
          domains(false).getOrDefault(name, List.of()).stream()
              .filter(value -> open.test(Map.of(name, value)))
              .map(String::valueOf)
              .toList();
      findings.warning(
          at,
          "no %s for %s".formatted(what, Wording.list(missing)),
          "a %s for every value of %s".formatted(what, Wording.quoted(name)),
          "add the %s, or `otherwise:`".formatted(what));
    } else {
      findings.warning(
          at,
          "a decision that can fall through%s".formatted(when(gap.get())),
          "a %s for every case".formatted(what),
          "add the %s, or `otherwise:`, if only with `[]`".formatted(what));
    }
  }

  private Optional<String> onlyChoice() {
    var names = domains(false).keySet();
    return names.size() == 1
        ? names.stream()
            .filter(name ->
                cases.getFirst().condition().scope().type(name).orElse(null)
                    instanceof ValueType.Choice)
            .findFirst()
        : Optional.empty();
  }

  private boolean isBeyondCounting() {
    if (givenUp || cases.isEmpty()) {
      return true;
    }
    long count = 1;
    for (var values : domains(true).values()) {
      count = Math.min(count * values.size(), MOST + 1);
    }
    return count > MOST;
  }

  /// A case that meets the question.
  ///
  /// @param unknown whether a choice may be not known yet
  private Optional<Map<String, Object>> find(
      Predicate<Map<String, Object>> question, boolean unknown) {
    var domains = domains(unknown);
    return search(List.copyOf(domains.keySet()), domains, new HashMap<>(), question);
  }

  private static Optional<Map<String, Object>> search(
      List<String> names,
      Map<String, List<Object>> domains,
      Map<String, Object> values,
      Predicate<Map<String, Object>> question) {
    if (values.size() == names.size()) {
      return question.test(values) ? Optional.of(new TreeMap<>(values)) : Optional.empty();
    }
    var name = names.get(values.size());
    for (var value : domains.getOrDefault(name, List.of())) {
      values.put(name, value);
      var found = search(names, domains, values, question);
      values.remove(name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Map<String, List<Object>> domains(boolean unknown) {
    var scope = cases.getFirst().condition().scope();
    var domains = new Formula.All(cases.stream().map(Case::formula).toList()).domains(scope);
    if (!unknown) {
      domains.replaceAll((name, values) ->
          scope.type(name).orElse(null) instanceof ValueType.Choice
              ? values.stream().filter(value -> !value.equals("")).toList()
              : values);
    }
    return domains;
  }

  /// `, when … is … and …`, of the names that people know.
  private String when(Map<String, Object> values) {
    var scope = cases.getFirst().condition().scope();
    var words =
        values.entrySet().stream()
            .filter(value ->
                scope
                    .type(value.getKey())
                    .filter(it -> it instanceof ValueType.Choice || it instanceof ValueType.Flag)
                    .isPresent())
            .map(value ->
                "%s is %s"
                    .formatted(
                        Wording.quoted(value.getKey()), Wording.quoted(value.getValue() + "")))
            .collect(Collectors.joining(" and "));
    return words.isEmpty() ? "" : ", when " + words;
  }
}
