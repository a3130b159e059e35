package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.ApiToken.ApiTokenId;
import dev.evergreen.server.team.ApiToken.Scope;
import dev.evergreen.server.team.ApiTokens;
import dev.evergreen.server.team.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// One's own tokens for programs. Making one needs a fresh proof; ending one does not.
@Controller
@RequestMapping("/account/tokens")
class ApiTokenController {
  private static final Set<Integer> LIVES = Set.of(30, 90, 365);

  private final ApiTokens tokens;
  private final AccountPage account;

  ApiTokenController(ApiTokens tokens, AccountPage account) {
    this.tokens = tokens;
    this.account = account;
  }

  /// The token is part of this answer alone: no page can show it again.
  @PostMapping
  String make(
      Session session,
      @RequestParam String name,
      @RequestParam(name = "scope", defaultValue = "") Set<Scope> scopes,
      @RequestParam int days,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    if (!LIVES.contains(days)) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    return switch (tokens.make(session.agent(), name, scopes, Duration.ofDays(days))) {
      case Outcome.Accepted<String>(String token) -> account.showToken(session, token, model);
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield account.show(session, detail, model);
      }
    };
  }

  @PostMapping("/{id}/revocation")
  String revoke(
      Session session,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!tokens.revoke(session.agent(), new ApiTokenId(id))) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return AccountPage.after("The token is revoked.", request, response);
  }
}
