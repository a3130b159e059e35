package dev.evergreen.server.customer;

import dev.evergreen.server.team.AgentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An organization with what the team keeps about it.
///
/// @param manager who of us looks after them
/// @param mergedInto the record that has all that was this one's; null for one that stands alone
public record OrganizationProfile(
    Organization organization,
    List<String> domains,
    @Nullable Manager manager,
    String note,
    @Nullable OrganizationId mergedInto,
    long revision) {
  public OrganizationProfile {
    domains = List.copyOf(domains);
  }

  /// Not merged into another: one that may still be changed.
  public boolean isLive() {
    return mergedInto == null;
  }

  /// The account manager.
  public record Manager(AgentId id, String name) {}
}
