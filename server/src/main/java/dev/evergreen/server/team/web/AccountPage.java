package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.ApiTokens;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.SecondSteps;
import dev.evergreen.server.team.Session;
import dev.evergreen.server.team.Sessions;
import dev.evergreen.server.team.passkey.Passkeys;
import dev.evergreen.server.team.provider.ProviderAccounts;
import dev.evergreen.server.team.provider.Providers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// The page about one's own sign-in, which several forms lead back to.
@Component
final class AccountPage {
  static final String PATH = "/account";

  private final Sessions sessions;
  private final Passwords passwords;
  private final SecondSteps steps;
  private final ApiTokens tokens;
  private final Passkeys passkeys;
  private final Providers providers;
  private final ProviderAccounts accounts;

  AccountPage(
      Sessions sessions,
      Passwords passwords,
      SecondSteps steps,
      ApiTokens tokens,
      Passkeys passkeys,
      Providers providers,
      ProviderAccounts accounts) {
    this.sessions = sessions;
    this.passwords = passwords;
    this.steps = steps;
    this.tokens = tokens;
    this.passkeys = passkeys;
    this.providers = providers;
    this.accounts = accounts;
  }

  String show(Session session, Model model) {
    return show(session, "", "", model);
  }

  /// Says why something was not done.
  String show(Session session, String refusal, Model model) {
    return show(session, "", refusal, model);
  }

  /// Shows a new token, this once.
  String showToken(Session session, String token, Model model) {
    return show(session, token, "", model);
  }

  private String show(Session session, String token, String refusal, Model model) {
    var agent = session.agent();
    model.addAttribute("agent", agent);
    model.addAttribute(
        "account",
        new Account(
            session,
            passwords.has(agent.id()),
            sessions.of(agent.id()),
            steps.of(agent.id()),
            new Account.Keys(passkeys.of(agent.id()), steps.isAskedForPasskey(agent.id())),
            elsewhere(agent),
            tokens.of(agent.id()),
            token,
            refusal));
    return "team/account";
  }

  private Account.Elsewhere elsewhere(Agent agent) {
    return providers
        .open()
        .map(one -> new Account.Elsewhere(one.name(), accounts.isLinked(agent.id(), one)))
        .orElse(Account.Elsewhere.NONE);
  }

  /// Leads back to the page, which says what was done.
  static String after(String done, HttpServletRequest request, HttpServletResponse response) {
    Flash.say(request, response, done);
    return "redirect:" + PATH;
  }

  /// Leads to the page to confirm first that it is them, whose proof has grown old.
  static String confirmFirst(HttpServletRequest request, HttpServletResponse response) {
    return after("Confirm first that it is you.", request, response);
  }
}
