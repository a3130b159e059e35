package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How soon a ticket wants attention compared with others.
public enum Priority {
  LOW,
  NORMAL,
  HIGH,
  URGENT;

  /// As it is stored, read by conditions and by people.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Outcome<Priority> of(String key) {
    for (var priority : values()) {
      if (priority.key().equals(key)) {
        return Outcome.accepted(priority);
      }
    }
    var known = Arrays.stream(values()).map(Priority::key).collect(Collectors.joining(", "));
    return Outcome.rejected(
        Outcome.Reason.INVALID, "Expected a priority (" + known + "), but found '" + key + "'.");
  }
}
