package dev.evergreen.bench;

import java.io.IOException;
import java.util.List;

/// The agents and teams whose tickets [Years] tells of. The first agent is the administrator, as
/// whom the pages are asked for, so that lists of one's own have something to show.
final class Company {
  static final int AGENTS = 20;
  static final String PASSWORD = "bench bench bench";
  private static final List<String> TEAMS = List.of("frontline", "workshop", "accounts");

  private Company() {}

  static String nameOf(int agent) {
    return agent == 0 ? "Ada" : "Agent " + agent;
  }

  static String addressOf(int agent) {
    return (agent == 0 ? "ada" : "agent" + agent) + "@ridgeline.example";
  }

  static String teamOf(int agent) {
    return TEAMS.get(agent % TEAMS.size());
  }

  /// Makes them in an empty installation; signs in where they are already.
  static void found(Product product) throws IOException, InterruptedException {
    if (!product.found(nameOf(0), addressOf(0), PASSWORD)) {
      return;
    }
    for (var team : TEAMS) {
      product.send("/settings/team/teams", "key=%s&title=%s".formatted(team, team));
    }
    for (int agent = 1; agent < AGENTS; agent++) {
      product.send(
          "/settings/team/agents",
          "name=%s&email=%s&role=AGENT"
              .formatted(Product.encode(nameOf(agent)), Product.encode(addressOf(agent))));
    }
  }
}
