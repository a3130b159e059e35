package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.ValueType;
import java.util.Map;
import java.util.TreeMap;

/// A condition that stands outside of any workflow file, over the facts of one kind of subject: by
/// it somebody says of which tickets they want to hear.
public sealed interface LoneCondition {
  record Usable(Condition condition) implements LoneCondition {}

  /// @param problem what was found, what was expected, and how to mend it, in one sentence
  record Wrong(String problem) implements LoneCondition {}

  /// @param text nothing holds always
  /// @param about the kind of subject: `ticket`
  static LoneCondition read(String text, String about, Catalogue catalogue) {
    if (text.isBlank()) {
      return new Usable(Condition.ALWAYS);
    }
    var findings = new Findings("");
    var scalar = new Tree.Scalar(text, true, false, Spot.START);
    return new Expressions(findings)
        .condition(scalar, 0, scope(about, catalogue))
        .map(compiled -> Expressions.asCondition(scalar, 0, compiled))
        .<LoneCondition>map(Usable::new)
        .orElseGet(() -> new Wrong(sentence(findings.inOrder().getFirst())));
  }

  private static Scope scope(String about, Catalogue catalogue) {
    var scope = new Scope(new TreeMap<>()).with(Map.of("now", new ValueType.Moment()));
    for (var type : catalogue.facts()) {
      if (type.about().equals(about)) {
        scope = scope.with(type.name(), type.fields());
      }
    }
    return scope;
  }

  private static String sentence(Finding finding) {
    return "Expected %s, but found %s: %s."
        .formatted(finding.expected(), finding.found(), finding.remedy());
  }
}
