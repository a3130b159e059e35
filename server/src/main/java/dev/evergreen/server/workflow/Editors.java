package dev.evergreen.server.workflow;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;

/// Who answers for what workflows say and do. Everybody else reads.
public final class Editors {
  private Editors() {}

  public static boolean include(Agent agent) {
    return agent.may(Permission.PUBLISH);
  }
}
