package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.api.ApiCall;
import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;

/// Who calls: two programs that act for the same agent share their keys, as two windows would.
final class Callers {
  private Callers() {}

  static ApiCall call(HttpServletRequest request, Agent agent) {
    return ApiCall.of(request, "agent " + agent.id().value());
  }
}
