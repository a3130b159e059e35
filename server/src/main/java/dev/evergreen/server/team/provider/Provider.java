package dev.evergreen.server.team.provider;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.team.TeamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where people of the organization prove who they are, and who of them may come in.
///
/// @param configuration what it said of itself when it was looked at last, as JSON
/// @param hasSecret whether it knows us by a secret, too
public record Provider(
    String name,
    Client client,
    String configuration,
    boolean hasSecret,
    boolean active,
    Admission admission,
    long revision) {

  /// By what it knows us.
  ///
  /// @param issuer its address, which its tokens name
  public record Client(String issuer, String id) {}

  /// Who may come in.
  ///
  /// @param domains whose addresses may; empty for every domain
  /// @param claim what the provider must say of a person; empty for nothing
  /// @param linksByAddress whether people who are here already are known by their verified address
  /// @param newcomers what somebody gets who is not here yet; null when they may not come in
  public record Admission(
      List<String> domains, Claim claim, boolean linksByAddress, @Nullable Newcomers newcomers) {
    public Admission {
      domains = List.copyOf(domains);
    }

    boolean allows(EmailAddress address) {
      return domains.isEmpty() || domains.contains(address.domain());
    }
  }

  /// Something that the provider says of a person: `groups` contains `support`.
  public record Claim(String name, String value) {
    public boolean isAsked() {
      return !name.isEmpty();
    }
  }

  /// @param role by its key
  public record Newcomers(String role, List<TeamId> teams) {
    public Newcomers {
      teams = List.copyOf(teams);
    }
  }

  /// Under which its answers are encrypted and its secret is kept.
  static final String KEY = "sign-in-provider";
}
