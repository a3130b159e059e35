package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.Founding.Charter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The first visit. Once there is an agent, this page does not exist.
@Controller
@RequestMapping("/welcome")
class WelcomeController {
  private final Founding founding;
  private final DatabaseSessions sessions;
  private final String address;

  WelcomeController(
      Founding founding,
      DatabaseSessions sessions,
      @Value("${evergreen.mail.address:}") String address) {
    this.founding = founding;
    this.sessions = sessions;
    this.address = address;
  }

  @GetMapping
  String show(Model model) {
    requireNew();
    return page(new Charter("", "", "", "", address), "", model);
  }

  @PostMapping
  String found(
      @RequestParam String organization,
      @RequestParam String name,
      @RequestParam String email,
      @RequestParam String password,
      @RequestParam(defaultValue = "") String support,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    requireNew();
    var charter =
        new Charter(organization, name, email, password, support.isBlank() ? address : support);
    return switch (founding.found(charter)) {
      case Outcome.Accepted<Agent>(Agent administrator) -> {
        sessions.begin(administrator, request, response);
        yield "redirect:/";
      }
      case Outcome.Rejected<Agent>(Outcome.Reason reason, _)
          when reason == Outcome.Reason.OUTDATED ->
          "redirect:/sign-in";
      case Outcome.Rejected<Agent>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(charter, detail, model);
      }
    };
  }

  private void requireNew() {
    if (founding.isDone()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }

  private static String page(Charter charter, String error, Model model) {
    model.addAttribute("organization", charter.organization());
    model.addAttribute("name", charter.name());
    model.addAttribute("email", charter.email());
    model.addAttribute("support", charter.support());
    model.addAttribute("error", error);
    return "team/welcome";
  }
}
