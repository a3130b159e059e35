package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.CustomerMerges;
import dev.evergreen.server.customer.CustomerSearch;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Identities;
import dev.evergreen.server.customer.Likenesses;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
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

/// Makes two records of one person one, after a look at what becomes of them, and two again. Light
/// collaborators do not.
@Controller
@RequestMapping("/customers/{id}")
class CustomerMergeController {
  private final Customers customers;
  private final CustomerSearch search;
  private final Identities identities;
  private final Likenesses likenesses;
  private final CustomerMerges merges;
  private final Answers answers;

  CustomerMergeController(
      Customers customers,
      CustomerSearch search,
      Identities identities,
      Likenesses likenesses,
      CustomerMerges merges,
      Answers answers) {
    this.customers = customers;
    this.search = search;
    this.identities = identities;
    this.likenesses = likenesses;
    this.merges = merges;
    this.answers = answers;
  }

  @GetMapping("/merge")
  String look(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam(required = false) @Nullable CustomerId other,
      @RequestParam(name = "q", defaultValue = "") String query,
      Model model) {
    var profile = live(id);
    model.addAttribute("agent", agent);
    model.addAttribute("profile", profile);
    model.addAttribute("query", query);
    model.addAttribute(
        "found",
        query.isBlank()
            ? List.of()
            : search.beginning(query, null).rows().stream()
                .filter(row -> !row.id().equals(id))
                .limit(10)
                .toList());
    model.addAttribute(
        "preview",
        other == null
            ? null
            : merges
                .preview(other, id, identities)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "customer/merge";
  }

  @PostMapping("/merge")
  String merge(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam CustomerId other,
      @RequestParam long revision,
      @RequestParam long otherRevision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    live(id);
    return answers.to(
        id,
        merges.merge(
            new CustomerMerges.Seen(other, otherRevision),
            new CustomerMerges.Seen(id, revision),
            agent.actor()),
        "Made one. You can undo it below.",
        "",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/merges/{merge}/undoing")
  String undo(
      @PathVariable CustomerId id,
      @PathVariable long merge,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    live(id);
    if (merges.into(id).stream().noneMatch(one -> one.id() == merge)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    Outcome<?> outcome = merges.undo(merge, agent.actor());
    return answers.to(
        id, outcome, "They are two again.", "", new Exchange(agent, request, response, model));
  }

  @PostMapping("/distinct")
  String distinguish(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam CustomerId other,
      HttpServletRequest request,
      HttpServletResponse response) {
    live(id);
    likenesses.dismiss(id, other);
    Flash.say(request, response, "Two people: you will not be asked again.");
    return "redirect:/customers/" + id.value();
  }

  private Profile live(CustomerId id) {
    return customers
        .profile(id)
        .filter(Profile::isLive)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
