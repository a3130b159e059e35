package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How bad it is for whoever asks; with the type and the customer it decides the priority.
public enum Severity {
  MINOR,
  MAJOR,
  CRITICAL;

  /// As it is stored and as conditions read it.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Outcome<Severity> of(String key) {
    for (var severity : values()) {
      if (severity.key().equals(key)) {
        return Outcome.accepted(severity);
      }
    }
    var known = Arrays.stream(values()).map(Severity::key).collect(Collectors.joining(", "));
    return Outcome.rejected(
        Outcome.Reason.INVALID, "Expected a severity (" + known + "), but found '" + key + "'.");
  }
}
