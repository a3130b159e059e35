package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationMerges;
import dev.evergreen.server.customer.OrganizationProfile;
import dev.evergreen.server.customer.OrganizationSearch;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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

/// Makes two records of one organization one, after a look at what becomes of them, and two again.
@Controller
@RequestMapping("/organizations/{id}")
class OrganizationMergeController {
  private static final int MOST_FOUND = 10;

  private final Organizations organizations;
  private final OrganizationSearch search;
  private final OrganizationMerges merges;
  private final OrganizationAnswers answers;

  OrganizationMergeController(
      Organizations organizations,
      OrganizationSearch search,
      OrganizationMerges merges,
      OrganizationAnswers answers) {
    this.organizations = organizations;
    this.search = search;
    this.merges = merges;
    this.answers = answers;
  }

  @GetMapping("/merge")
  String look(
      @PathVariable OrganizationId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam(required = false) @Nullable OrganizationId other,
      @RequestParam(name = "q", defaultValue = "") String query,
      Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("profile", live(id));
    model.addAttribute("query", query);
    model.addAttribute(
        "found",
        query.isBlank()
            ? List.of()
            : search.beginning(query, null).rows().stream()
                .filter(row -> !row.id().equals(id))
                .limit(MOST_FOUND)
                .toList());
    model.addAttribute(
        "preview",
        other == null
            ? null
            : merges
                .preview(other, id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "customer/organization_merge";
  }

  @PostMapping("/merge")
  String merge(
      @PathVariable OrganizationId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam OrganizationId other,
      @RequestParam long revision,
      @RequestParam long otherRevision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    live(id);
    return answers.to(
        id,
        merges.merge(
            new OrganizationMerges.Seen(other, otherRevision),
            new OrganizationMerges.Seen(id, revision),
            agent.actor()),
        "Made one. You can undo it below.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/merges/{merge}/undoing")
  String undo(
      @PathVariable OrganizationId id,
      @PathVariable long merge,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    live(id);
    if (merges.into(id).stream().noneMatch(one -> one.id() == merge)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return answers.to(
        id,
        merges.undo(merge, agent.actor()),
        "They are two again.",
        new Exchange(agent, request, response, model));
  }

  private OrganizationProfile live(OrganizationId id) {
    return organizations
        .profile(id)
        .filter(OrganizationProfile::isLive)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
