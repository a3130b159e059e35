package dev.evergreen.server.desk.web.customer;

import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationMerges;
import dev.evergreen.server.customer.OrganizationSearch;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Tickets;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/// An organization with its people and what they asked, as far as the reader may see it.
@Controller
final class OrganizationController {
  private static final int MOST_TICKETS = 25;
  private static final int MOST_PEOPLE = 200;

  private final Organizations organizations;
  private final OrganizationSearch search;
  private final Tickets tickets;
  private final Agents agents;
  private final CustomerFields fields;
  private final OrganizationMerges merges;

  OrganizationController(
      Organizations organizations,
      OrganizationSearch search,
      Tickets tickets,
      Agents agents,
      CustomerFields fields,
      OrganizationMerges merges) {
    this.organizations = organizations;
    this.search = search;
    this.tickets = tickets;
    this.agents = agents;
    this.fields = fields;
    this.merges = merges;
  }

  @GetMapping("/organizations/{id}")
  String show(
      @PathVariable OrganizationId id, @May(Permission.SEE_CUSTOMERS) Agent agent, Model model) {
    model.addAttribute("agent", agent);
    var profile =
        organizations
            .profile(id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    var merged = profile.mergedInto();
    if (merged != null) {
      return "redirect:/organizations/" + merged.value();
    }
    model.addAttribute("profile", profile);
    model.addAttribute("merged", merges.into(id));
    model.addAttribute("fields", fields.of(Holder.ORGANIZATION, profile.organization().fields()));
    model.addAttribute("people", search.members(id, MOST_PEOPLE));
    model.addAttribute("agents", agents.active());
    model.addAttribute(
        "tickets",
        tickets.visibleTo(agent).of(id, MOST_TICKETS).stream()
            .map(row -> OrganizationTicket.of(row))
            .toList());
    return "desk/organization_page";
  }
}
