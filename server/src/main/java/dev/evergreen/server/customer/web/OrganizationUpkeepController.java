package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.OrganizationDomains;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What agents keep up about an organization.
@Controller
@RequestMapping("/organizations/{id}")
class OrganizationUpkeepController {
  private final Organizations organizations;
  private final OrganizationDomains domains;
  private final OrganizationAnswers answers;

  OrganizationUpkeepController(
      Organizations organizations, OrganizationDomains domains, OrganizationAnswers answers) {
    this.organizations = organizations;
    this.domains = domains;
    this.answers = answers;
  }

  @PostMapping("/name")
  String rename(
      @PathVariable OrganizationId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        organizations.rename(id, name, agent.actor()),
        "Renamed.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/description")
  String describe(
      @PathVariable OrganizationId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String note,
      @RequestParam(required = false) @Nullable Long manager,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        organizations.describe(
            id, note, manager == null ? null : new AgentId(manager), revision, agent.actor()),
        "Saved.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/domains")
  String addDomain(
      @PathVariable OrganizationId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String domain,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        domains.add(id, domain, agent.actor()),
        "Who writes from there first belongs here from now on.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/domains/removal")
  String removeDomain(
      @PathVariable OrganizationId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String domain,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        domains.remove(id, domain, agent.actor()),
        "Removed.",
        new Exchange(agent, request, response, model));
  }
}
