package dev.evergreen.server.ticket.web;

import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.reopening.ReopenPolicy;
import org.jspecify.annotations.Nullable;

/// What one team does, as the form shows it.
///
/// @param team null for everybody
/// @param kind `always`, `never`, `within`, or `general` for a team that has not said
public record ReopenPolicyRow(@Nullable TeamId team, String name, String kind, int days) {
  private static final int USUAL_DAYS = 14;

  static ReopenPolicyRow of(@Nullable TeamId team, String name, @Nullable ReopenPolicy policy) {
    return switch (policy) {
      case null -> new ReopenPolicyRow(team, name, "general", USUAL_DAYS);
      case ReopenPolicy.Always _ -> new ReopenPolicyRow(team, name, "always", USUAL_DAYS);
      case ReopenPolicy.Never _ -> new ReopenPolicyRow(team, name, "never", USUAL_DAYS);
      case ReopenPolicy.Within(int days) -> new ReopenPolicyRow(team, name, "within", days);
    };
  }

  /// What tells its form's fields from those of others.
  public String key() {
    return team == null ? "everybody" : "" + team.value();
  }
}
