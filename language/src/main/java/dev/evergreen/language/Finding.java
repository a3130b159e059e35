package dev.evergreen.language;

import java.util.Locale;

/// One thing that a check has to say: where, what was found, what was expected, how to mend it.
///
/// @param line counted from 1, as `column` is
public record Finding(
    Severity severity,
    String file,
    int line,
    int column,
    String found,
    String expected,
    String remedy) {

  public enum Severity {
    /// The file cannot be used.
    ERROR,
    /// The file works, but serves customers or readers less well than it could.
    WARNING
  }

  /// `file:line:column: error: found; expected … (remedy)`, on one line.
  @Override
  public String toString() {
    return "%s:%d:%d: %s: found %s, expected %s; %s"
        .formatted(
            file, line, column, severity.name().toLowerCase(Locale.ROOT), found, expected, remedy);
  }
}
