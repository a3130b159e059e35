package dev.evergreen.server.channel;

import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Founding;
import org.springframework.stereotype.Component;

/// Who our mails say that they are from.
@Component
class House {
  private final Settings settings;

  House(Settings settings) {
    this.settings = settings;
  }

  /// The organization, as a workflow writes for it.
  String name() {
    String name = settings.get(Founding.ORGANIZATION_NAME);
    return name.isBlank() ? "Customer service" : name;
  }

  /// An agent, who writes for the organization.
  String nameOf(Agent agent) {
    return agent.name() + " · " + name();
  }
}
