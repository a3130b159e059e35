package dev.evergreen.server.ticket;

import java.util.Map;

/// Which tickets exist for an agent, as a condition over `ticket` in SQL, for finders that ask for
/// more than [VisibleTickets] does.
public record Sight(String condition, Map<String, Object> parameters) {
  public Sight {
    parameters = Map.copyOf(parameters);
  }
}
