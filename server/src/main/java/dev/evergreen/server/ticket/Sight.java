package dev.evergreen.server.ticket;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which tickets exist for an agent, or with which they may do something, as a condition over
/// `ticket` in SQL, for finders that ask for more than [VisibleTickets] does.
public record Sight(String condition, Map<String, Object> parameters) {
  private static final String WITH_TASK =
      """
      exists (
        select from team_task
        where team_task.ticket_id = ticket.id
          and team_task.state <> 'withdrawn'
          and (team_task.agent_id = :agent
            or team_task.team_id in (select team from membership where agent = :agent)))
      """;

  public Sight {
    parameters = Map.copyOf(parameters);
  }

  /// What one may not see one may do nothing with.
  static Sight of(Agent agent, Permission permission) {
    var parameters = new HashMap<String, Object>();
    parameters.put("agent", agent.id().value());
    var condition = condition(agent, Permission.SEE, parameters);
    if (permission != Permission.SEE) {
      condition = "(%s and %s)".formatted(condition, condition(agent, permission, parameters));
    }
    return new Sight(condition, parameters);
  }

  private static String condition(
      Agent agent, Permission permission, Map<String, Object> parameters) {
    var reach = agent.role().reach(permission);
    if (reach.everywhere() || reach.isNowhere()) {
      return reach.everywhere() ? "true" : "false";
    }
    var given = given("ticket", permission, agent);
    var any = new ArrayList<>(given);
    any.add(
        """
        exists (
          select from merge
          join ticket as whole on whole.id = merge.into_id
          where merge.ticket_id = ticket.id and (%s))
        """
            .formatted(String.join(" or ", given("whole", permission, agent))));
    if (permission.comesWithTasks()) {
      any.add(WITH_TASK);
    }
    if (!reach.teams().isEmpty()) {
      parameters.put(
          teams(permission), reach.teams().stream().map(TeamId::value).toArray(Long[]::new));
    }
    return "(" + String.join(" or ", any) + ")";
  }

  /// To whom a ticket is given that is reached.
  private static List<String> given(String ticket, Permission permission, Agent agent) {
    var reach = agent.role().reach(permission);
    var any = new ArrayList<String>();
    if (reach.own()) {
      any.add(
          "%1$s.agent_id = :agent or %1$s.team_id in (select team from membership where agent = :agent)"
              .formatted(ticket));
    }
    if (!reach.teams().isEmpty()) {
      any.add("%s.team_id = any(:%s)".formatted(ticket, teams(permission)));
    }
    return any;
  }

  private static String teams(Permission permission) {
    return permission.name().toLowerCase(java.util.Locale.ROOT) + "_teams";
  }
}
