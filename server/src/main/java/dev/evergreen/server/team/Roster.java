package dev.evergreen.server.team;

import java.util.List;
import java.util.Optional;

/// Everybody, every team and every role that can be given, as an administrator sees them. Whoever
/// holds one may change what is in it: it is only handed out by [Rosters#visibleTo].
public record Roster(List<Entry> entries, List<Team> teams, List<Role> roles) {
  public Roster {
    entries = List.copyOf(entries);
    teams = List.copyOf(teams);
    roles = List.copyOf(roles);
  }

  /// One agent with their teams, and how far they have come in.
  ///
  /// @param secondStep whether they are asked for codes
  public record Entry(Agent agent, List<Team> teams, Standing standing, boolean secondStep) {
    public Entry {
      teams = List.copyOf(teams);
    }
  }

  /// How far somebody has come in.
  public enum Standing {
    ACTIVE,
    INVITED,
    /// No password and no link that is still good: needs a new one.
    UNINVITED,
    LEFT
  }

  public Optional<Entry> entry(AgentId id) {
    return entries.stream().filter(entry -> entry.agent().id().equals(id)).findAny();
  }
}
