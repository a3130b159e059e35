package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Identities;
import dev.evergreen.server.customer.Identity.Kind;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What a customer is recognized by.
@Controller
@RequestMapping("/customers/{id}/identities")
class IdentityController {
  private final Identities identities;
  private final Answers answers;

  IdentityController(Identities identities, Answers answers) {
    this.identities = identities;
    this.answers = answers;
  }

  @PostMapping
  String add(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam Kind kind,
      @RequestParam String value,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        identities.add(id, kind, value, agent.actor()),
        kind == Kind.ADDRESS ? "Mail from this address is recognized from now on." : "Added.",
        value,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/removal")
  String remove(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam Kind kind,
      @RequestParam String value,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        identities.remove(id, kind, value, agent.actor()),
        "Removed.",
        "",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/verification")
  String verify(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam Kind kind,
      @RequestParam String value,
      @RequestParam boolean sure,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        identities.verify(id, kind, value, sure, agent.actor()),
        sure ? "Verified." : "No longer verified.",
        "",
        new Exchange(agent, request, response, model));
  }
}
