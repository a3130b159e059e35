package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Session;
import dev.evergreen.server.team.SessionId;
import dev.evergreen.server.team.Sessions;
import dev.evergreen.server.team.SignIns;
import dev.evergreen.server.team.SignIns.Attempt;
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

/// One's own sign-in: where one is signed in, and the password.
@Controller
@RequestMapping(AccountPage.PATH)
class AccountController {
  private static final String WRONG_PASSWORD =
      "This is not your password. After several tries it rests for some minutes.";

  private final AccountPage page;
  private final Sessions sessions;
  private final SignIns signIns;
  private final Passwords passwords;
  private final DatabaseSessions browser;

  AccountController(
      AccountPage page,
      Sessions sessions,
      SignIns signIns,
      Passwords passwords,
      DatabaseSessions browser) {
    this.page = page;
    this.sessions = sessions;
    this.signIns = signIns;
    this.passwords = passwords;
    this.browser = browser;
  }

  @GetMapping
  String show(Session session, Model model) {
    return page.show(session, model);
  }

  @PostMapping("/confirmation")
  String confirm(
      Session session,
      @RequestParam String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return switch (proven(session, password, request)) {
      case Attempt.Accepted _ -> {
        sessions.freshen(session.id());
        yield AccountPage.after(
            "Now it can be changed, for a quarter of an hour.", request, response);
      }
      case Attempt.Refused() ->
          refused(session, WRONG_PASSWORD, HttpStatus.FORBIDDEN, response, model);
      case Attempt.TooMany() ->
          refused(
              session, SignInController.TOO_MANY, HttpStatus.TOO_MANY_REQUESTS, response, model);
    };
  }

  /// Whoever changes the password is signed out everywhere else.
  @PostMapping("/password")
  String changePassword(
      Session session,
      @RequestParam String current,
      @RequestParam("new") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return switch (proven(session, current, request)) {
      case Attempt.Accepted _ -> set(session, password, request, response, model);
      case Attempt.Refused() ->
          refused(session, WRONG_PASSWORD, HttpStatus.FORBIDDEN, response, model);
      case Attempt.TooMany() ->
          refused(
              session, SignInController.TOO_MANY, HttpStatus.TOO_MANY_REQUESTS, response, model);
    };
  }

  private String set(
      Session session,
      String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var agent = session.agent();
    return switch (passwords.set(agent.id(), password, agent.actor())) {
      case Outcome.Accepted<Agent> _ -> {
        browser.begin(agent, request, response);
        yield AccountPage.after(
            "Your password is changed. You are signed out everywhere else.", request, response);
      }
      case Outcome.Rejected<Agent>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page.show(session, detail, model);
      }
    };
  }

  private Attempt proven(Session session, String password, HttpServletRequest request) {
    return signIns.attempt(session.agent().email(), password, request.getRemoteAddr());
  }

  private String refused(
      Session session, String why, HttpStatus status, HttpServletResponse response, Model model) {
    response.setStatus(status.value());
    return page.show(session, why, model);
  }

  @PostMapping("/sessions/{id}/ending")
  String end(
      Session session,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!sessions.end(session.agent(), new SessionId(id))) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return AccountPage.after("Signed out there.", request, response);
  }

  @PostMapping("/other-sessions/ending")
  String endOthers(Session session, HttpServletRequest request, HttpServletResponse response) {
    sessions.endOthers(session);
    return AccountPage.after("You are signed in here only.", request, response);
  }
}
