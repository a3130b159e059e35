package dev.evergreen.server.ticket;

import org.jspecify.annotations.Nullable;

/// What is to be changed on a ticket; null leaves a field as it is.
public record Changes(
    @Nullable String category,
    @Nullable Priority priority,
    @Nullable Solution solution,
    @Nullable TicketType type,
    @Nullable Severity severity,
    @Nullable String rootCause) {

  public Changes(
      @Nullable String category, @Nullable Priority priority, @Nullable Solution solution) {
    this(category, priority, solution, null, null, null);
  }

  public static Changes ofType(TicketType type) {
    return new Changes(null, null, null, type, null, null);
  }

  public static Changes ofSeverity(Severity severity) {
    return new Changes(null, null, null, null, severity, null);
  }

  public static Changes ofRootCause(String rootCause) {
    return new Changes(null, null, null, null, null, rootCause);
  }
}
