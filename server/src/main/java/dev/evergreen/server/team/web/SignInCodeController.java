package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.PendingSignIns;
import dev.evergreen.server.team.PendingSignIns.Attempt;
import dev.evergreen.server.team.SecondSteps;
import dev.evergreen.server.team.SecondSteps.Answer;
import dev.evergreen.server.team.passkey.Passkeys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The second step of a sign-in. Without a first there is no such page.
@Controller
@RequestMapping("/sign-in/code")
class SignInCodeController {
  private static final String REFUSED =
      "This code is not good. Type the one that your device shows now, or a recovery code that you"
          + " have not used.";
  private static final String TOO_MANY =
      "There were too many wrong codes. Wait a quarter of an hour, then try again.";

  private final PendingSignIns pending;
  private final Entrance entrance;
  private final SecondSteps steps;
  private final Passkeys passkeys;

  SignInCodeController(
      PendingSignIns pending, Entrance entrance, SecondSteps steps, Passkeys passkeys) {
    this.pending = pending;
    this.entrance = entrance;
    this.steps = steps;
    this.passkeys = passkeys;
  }

  @GetMapping
  String show(HttpServletRequest request, Model model) {
    return OwnCookie.SECOND_STEP
        .read(request)
        .flatMap(pending::find)
        .map(one -> page(one.agent(), "", model))
        .orElse("redirect:/sign-in");
  }

  @PostMapping
  String take(
      @RequestParam String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var token = OwnCookie.SECOND_STEP.read(request).orElse("");
    var whose = pending.find(token);
    return switch (pending.attempt(token, code)) {
      case Attempt.Accepted(var signIn) ->
          "redirect:" + entrance.admitFully(signIn.agent(), signIn.next(), request, response);
      case Attempt.Refused(var answer) -> {
        var tooMany = answer == Answer.TOO_MANY;
        var status = tooMany ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNAUTHORIZED;
        response.setStatus(status.value());
        yield page(whose.orElseThrow().agent(), tooMany ? TOO_MANY : REFUSED, model);
      }
      case Attempt.TooLate() -> "redirect:/sign-in";
    };
  }

  private String page(Agent agent, String error, Model model) {
    model.addAttribute("error", error);
    model.addAttribute("byCode", steps.isOn(agent.id()));
    model.addAttribute("byPasskey", !passkeys.of(agent.id()).isEmpty());
    return "team/sign_in_code";
  }
}
