package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.PasswordLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Asking for a link to set a password, and the page behind such a link, whether it was asked for
/// or came with an invitation: somebody sets their password and is let in.
@Controller
@RequestMapping("/password")
class PasswordController {
  private final PasswordLinks links;
  private final Entrance entrance;

  PasswordController(PasswordLinks links, Entrance entrance) {
    this.links = links;
    this.entrance = entrance;
  }

  @GetMapping
  String ask(Model model) {
    return asking("", model);
  }

  /// The answer is the same whoever is asked for.
  @PostMapping
  String send(
      @RequestParam String email,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    if (links.sendReset(email, request.getRemoteAddr())) {
      return "team/password_sent";
    }
    response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
    return asking(SignInController.TOO_MANY, model);
  }

  private String asking(String error, Model model) {
    model.addAttribute("possible", links.canReset());
    model.addAttribute("error", error);
    return "team/password_forgotten";
  }

  @GetMapping("/{token}")
  String show(@PathVariable String token, HttpServletResponse response, Model model) {
    return links
        .good(token)
        .map(link -> page(link, token, "", model))
        .orElseGet(() -> noLongerGood(response));
  }

  @PostMapping("/{token}")
  String accept(
      @PathVariable String token,
      @RequestParam String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return switch (links.accept(token, password)) {
      case Outcome.Accepted<Agent>(Agent agent) ->
          "redirect:" + entrance.admit(agent, "/", request, response);
      case Outcome.Rejected<Agent>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield links
            .good(token)
            .map(link -> page(link, token, detail, model))
            .orElseGet(() -> noLongerGood(response));
      }
    };
  }

  private static String page(PasswordLinks.Link link, String token, String error, Model model) {
    model.addAttribute("link", link);
    model.addAttribute("token", token);
    model.addAttribute("error", error);
    return "team/password";
  }

  private static String noLongerGood(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    return "team/password_gone";
  }
}
