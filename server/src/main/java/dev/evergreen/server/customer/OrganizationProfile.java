package dev.evergreen.server.customer;

import dev.evergreen.server.team.AgentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An organization with what the team keeps about it.
///
/// @param manager who of us looks after them
public record OrganizationProfile(
    Organization organization,
    List<String> domains,
    @Nullable Manager manager,
    String note,
    long revision) {
  public OrganizationProfile {
    domains = List.copyOf(domains);
  }

  /// The account manager.
  public record Manager(AgentId id, String name) {}
}
