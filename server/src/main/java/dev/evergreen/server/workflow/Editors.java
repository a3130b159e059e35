package dev.evergreen.server.workflow;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;

/// Who answers for what workflows say and do: leads and administrators. Everybody else reads.
public final class Editors {
  private Editors() {}

  public static boolean include(Agent agent) {
    return agent.active() && (agent.role() == Role.ADMINISTRATOR || agent.role() == Role.LEAD);
  }
}
