package dev.evergreen.server.ticket.view;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;

/// For whom a view is there; for everybody else it is not.
public sealed interface Audience {
  /// It comes with the program.
  record Shipped() implements Audience {}

  record Own(AgentId owner) implements Audience {}

  record OfTeam(TeamId team) implements Audience {}

  record Everybody() implements Audience {}
}
