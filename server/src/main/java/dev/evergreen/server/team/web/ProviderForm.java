package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.provider.Provider;
import dev.evergreen.server.team.provider.Providers;
import java.util.List;

/// The form in which a provider is connected, with what was typed into it.
///
/// @param roles that newcomers can be given
/// @param returnAddress what the provider has to be told
public record ProviderForm(
    Providers.Wanted wanted,
    State state,
    List<Role> roles,
    List<Team> teams,
    String returnAddress,
    String problem) {
  public ProviderForm {
    roles = List.copyOf(roles);
    teams = List.copyOf(teams);
  }

  /// @param connected whether there is one already
  /// @param hasSecret whether one is kept, which is never shown
  public record State(boolean connected, boolean hasSecret, long revision) {
    static final State NONE = new State(false, false, 0);

    static State of(Provider provider) {
      return new State(true, provider.hasSecret(), provider.revision());
    }
  }

  static final Providers.Wanted BLANK =
      new Providers.Wanted(
          "",
          new Provider.Client("", ""),
          "",
          true,
          new Provider.Admission(List.of(), new Provider.Claim("", ""), true, null));

  static Providers.Wanted of(Provider provider) {
    return new Providers.Wanted(
        provider.name(), provider.client(), "", provider.active(), provider.admission());
  }

  public String domains() {
    return String.join(", ", wanted.admission().domains());
  }

  public boolean gives(Role role) {
    var newcomers = wanted.admission().newcomers();
    return newcomers != null && newcomers.role().equals(role.key());
  }

  public boolean gives(Team team) {
    var newcomers = wanted.admission().newcomers();
    return newcomers != null && newcomers.teams().contains(team.id());
  }
}
