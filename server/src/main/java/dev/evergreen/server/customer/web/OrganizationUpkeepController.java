package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationProfile;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.AtLeast;
import dev.evergreen.server.team.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What agents keep up about an organization.
@Controller
@RequestMapping("/organizations/{id}")
class OrganizationUpkeepController {
  private final Organizations organizations;
  private final Agents agents;

  OrganizationUpkeepController(Organizations organizations, Agents agents) {
    this.organizations = organizations;
    this.agents = agents;
  }

  @PostMapping("/name")
  String rename(
      @PathVariable OrganizationId id,
      @AtLeast(Role.AGENT) Agent agent,
      @RequestParam String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        id,
        organizations.rename(id, name, agent.actor()),
        "Renamed.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/description")
  String describe(
      @PathVariable OrganizationId id,
      @AtLeast(Role.AGENT) Agent agent,
      @RequestParam String note,
      @RequestParam(required = false) @Nullable Long manager,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        id,
        organizations.describe(
            id, note, manager == null ? null : new AgentId(manager), revision, agent.actor()),
        "Saved.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/domains")
  String addDomain(
      @PathVariable OrganizationId id,
      @AtLeast(Role.AGENT) Agent agent,
      @RequestParam String domain,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        id,
        organizations.addDomain(id, domain, agent.actor()),
        "Who writes from there first belongs here from now on.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/domains/removal")
  String removeDomain(
      @PathVariable OrganizationId id,
      @AtLeast(Role.AGENT) Agent agent,
      @RequestParam String domain,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        id,
        organizations.removeDomain(id, domain, agent.actor()),
        "Removed.",
        new Exchange(agent, request, response, model));
  }

  private String answer(OrganizationId id, Outcome<?> outcome, String done, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<?> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/organizations/" + id.value();
      }
      case Outcome.Rejected<?>(Outcome.Reason reason, String detail) -> {
        OrganizationProfile profile =
            organizations
                .profile(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        exchange.response().setStatus(reason.status());
        exchange.model().addAttribute("agent", exchange.agent());
        exchange.model().addAttribute("profile", profile);
        exchange.model().addAttribute("agents", agents.active());
        exchange.model().addAttribute("refusal", detail);
        yield "customer/organization_refused";
      }
    };
  }
}
