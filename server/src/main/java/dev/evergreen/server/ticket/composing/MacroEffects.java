package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.TicketType;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is done to a ticket with words, or without: by a macro, or by sending them into a status.
public record MacroEffects(Sorts sorts, Handing handing, Settling settling) {
  private static final String FIELD = "field.";

  public static final MacroEffects NONE =
      new MacroEffects(
          new Sorts(null, null, null, List.of(), List.of(), Map.of()),
          new Handing(null, false),
          new Settling(null, null));

  /// How it is sorted; null, and what is not named, stays as it is.
  ///
  /// @param tags those that it gets
  /// @param untags those that it loses
  /// @param fields own fields by key, each as a person types it
  public record Sorts(
      @Nullable Priority priority,
      @Nullable String category,
      @Nullable TicketType type,
      List<String> tags,
      List<String> untags,
      Map<String, String> fields) {
    public Sorts {
      tags = List.copyOf(tags);
      untags = List.copyOf(untags);
      fields = Map.copyOf(fields);
    }
  }

  /// Who gets it; null leaves the team as it is.
  ///
  /// @param takes whether whoever uses it becomes responsible
  public record Handing(@Nullable TeamId team, boolean takes) {}

  /// Where it stands then; null leaves it as it is.
  ///
  /// @param outcome why, a code; without a status it closes the ticket
  public record Settling(@Nullable StatusId status, @Nullable String outcome) {}

  public MacroEffects(
      @Nullable Priority priority,
      @Nullable String category,
      @Nullable TeamId team,
      boolean takes,
      @Nullable String outcome) {
    this(
        new Sorts(priority, category, null, List.of(), List.of(), Map.of()),
        new Handing(team, takes),
        new Settling(null, outcome));
  }

  public boolean isNothing() {
    return equals(NONE);
  }

  /// The same, into a status.
  public MacroEffects into(Settling wanted) {
    return new MacroEffects(sorts, handing, wanted);
  }

  /// How things are called that effects name by id or key.
  public interface Names {
    String team(TeamId id);

    String status(StatusId id);

    String field(String key);
  }

  /// What it does, as a person says it: `sets the priority to high and closes it: resolved`.
  public String words(Names names) {
    var words = new ArrayList<String>();
    add(words, "sets the priority to ", sorts.priority() == null ? null : sorts.priority().key());
    add(words, "sets the category to ", sorts.category());
    add(words, "makes it a ", sorts.type() == null ? null : sorts.type().key());
    sorts.tags().forEach(tag -> words.add("tags it “" + tag + "”"));
    sorts.untags().forEach(tag -> words.add("takes the tag “" + tag + "” off"));
    new TreeMap<>(sorts.fields())
        .forEach((key, value) ->
            words.add(
                value.isEmpty()
                    ? "empties " + names.field(key)
                    : "sets " + names.field(key) + " to " + value));
    add(words, "gives it to ", handing.team() == null ? null : names.team(handing.team()));
    if (handing.takes()) {
      words.add("makes you responsible");
    }
    add(words, "puts it into ", settling.status() == null ? null : names.status(settling.status()));
    add(words, settling.status() == null ? "closes it: " : "says why: ", settling.outcome());
    return joined(words);
  }

  private static void add(List<String> words, String does, @Nullable String what) {
    if (what != null) {
      words.add(does + what);
    }
  }

  private static String joined(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  /// As it is kept with the macro, and with a reply that waits for its time.
  public String encoded() {
    var parts = new ArrayList<String>();
    put(parts, "priority", sorts.priority() == null ? null : sorts.priority().key());
    put(parts, "category", sorts.category());
    put(parts, "type", sorts.type() == null ? null : sorts.type().key());
    put(parts, "tags", sorts.tags().isEmpty() ? null : String.join(" ", sorts.tags()));
    put(parts, "untags", sorts.untags().isEmpty() ? null : String.join(" ", sorts.untags()));
    new TreeMap<>(sorts.fields()).forEach((key, value) -> put(parts, FIELD + key, value));
    put(parts, "team", handing.team() == null ? null : String.valueOf(handing.team().value()));
    put(parts, "takes", handing.takes() ? "yes" : null);
    put(
        parts,
        "status",
        settling.status() == null ? null : String.valueOf(settling.status().value()));
    put(parts, "outcome", settling.outcome());
    return String.join("&", parts);
  }

  private static void put(List<String> parts, String name, @Nullable String value) {
    if (value != null) {
      parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  public static MacroEffects decoded(String encoded) {
    Map<String, String> parts = new TreeMap<>();
    Map<String, String> fields = new TreeMap<>();
    for (String part : encoded.split("&")) {
      int at = part.indexOf('=');
      if (at > 0) {
        String name = part.substring(0, at);
        String value = URLDecoder.decode(part.substring(at + 1), StandardCharsets.UTF_8);
        if (name.startsWith(FIELD)) {
          fields.put(name.substring(FIELD.length()), value);
        } else {
          parts.put(name, value);
        }
      }
    }
    String priority = parts.get("priority");
    String type = parts.get("type");
    String team = parts.get("team");
    String status = parts.get("status");
    return new MacroEffects(
        new Sorts(
            priority == null ? null : Priority.of(priority).expected(),
            parts.get("category"),
            type == null ? null : TicketType.of(type).expected(),
            words(parts.get("tags")),
            words(parts.get("untags")),
            fields),
        new Handing(
            team == null ? null : new TeamId(Long.parseLong(team)), parts.containsKey("takes")),
        new Settling(
            status == null ? null : new StatusId(Long.parseLong(status)), parts.get("outcome")));
  }

  /// Tags as they are typed, parted by blanks or commas.
  public static List<String> words(@Nullable String typed) {
    return typed == null
        ? List.of()
        : Arrays.stream(typed.strip().split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
  }
}
