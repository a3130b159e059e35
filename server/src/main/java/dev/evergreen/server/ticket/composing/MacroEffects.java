package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Priority;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a macro does to a ticket beside writing; null leaves a thing as it is.
///
/// @param takes whether whoever uses it becomes responsible
/// @param outcome why it closes the ticket, a code
public record MacroEffects(
    @Nullable Priority priority,
    @Nullable String category,
    @Nullable TeamId team,
    boolean takes,
    @Nullable String outcome) {
  public static final MacroEffects NONE = new MacroEffects(null, null, null, false, null);

  public boolean isNothing() {
    return equals(NONE);
  }

  /// What it does, as a person says it: `sets the priority to high and closes it: resolved`.
  ///
  /// @param teams the names of teams
  public String words(Function<TeamId, String> teams) {
    var words = new ArrayList<String>();
    if (priority != null) {
      words.add("sets the priority to " + priority.key());
    }
    if (category != null) {
      words.add("sets the category to " + category);
    }
    if (team != null) {
      words.add("gives it to " + teams.apply(team));
    }
    if (takes) {
      words.add("makes you responsible");
    }
    if (outcome != null) {
      words.add("closes it: " + outcome);
    }
    return joined(words);
  }

  private static String joined(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  /// As it is kept with the macro, and with a reply that waits for its time.
  public String encoded() {
    var parts = new ArrayList<String>();
    add(parts, "priority", priority == null ? null : priority.key());
    add(parts, "category", category);
    add(parts, "team", team == null ? null : String.valueOf(team.value()));
    add(parts, "takes", takes ? "yes" : null);
    add(parts, "outcome", outcome);
    return String.join("&", parts);
  }

  private static void add(List<String> parts, String name, @Nullable String value) {
    if (value != null) {
      parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  public static MacroEffects decoded(String encoded) {
    Map<String, String> parts = new HashMap<>();
    Arrays.stream(encoded.split("&"))
        .filter(part -> part.contains("="))
        .forEach(part ->
            parts.put(
                part.substring(0, part.indexOf('=')),
                URLDecoder.decode(part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8)));
    String priority = parts.get("priority");
    String team = parts.get("team");
    return new MacroEffects(
        priority == null ? null : Priority.of(priority).expected(),
        parts.get("category"),
        team == null ? null : new TeamId(Long.parseLong(team)),
        parts.containsKey("takes"),
        parts.get("outcome"));
  }
}
