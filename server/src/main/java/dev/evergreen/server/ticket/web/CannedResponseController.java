package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.composing.CannedResponse;
import dev.evergreen.server.ticket.composing.CannedResponses;
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
import org.springframework.web.server.ResponseStatusException;

/// The team keeps up its canned responses. Everybody who answers customers may; for light
/// collaborators the page does not exist.
@Controller
@RequestMapping("/settings/canned-responses")
class CannedResponseController {
  private static final String HERE = "redirect:/settings/canned-responses";

  private final CannedResponses responses;

  CannedResponseController(CannedResponses responses) {
    this.responses = responses;
  }

  private record Exchange(
      Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}

  @GetMapping
  String list(Agent agent, Model model) {
    return page(answering(agent), CannedResponsePage.of(responses.all()), model);
  }

  @PostMapping
  String add(
      Agent agent,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String text,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        responses.add(name, text, answering(agent).actor()),
        "Added.",
        new CannedResponse(0, name, text, 0),
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}")
  String change(
      @PathVariable long id,
      Agent agent,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String text,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var wanted = new CannedResponse(id, name, text, revision);
    return answer(
        responses.change(wanted, answering(agent).actor()),
        "Saved.",
        wanted,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}/removal")
  String remove(
      @PathVariable long id,
      Agent agent,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        responses.remove(id, revision, answering(agent).actor()),
        "Removed.",
        new CannedResponse(0, "", "", 0),
        new Exchange(agent, request, response, model));
  }

  private String answer(
      Outcome<CannedResponse> outcome, String done, CannedResponse typed, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<CannedResponse> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield HERE;
      }
      case Outcome.Rejected<CannedResponse>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        yield page(
            exchange.agent(),
            CannedResponsePage.of(responses.all()).refusing(typed, detail),
            exchange.model());
      }
    };
  }

  private static String page(Agent agent, CannedResponsePage page, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("page", page);
    return "ticket/canned_responses";
  }

  private static Agent answering(Agent agent) {
    if (!agent.may(Permission.PREPARE)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }
}
