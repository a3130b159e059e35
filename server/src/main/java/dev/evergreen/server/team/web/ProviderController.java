package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Session;
import dev.evergreen.server.team.provider.ProviderAccounts;
import dev.evergreen.server.team.provider.ProviderSignIns;
import dev.evergreen.server.team.provider.ProviderSignIns.Arrival;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The way to the provider and back, to sign in or to connect an account with one's own.
@Controller
class ProviderController {
  static final String RETURN = "/sign-in/provider/return";

  private final ProviderSignIns signIns;
  private final ProviderAccounts accounts;
  private final Entrance entrance;
  private final SignInController page;

  ProviderController(
      ProviderSignIns signIns,
      ProviderAccounts accounts,
      Entrance entrance,
      SignInController page) {
    this.signIns = signIns;
    this.accounts = accounts;
    this.entrance = entrance;
    this.page = page;
  }

  @GetMapping("/sign-in/provider")
  String leave(
      @RequestParam(defaultValue = "") String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    return leave(null, ReturnPath.of(next), request, response);
  }

  /// Only soon after one has proven who one is.
  @PostMapping("/account/provider")
  String connect(Session session, HttpServletRequest request, HttpServletResponse response) {
    return session.isFresh()
        ? leave(session.agent().id(), AccountPage.PATH, request, response)
        : AccountPage.confirmFirst(request, response);
  }

  @PostMapping("/account/provider/removal")
  String disconnect(Session session, HttpServletRequest request, HttpServletResponse response) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    accounts.unlink(session.agent());
    return AccountPage.after("That account no longer signs you in.", request, response);
  }

  private String leave(
      @Nullable AgentId connecting,
      String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    var departure =
        signIns
            .depart(connecting, next, returnAddress())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    OwnCookie.PROVIDER.write(request, response, departure.token());
    return "redirect:" + departure.address();
  }

  @GetMapping(RETURN)
  String comeBack(
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String error,
      @RequestParam(name = "error_description", defaultValue = "") String why,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var token = OwnCookie.PROVIDER.read(request).orElse("");
    OwnCookie.PROVIDER.clear(request, response);
    return switch (signIns.arrive(
        token, new ProviderSignIns.Answer(state, code, error, why), returnAddress())) {
      case Arrival.Accepted(var agent, var next, var connected) when connected -> {
        Flash.say(request, response, "Connected: it signs you in from now on.");
        yield "redirect:" + next;
      }
      case Arrival.Accepted(var agent, var next, _) ->
          "redirect:" + entrance.admit(agent, next, request, response);
      case Arrival.Refused(var said) -> {
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        yield page.refused(said, model);
      }
    };
  }

  static String returnAddress() {
    return ServletUriComponentsBuilder.fromCurrentContextPath().path(RETURN).toUriString();
  }
}
