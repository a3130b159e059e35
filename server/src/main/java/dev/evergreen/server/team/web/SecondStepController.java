package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.SecondSteps;
import dev.evergreen.server.team.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Turning one's own second step on and off. Only soon after one has proven who one is.
@Controller
@RequestMapping("/account/second-step")
class SecondStepController {
  private final SecondSteps steps;
  private final AccountPage account;

  SecondStepController(SecondSteps steps, AccountPage account) {
    this.steps = steps;
    this.account = account;
  }

  @PostMapping
  String begin(Session session, HttpServletRequest request, HttpServletResponse response) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    steps.begin(session.agent());
    return "redirect:/account/second-step";
  }

  @GetMapping
  String show(
      Session session, HttpServletRequest request, HttpServletResponse response, Model model) {
    return session.isFresh()
        ? page(session.agent(), "", model)
        : AccountPage.confirmFirst(request, response);
  }

  private String page(Agent agent, String error, Model model) {
    return steps
        .enrolment(agent)
        .map(enrolment -> {
          model.addAttribute("agent", agent);
          model.addAttribute("enrolment", enrolment);
          model.addAttribute("picture", QrCode.of(enrolment.address()));
          model.addAttribute("error", error);
          return "team/second_step";
        })
        .orElse("redirect:" + AccountPage.PATH);
  }

  @PostMapping("/confirmation")
  String confirm(
      Session session,
      @RequestParam String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    return switch (steps.confirm(session.agent(), code)) {
      case Outcome.Accepted<List<String>>(List<String> codes) ->
          codes(session.agent(), codes, model);
      case Outcome.Rejected<List<String>>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(session.agent(), detail, model);
      }
    };
  }

  @PostMapping("/recovery-codes")
  String renewCodes(
      Session session, HttpServletRequest request, HttpServletResponse response, Model model) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    return switch (steps.renewCodes(session.agent())) {
      case Outcome.Accepted<List<String>>(List<String> codes) ->
          codes(session.agent(), codes, model);
      case Outcome.Rejected<List<String>>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield account.show(session, detail, model);
      }
    };
  }

  /// The codes are part of this answer alone: no page can show them again.
  private static String codes(Agent agent, List<String> codes, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("codes", codes);
    return "team/recovery_codes";
  }

  @PostMapping("/removal")
  String remove(
      Session session, HttpServletRequest request, HttpServletResponse response, Model model) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    var agent = session.agent();
    return switch (steps.remove(agent.id(), agent.actor())) {
      case Outcome.Accepted<?> _ ->
          AccountPage.after("Your password alone signs you in now.", request, response);
      case Outcome.Rejected<?>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield account.show(session, detail, model);
      }
    };
  }
}
