package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.Consents;
import dev.evergreen.server.customer.CustomerId;
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

/// What a customer agreed to or took back, as an agent was told.
@Controller
@RequestMapping("/customers/{id}/consents")
class ConsentController {
  private final Consents consents;
  private final Answers answers;

  ConsentController(Consents consents, Answers answers) {
    this.consents = consents;
    this.answers = answers;
  }

  @PostMapping
  String tell(
      @PathVariable CustomerId id,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      @RequestParam String kind,
      @RequestParam boolean given,
      @RequestParam String how,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answers.to(
        id,
        consents.tell(id, kind, given, how, agent.actor()),
        "Noted.",
        kind,
        new Exchange(agent, request, response, model));
  }
}
