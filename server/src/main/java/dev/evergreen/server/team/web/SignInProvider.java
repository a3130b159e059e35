package dev.evergreen.server.team.web;

import dev.evergreen.server.team.SecondSteps;
import dev.evergreen.server.team.SignIns;
import dev.evergreen.server.team.SignIns.Attempt;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/// Puts the question of the sign-in form to [SignIns]. Who has a second step is not signed in yet.
/// The only one of its kind, so the framework finds it by itself; named to it once more it would be
/// asked twice, and a wrong password would count as two.
@Component
final class SignInProvider implements AuthenticationProvider {
  private final SignIns signIns;
  private final SecondSteps steps;

  SignInProvider(SignIns signIns, SecondSteps steps) {
    this.signIns = signIns;
    this.steps = steps;
  }

  @Override
  public Authentication authenticate(Authentication form) {
    var address =
        form.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    var password = form.getCredentials() instanceof String text ? text : "";
    return switch (signIns.attempt(form.getName(), password, address)) {
      case Attempt.Accepted(var agent) when steps.isAsked(agent.id()) ->
          throw new SecondStepAsked(agent);
      case Attempt.Accepted(var agent) -> new SignedIn(agent, null);
      case Attempt.Refused() -> throw new BadCredentialsException("refused");
      case Attempt.TooMany() -> throw new LockedException("too many tries from one address");
    };
  }

  @Override
  public boolean supports(Class<?> kind) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
  }
}
