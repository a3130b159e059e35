package dev.evergreen.server.desk.web.customer;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.retention.Retention;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// How long closed tickets keep what was said on them. For administrators.
@Controller
@RequestMapping("/settings/retention")
final class RetentionController {
  private final Retention retention;
  private final Teams teams;

  RetentionController(Retention retention, Teams teams) {
    this.retention = retention;
    this.teams = teams;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page(agent, "", model);
  }

  @PostMapping
  String add(
      Agent agent,
      @RequestParam int months,
      @RequestParam(required = false) @Nullable Long team,
      @RequestParam(defaultValue = "") String category,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    check(agent);
    var place = team == null ? null : new TeamId(team);
    return switch (retention.add(months, place, category, agent.actor())) {
      case Outcome.Accepted<Retention.Rule> _ -> {
        Flash.say(request, response, "From tomorrow on it is followed once a day.");
        yield "redirect:/settings/retention";
      }
      case Outcome.Rejected<Retention.Rule>(var reason, var detail) -> {
        response.setStatus(reason.status());
        yield page(agent, detail, model);
      }
    };
  }

  @PostMapping("/{id}/removal")
  String remove(
      Agent agent,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    check(agent);
    retention.remove(id, agent.actor());
    Flash.say(request, response, "Removed. What it has erased stays erased.");
    return "redirect:/settings/retention";
  }

  private String page(Agent agent, String refusal, Model model) {
    check(agent);
    model.addAttribute("agent", agent);
    model.addAttribute(
        "rules",
        retention.rules().stream().map(rule -> RetentionLine.of(rule, retention)).toList());
    model.addAttribute("teams", teams.all());
    model.addAttribute("refusal", refusal);
    return "desk/retention";
  }

  private static void check(Agent agent) {
    if (!agent.isAdministrator()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
