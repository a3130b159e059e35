package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What kind of request a ticket is, apart from what it is about. Incident: something broke for one
/// customer. Problem: the cause behind incidents.
public enum TicketType {
  QUESTION,
  INCIDENT,
  PROBLEM,
  REQUEST,
  FEEDBACK;

  /// As it is stored and as conditions read it.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Outcome<TicketType> of(String key) {
    for (var type : values()) {
      if (type.key().equals(key)) {
        return Outcome.accepted(type);
      }
    }
    var known = Arrays.stream(values()).map(TicketType::key).collect(Collectors.joining(", "));
    return Outcome.rejected(
        Outcome.Reason.INVALID, "Expected a type (" + known + "), but found '" + key + "'.");
  }
}
