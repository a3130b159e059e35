package dev.evergreen.server.team;

import dev.evergreen.server.platform.Subject;

/// The id of a team.
public record TeamId(long value) {
  public Subject subject() {
    return new Subject("team", value);
  }

  /// The id of elements about this team on a page.
  public String domId() {
    return "team-" + value;
  }
}
