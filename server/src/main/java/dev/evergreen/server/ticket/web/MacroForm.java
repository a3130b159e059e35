package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A macro as its form has it.
///
/// @param scope `own`, `all`, or the number of a team
/// @param team the number of the team that it gives tickets to; empty for none
public record MacroForm(
    @Nullable String name,
    @Nullable String scope,
    @Nullable String text,
    @Nullable String priority,
    @Nullable String category,
    @Nullable String team,
    @Nullable String takes,
    @Nullable String outcome,
    @Nullable Long revision,
    @Nullable String type,
    @Nullable String status,
    @Nullable String tags,
    @Nullable String untags,
    @Nullable Map<String, String> fields) {
  static final MacroForm BLANK =
      new MacroForm("", "own", "", "", "", "", null, "", 0L, "", "", "", "", Map.of());

  static MacroForm of(Macro macro) {
    var effects = macro.effects();
    var team = effects.handing().team();
    var sorts = effects.sorts();
    var settling = effects.settling();
    return new MacroForm(
        macro.name(),
        switch (macro.scope()) {
          case Macro.Scope.Own _ -> "own";
          case Macro.Scope.OfTeam(TeamId of) -> String.valueOf(of.value());
          case Macro.Scope.All _ -> "all";
        },
        macro.text(),
        sorts.priority() == null ? "" : sorts.priority().key(),
        Objects.requireNonNullElse(sorts.category(), ""),
        team == null ? "" : String.valueOf(team.value()),
        effects.handing().takes() ? "true" : null,
        Objects.requireNonNullElse(settling.outcome(), ""),
        macro.revision(),
        sorts.type() == null ? "" : sorts.type().key(),
        settling.status() == null ? "" : String.valueOf(settling.status().value()),
        String.join(" ", sorts.tags()),
        String.join(" ", sorts.untags()),
        sorts.fields());
  }

  /// The macro that it stands for, with the number it has or 0.
  Outcome<Macro> macro(long id, Agent by) {
    if (!isNumber(team) || !(isNumber(scope) || "own".equals(scope) || "all".equals(scope))) {
      return Outcome.rejected(Outcome.Reason.INVALID, "Expected a team of the list.");
    }
    if (!typed(priority).isEmpty() && !(Priority.of(typed(priority)) instanceof Outcome.Accepted)) {
      return Outcome.rejected(Outcome.Reason.INVALID, "Expected a priority of the list.");
    }
    if (!isNumber(status)) {
      return Outcome.rejected(Outcome.Reason.INVALID, "Expected a status of the list.");
    }
    if (!typed(type).isEmpty() && !(TicketType.of(typed(type)) instanceof Outcome.Accepted)) {
      return Outcome.rejected(Outcome.Reason.INVALID, "Expected a type of the list.");
    }
    return Outcome.accepted(
        new Macro(
            id, typed(name), scope(by), typed(text), effects(), revision == null ? 0 : revision));
  }

  private Macro.Scope scope(Agent by) {
    return switch (typed(scope)) {
      case "own", "" -> new Macro.Scope.Own(by.id());
      case "all" -> new Macro.Scope.All();
      default -> new Macro.Scope.OfTeam(new TeamId(Long.parseLong(typed(scope))));
    };
  }

  private MacroEffects effects() {
    return new MacroEffects(
        new MacroEffects.Sorts(
            typed(priority).isEmpty() ? null : Priority.of(typed(priority)).expected(),
            typed(category).isEmpty() ? null : typed(category),
            typed(type).isEmpty() ? null : TicketType.of(typed(type)).expected(),
            MacroEffects.words(typed(tags)),
            MacroEffects.words(typed(untags)),
            chosenFields()),
        new MacroEffects.Handing(
            typed(team).isEmpty() ? null : new TeamId(Long.parseLong(typed(team))), takes != null),
        new MacroEffects.Settling(
            typed(status).isEmpty() ? null : new StatusId(Long.parseLong(typed(status))),
            typed(outcome).isEmpty() ? null : typed(outcome)));
  }

  /// What an own field is set to; empty when it stays as it is.
  public String field(String key) {
    return fields == null ? "" : typed(fields.get(key));
  }

  private Map<String, String> chosenFields() {
    var chosen = new HashMap<String, String>();
    if (fields != null) {
      fields.forEach((key, value) -> {
        if (!typed(value).isEmpty()) {
          chosen.put(key, typed(value));
        }
      });
    }
    return chosen;
  }

  private static boolean isNumber(@Nullable String text) {
    return typed(text).matches("\\d{0,15}");
  }

  private static String typed(@Nullable String field) {
    return Objects.requireNonNullElse(field, "").strip();
  }
}
