package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Agent;
import org.springframework.security.core.AuthenticationException;

/// The password was right, and a code is asked for as well: nobody is signed in yet.
final class SecondStepAsked extends AuthenticationException {
  private static final long serialVersionUID = 1;

  private final transient Agent agent;

  SecondStepAsked(Agent agent) {
    super("a code is asked for");
    this.agent = agent;
  }

  Agent agent() {
    return agent;
  }
}
