package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.PendingSignIns;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets in whoever has just proven who they are, or asks them for their second step first.
@Component
final class Entrance {
  private final DatabaseSessions sessions;
  private final PendingSignIns pending;

  Entrance(DatabaseSessions sessions, PendingSignIns pending) {
    this.sessions = sessions;
    this.pending = pending;
  }

  /// Takes a password, or a link in its place, as proof.
  ///
  /// @param next where the person wanted to go
  /// @return the path to lead them to now
  String admit(
      Agent agent,
      @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    var path = ReturnPath.of(next);
    return pending
        .begin(agent, path)
        .map(token -> {
          OwnCookie.SECOND_STEP.write(request, response, token);
          return "/sign-in/code";
        })
        .orElseGet(() -> admitFully(agent, path, request, response));
  }

  /// Takes a proof that needs no second: begins a session.
  String admitFully(
      Agent agent,
      @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    OwnCookie.SECOND_STEP.clear(request, response);
    sessions.begin(agent, request, response);
    return ReturnPath.of(next);
  }
}
