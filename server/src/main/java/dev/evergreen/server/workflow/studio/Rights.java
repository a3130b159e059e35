package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Editors;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// For whoever may not write workflows, the pages to write them on do not exist.
final class Rights {
  private Rights() {}

  static Agent editor(Agent agent) {
    if (!Editors.include(agent)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }
}
