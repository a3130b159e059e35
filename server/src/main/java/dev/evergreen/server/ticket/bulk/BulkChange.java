package dev.evergreen.server.ticket.bulk;

import static java.util.stream.Collectors.joining;

import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.TicketId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is to be done to each of many tickets.
public sealed interface BulkChange {
  String LEAVE = "";
  String NOBODY = "none";

  /// Each is a number, [#NOBODY], or [#LEAVE] to leave it as it is.
  record Assign(String team, String agent) implements BulkChange {}

  record Prioritize(Priority priority) implements BulkChange {}

  record Categorize(String category) implements BulkChange {}

  record Close(String outcome) implements BulkChange {}

  /// Into a status by the team's name for it.
  ///
  /// @param status its number
  /// @param outcome why it is settled; empty when nobody said
  record SetStatus(long status, String name, String outcome) implements BulkChange {}

  /// Either may be empty.
  record Tag(String add, String remove) implements BulkChange {}

  /// Words to each customer. What went out stays out: undoing takes back the status alone.
  ///
  /// @param then the status that each gets; null for the one that an answer gives
  record Answer(String text, @Nullable SetStatus then) implements BulkChange {}

  /// What a macro says and does, each time filled in for the ticket. What went out stays out.
  ///
  /// @param macro its number
  record UseMacro(long macro, String name, boolean writes) implements BulkChange {}

  /// To live on in another ticket, which stays as it is.
  record MergeInto(TicketId target) implements BulkChange {}

  /// Whether words go out to customers with it.
  default boolean isWriting() {
    return this instanceof Answer || (this instanceof UseMacro(_, _, var writes) && writes);
  }

  /// As people read it.
  default String words() {
    return switch (this) {
      case Assign _ -> "Assign";
      case Prioritize(Priority priority) -> "Set the priority to " + priority.key();
      case Categorize(String category) ->
          category.isEmpty() ? "Take the category away" : "Set the category to " + category;
      case Close(String outcome) -> "Close as " + outcome;
      case SetStatus(long _, String name, String _) -> "Put to “" + name + "”";
      case Tag(String add, String remove) ->
          Stream.of(
                  add.isEmpty() ? "" : "tag as " + add,
                  remove.isEmpty() ? "" : "take the tag " + remove + " off")
              .filter(part -> !part.isEmpty())
              .collect(joining(" and "))
              .replaceFirst("^t", "T");
      case Answer(String _, SetStatus then) ->
          then == null ? "Answer" : "Answer and put to “" + then.name() + "”";
      case UseMacro(long _, String name, boolean _) -> "Use “" + name + "”";
      case MergeInto(TicketId target) -> "Merge into " + target;
    };
  }

  default Map<String, String> stored() {
    return switch (this) {
      case Assign(String team, String agent) -> Map.of("team", team, "agent", agent);
      case Prioritize(Priority priority) -> Map.of("priority", priority.key());
      case Categorize(String category) -> Map.of("category", category);
      case Close(String outcome) -> Map.of("outcome", outcome);
      case SetStatus status -> stored(status);
      case UseMacro(long macro, String name, boolean writes) ->
          Map.of("macro", "" + macro, "name", name, "writes", "" + writes);
      case MergeInto(TicketId target) -> Map.of("into", "" + target.value());
      case Tag(String add, String remove) -> Map.of("add", add, "remove", remove);
      case Answer(String text, SetStatus then) -> {
        var stored = new HashMap<>(then == null ? Map.<String, String>of() : stored(then));
        stored.put("text", text);
        yield stored;
      }
    };
  }

  private static Map<String, String> stored(SetStatus status) {
    return Map.of(
        "status", "" + status.status(), "name", status.name(), "outcome", status.outcome());
  }

  private static @Nullable SetStatus status(Map<String, String> stored) {
    var status = stored.get("status");
    return status == null
        ? null
        : new SetStatus(
            Long.parseLong(status),
            stored.getOrDefault("name", ""),
            stored.getOrDefault("outcome", ""));
  }

  static BulkChange of(Map<String, String> stored) {
    var macro = stored.get("macro");
    var into = stored.get("into");
    if (macro != null) {
      return new UseMacro(
          Long.parseLong(macro),
          stored.getOrDefault("name", ""),
          Boolean.parseBoolean(stored.get("writes")));
    }
    if (into != null) {
      return new MergeInto(new TicketId(Long.parseLong(into)));
    }
    var text = stored.get("text");
    var status = status(stored);
    if (text != null) {
      return new Answer(text, status);
    }
    if (status != null) {
      return status;
    }
    if (stored.containsKey("add")) {
      return new Tag(stored.getOrDefault("add", ""), stored.getOrDefault("remove", ""));
    }
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
