package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// An agent who has proven who they are. Without a session yet right after the proof; the one who
/// stores it begins one.
final class SignedIn extends AbstractAuthenticationToken {
  private final transient Agent agent;
  private final transient @Nullable Session session;

  SignedIn(Agent agent, @Nullable Session session) {
    super(List.of());
    this.agent = agent;
    this.session = session;
    setAuthenticated(true);
  }

  @Nullable Session session() {
    return session;
  }

  @Override
  public Agent getPrincipal() {
    return agent;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return agent.email();
  }
}
