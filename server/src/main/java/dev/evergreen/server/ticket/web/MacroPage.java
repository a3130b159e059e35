package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.composing.Macro;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The macros that exist for a person, and what was refused last with the reason.
///
/// @param isLead whether they keep up those that others have too
/// @param refused the number of the macro whose form was refused, 0 when it was to be a new one
public record MacroPage(
    List<Shown> macros,
    List<Team> teams,
    boolean isLead,
    long refused,
    MacroForm typed,
    String problem,
    Offered offered) {

  /// What a macro can set beside: statuses by the team's names, and own fields.
  public record Offered(
      List<TicketStatus> statuses,
      List<OwnField> fields,
      List<Code> outcomes,
      List<Code> categories) {
    public Offered {
      statuses = List.copyOf(statuses);
      fields = List.copyOf(fields);
      outcomes = List.copyOf(outcomes);
      categories = List.copyOf(categories);
    }
  }

  public List<String> types() {
    return Arrays.stream(TicketType.values()).map(TicketType::key).toList();
  }

  public MacroPage {
    macros = List.copyOf(macros);
    teams = List.copyOf(teams);
  }

  /// A macro with what it does in words, and whether this person may change it.
  public record Shown(Macro macro, String whose, String does, boolean mayChange) {}

  public MacroForm form(Macro macro) {
    return isRefused(macro.id()) ? typed : MacroForm.of(macro);
  }

  public boolean isRefused(long id) {
    return !problem.isEmpty() && refused == id;
  }

  public MacroForm blank() {
    return isRefused(0) ? typed : MacroForm.BLANK;
  }

  public List<String> priorities() {
    return Arrays.stream(Priority.values()).map(Priority::key).toList();
  }

  static String whose(Macro.Scope scope, Function<TeamId, String> teams) {
    return switch (scope) {
      case Macro.Scope.Own _ -> "yours";
      case Macro.Scope.OfTeam(var team) -> teams.apply(team);
      case Macro.Scope.All _ -> "everybody's";
    };
  }
}
