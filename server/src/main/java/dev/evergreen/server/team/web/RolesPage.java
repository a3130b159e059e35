package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All roles beside one another: what each allows, and for which tickets.
///
/// @param held how many have each of the shipped roles, by key
public record RolesPage(List<Roles.Own> own, Map<String, Integer> held, List<Team> teams) {
  public RolesPage {
    own = List.copyOf(own);
    held = Map.copyOf(held);
    teams = List.copyOf(teams);
  }

  /// Those that can be given.
  public List<Role> roles() {
    var roles = new ArrayList<>(Role.SHIPPED);
    own.stream().filter(one -> !one.retired()).map(Roles.Own::role).forEach(roles::add);
    return roles;
  }

  public int holders(Role role) {
    return own.stream()
        .filter(one -> one.role().key().equals(role.key()))
        .map(Roles.Own::holders)
        .findAny()
        .orElseGet(() -> held.getOrDefault(role.key(), 0));
  }

  /// What a role allows, in the words of a cell; empty for nothing.
  public String words(Role role, Permission permission) {
    var reach = role.reach(permission);
    if (reach.isNowhere()) {
      return "";
    }
    if (reach.everywhere()) {
      return permission.isPlaced() ? "all" : "yes";
    }
    var words = new ArrayList<String>();
    if (reach.own()) {
      words.add("own");
    }
    teams.stream()
        .filter(team -> reach.teams().contains(team.id()))
        .map(Team::name)
        .forEach(words::add);
    return String.join(", ", words);
  }
}
