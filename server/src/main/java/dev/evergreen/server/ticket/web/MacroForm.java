package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
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
    @Nullable Long revision) {
  static final MacroForm BLANK = new MacroForm("", "own", "", "", "", "", null, "", 0L);

  static MacroForm of(Macro macro) {
    var effects = macro.effects();
    var team = effects.team();
    return new MacroForm(
        macro.name(),
        switch (macro.scope()) {
          case Macro.Scope.Own _ -> "own";
          case Macro.Scope.OfTeam(TeamId of) -> String.valueOf(of.value());
          case Macro.Scope.All _ -> "all";
        },
        macro.text(),
        effects.priority() == null ? "" : effects.priority().key(),
        Objects.requireNonNullElse(effects.category(), ""),
        team == null ? "" : String.valueOf(team.value()),
        effects.takes() ? "true" : null,
        Objects.requireNonNullElse(effects.outcome(), ""),
        macro.revision());
  }

  /// The macro that it stands for, with the number it has or 0.
  Outcome<Macro> macro(long id, Agent by) {
    if (!isNumber(team) || !(isNumber(scope) || "own".equals(scope) || "all".equals(scope))) {
      return Outcome.rejected(Outcome.Reason.INVALID, "Expected a team of the list.");
    }
    if (!typed(priority).isEmpty() && !(Priority.of(typed(priority)) instanceof Outcome.Accepted)) {
      return Outcome.rejected(Outcome.Reason.INVALID, "Expected a priority of the list.");
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
        typed(priority).isEmpty() ? null : Priority.of(typed(priority)).expected(),
        typed(category).isEmpty() ? null : typed(category),
        typed(team).isEmpty() ? null : new TeamId(Long.parseLong(typed(team))),
        takes != null,
        typed(outcome).isEmpty() ? null : typed(outcome));
  }

  private static boolean isNumber(@Nullable String text) {
    return typed(text).matches("\\d{0,15}");
  }

  private static String typed(@Nullable String field) {
    return Objects.requireNonNullElse(field, "").strip();
  }
}
