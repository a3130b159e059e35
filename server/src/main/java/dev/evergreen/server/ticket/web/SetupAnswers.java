package dev.evergreen.server.ticket.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// How the pages on which tickets are set up answer. For whoever may not set anything up they do
/// not exist.
final class SetupAnswers {
  private SetupAnswers() {}

  /// Administrators and leads keep the lists by which tickets are sorted.
  static Agent leading(Agent agent) {
    if (!agent.may(Permission.SET_UP)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }

  static Agent administering(Agent agent) {
    if (!agent.isAdministrator()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }
}
