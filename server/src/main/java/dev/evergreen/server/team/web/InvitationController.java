package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Invitations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The page behind an invitation's link: somebody sets their password and is signed in.
@Controller
@RequestMapping("/invitations/{token}")
class InvitationController {
  private final Invitations invitations;
  private final DatabaseSessions sessions;

  InvitationController(Invitations invitations, DatabaseSessions sessions) {
    this.invitations = invitations;
    this.sessions = sessions;
  }

  @GetMapping
  String show(@PathVariable String token, HttpServletResponse response, Model model) {
    return invitations
        .invited(token)
        .map(agent -> page(agent, token, "", model))
        .orElseGet(() -> noLongerGood(response));
  }

  @PostMapping
  String accept(
      @PathVariable String token,
      @RequestParam String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return switch (invitations.accept(token, password)) {
      case Outcome.Accepted<Agent>(Agent agent) -> {
        sessions.begin(agent, request, response);
        yield "redirect:/";
      }
      case Outcome.Rejected<Agent>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield invitations
            .invited(token)
            .map(agent -> page(agent, token, detail, model))
            .orElseGet(() -> noLongerGood(response));
      }
    };
  }

  private static String page(Agent agent, String token, String error, Model model) {
    model.addAttribute("invited", agent);
    model.addAttribute("token", token);
    model.addAttribute("error", error);
    return "team/invitation";
  }

  private static String noLongerGood(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    return "team/invitation_gone";
  }
}
