package dev.evergreen.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what the checks of one file have to say.
final class Findings {
  private final String file;
  private final List<Finding> found = new ArrayList<>();

  Findings(String file) {
    this.file = file;
  }

  void error(Spot at, String found, String expected, String remedy) {
    add(Finding.Severity.ERROR, at, found, expected, remedy);
  }

  void warning(Spot at, String found, String expected, String remedy) {
    add(Finding.Severity.WARNING, at, found, expected, remedy);
  }

  /// A name that is not among those known: with the one that was probably meant.
  ///
  /// @param what the kind of name, with `%s` where the name belongs
  void unknown(Spot at, String what, String name, List<String> known) {
    error(
        at,
        "unknown " + what.formatted(Wording.quoted(name)),
        known.isEmpty() ? "none here" : Wording.list(known),
        Wording.nearest(name, known)
            .map(near -> "did you mean %s?".formatted(Wording.quoted(near)))
            .orElse("write one of those, or take it out"));
  }

  boolean hasErrors() {
    return found.stream().anyMatch(it -> it.severity() == Finding.Severity.ERROR);
  }

  /// In the order of the file.
  List<Finding> inOrder() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
        .toList();
  }

  private void add(
      Finding.Severity severity, Spot at, String what, String expected, String remedy) {
    found.add(new Finding(severity, file, at.line(), at.column(), what, expected, remedy));
  }
}
