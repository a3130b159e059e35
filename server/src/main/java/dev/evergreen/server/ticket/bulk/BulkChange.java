package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.ticket.Priority;
import java.util.Locale;
import java.util.Map;

/// What is to be done to each of many tickets.
public sealed interface BulkChange {
  String LEAVE = "";
  String NOBODY = "none";

  /// Each is a number, [#NOBODY], or [#LEAVE] to leave it as it is.
  record Assign(String team, String agent) implements BulkChange {}

  record Prioritize(Priority priority) implements BulkChange {}

  record Categorize(String category) implements BulkChange {}

  record Close(String outcome) implements BulkChange {}

  /// As people read it.
  default String words() {
    return switch (this) {
      case Assign _ -> "Assign";
      case Prioritize(Priority priority) -> "Set the priority to " + priority.key();
      case Categorize(String category) ->
          category.isEmpty() ? "Take the category away" : "Set the category to " + category;
      case Close(String outcome) -> "Close as " + outcome;
    };
  }

  default Map<String, String> stored() {
    return switch (this) {
      case Assign(String team, String agent) -> Map.of("team", team, "agent", agent);
      case Prioritize(Priority priority) -> Map.of("priority", priority.key());
      case Categorize(String category) -> Map.of("category", category);
      case Close(String outcome) -> Map.of("outcome", outcome);
    };
  }

  static BulkChange of(Map<String, String> stored) {
    if (stored.containsKey("priority")) {
      return new Prioritize(
          Priority.valueOf(stored.getOrDefault("priority", "").toUpperCase(Locale.ROOT)));
    }
    if (stored.containsKey("category")) {
      return new Categorize(stored.getOrDefault("category", ""));
    }
    return stored.containsKey("outcome")
        ? new Close(stored.getOrDefault("outcome", ""))
        : new Assign(stored.getOrDefault("team", LEAVE), stored.getOrDefault("agent", LEAVE));
  }
}
