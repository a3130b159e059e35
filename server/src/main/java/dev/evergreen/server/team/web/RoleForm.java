package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Reach;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import java.util.List;
import java.util.Map;

/// The matrix in which a role is made: what it allows down, for which tickets across.
///
/// @param id of the role; 0 for one that is not made yet
/// @param revision what of it was seen
/// @param problem why it was not saved
public record RoleForm(
    long id,
    long revision,
    String name,
    Map<Permission, Reach> grants,
    List<Team> teams,
    boolean retired,
    String problem) {
  public RoleForm {
    grants = Map.copyOf(grants);
    teams = List.copyOf(teams);
  }

  static RoleForm copyOf(Role role, List<Team> teams) {
    return new RoleForm(
        0,
        0,
        "Copy of " + role.label().toLowerCase(java.util.Locale.ROOT),
        role.grants(),
        teams,
        false,
        "");
  }

  static RoleForm of(Roles.Own own, List<Team> teams) {
    var role = own.role();
    return new RoleForm(
        Long.parseLong(role.key()),
        own.revision(),
        role.label(),
        role.grants(),
        teams,
        own.retired(),
        "");
  }

  RoleForm refused(Roles.Wanted wanted, String why) {
    return new RoleForm(id, revision, wanted.name(), wanted.grants(), teams, retired, why);
  }

  public boolean isNew() {
    return id == 0;
  }

  public String path() {
    return isNew() ? "/settings/roles" : "/settings/roles/" + id;
  }

  private Reach reach(Permission permission) {
    return grants.getOrDefault(permission, Reach.NOWHERE);
  }

  public boolean isEverywhere(Permission permission) {
    return reach(permission).everywhere();
  }

  public boolean isOwn(Permission permission) {
    return reach(permission).own();
  }

  public boolean isFor(Permission permission, TeamId team) {
    return reach(permission).teams().contains(team);
  }
}
