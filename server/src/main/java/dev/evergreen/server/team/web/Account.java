package dev.evergreen.server.team.web;

import dev.evergreen.server.team.ApiToken;
import dev.evergreen.server.team.OpenSession;
import dev.evergreen.server.team.SecondSteps;
import dev.evergreen.server.team.Session;
import java.util.List;

/// By what a person signs in, as they see it themselves.
///
/// @param hasPassword whether they can confirm by it that it is them
/// @param newToken one that was just made, to be shown this once; else empty
/// @param refusal why what they just asked for was not done; else empty
public record Account(
    Session session,
    boolean hasPassword,
    List<OpenSession> sessions,
    SecondSteps.State secondStep,
    List<ApiToken> tokens,
    String newToken,
    String refusal) {
  public Account {
    sessions = List.copyOf(sessions);
    tokens = List.copyOf(tokens);
  }

  /// Whether what they sign in by can be changed now.
  public boolean isOpen() {
    return session.isFresh();
  }
}
