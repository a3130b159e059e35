package dev.evergreen.language;

import java.util.Locale;

/// A finding as a compiler would print it: what, where, the line itself, and how to mend it.
public final class Report {
  private Report() {}

  /// Several lines, the last one ended. `text` is what was checked.
  public static String of(Finding finding, String text) {
    var line = text.lines().skip(finding.line() - 1L).findFirst().orElse("").replace('\t', ' ');
    var number = Integer.toString(finding.line());
    var margin = " ".repeat(number.length());
    return """
    %s:%d:%d: %s: found %s
     %s | %s
     %s | %s^
     %s   expected: %s
     %s   to mend:  %s
    """
        .formatted(
            finding.file(),
            finding.line(),
            finding.column(),
            finding.severity().name().toLowerCase(Locale.ROOT),
            finding.found(),
            number,
            line,
            margin,
            " ".repeat(Math.clamp(finding.column() - 1, 0, line.length())),
            margin,
            finding.expected(),
            margin,
            finding.remedy());
  }
}
