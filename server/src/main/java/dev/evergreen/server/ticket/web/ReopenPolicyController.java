package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.reopening.ReopenPolicies;
import dev.evergreen.server.ticket.reopening.ReopenPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What becomes of closed tickets whose customers write again, for everybody and for single teams.
/// Leads and administrators decide it; for others there is no such page.
@Controller
@RequestMapping("/settings/reopening")
class ReopenPolicyController {
  private final ReopenPolicies policies;
  private final Teams teams;

  ReopenPolicyController(ReopenPolicies policies, Teams teams) {
    this.policies = policies;
    this.teams = teams;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page(deciding(agent), "", model);
  }

  /// @param kind as the form says it; `general` for a team that does what everybody does
  @PostMapping
  String set(
      @RequestParam(required = false) @Nullable Long team,
      @RequestParam String kind,
      @RequestParam(defaultValue = "0") int days,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    deciding(agent);
    var of =
        team == null
            ? null
            : teams
                .withId(new TeamId(team))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
                .id();
    if (of != null && kind.equals("general")) {
      policies.set(of, Optional.empty());
      return after(request, response);
    }
    return switch (ReopenPolicy.of(kind, days)) {
      case Outcome.Accepted<ReopenPolicy>(ReopenPolicy policy) -> {
        policies.set(of, Optional.of(policy));
        yield after(request, response);
      }
      case Outcome.Rejected<ReopenPolicy>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(agent, detail, model);
      }
    };
  }

  private static String after(HttpServletRequest request, HttpServletResponse response) {
    Flash.say(request, response, "Saved.");
    return "redirect:/settings/reopening";
  }

  private String page(Agent agent, String problem, Model model) {
    var said = policies.ofTeams();
    var rows = new ArrayList<ReopenPolicyRow>();
    rows.add(ReopenPolicyRow.of(null, "Everybody", policies.of(null)));
    teams
        .all()
        .forEach(team -> rows.add(ReopenPolicyRow.of(team.id(), team.name(), said.get(team.id()))));
    model.addAttribute("agent", agent);
    model.addAttribute("rows", rows);
    model.addAttribute("problem", problem);
    return "ticket/reopening";
  }

  private static Agent deciding(Agent agent) {
    if (!agent.may(Permission.SET_UP)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }
}
