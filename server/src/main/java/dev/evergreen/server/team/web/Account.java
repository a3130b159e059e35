package dev.evergreen.server.team.web;

import dev.evergreen.server.team.ApiToken;
import dev.evergreen.server.team.OpenSession;
import dev.evergreen.server.team.SecondSteps;
import dev.evergreen.server.team.Session;
import dev.evergreen.server.team.passkey.Passkey;
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
    Keys keys,
    Elsewhere elsewhere,
    List<ApiToken> tokens,
    String newToken,
    String refusal) {
  public Account {
    sessions = List.copyOf(sessions);
    tokens = List.copyOf(tokens);
  }

  /// Their passkeys.
  ///
  /// @param asked whether one is asked for after the password
  public record Keys(List<Passkey> all, boolean asked) {
    public Keys {
      all = List.copyOf(all);
    }
  }

  /// Their account of the provider by which people sign in here.
  ///
  /// @param provider how it is called; empty when there is none
  public record Elsewhere(String provider, boolean connected) {
    static final Elsewhere NONE = new Elsewhere("", false);
  }

  /// Whether what they sign in by can be changed now.
  public boolean isOpen() {
    return session.isFresh();
  }
}
