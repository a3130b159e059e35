package dev.evergreen.server.team;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an agent may, and for which tickets. Finders decide by it what exists for whom. Four come
/// with the program and stay as they are; others are made of named permissions, see [Roles].
///
/// @param key the word of a shipped role, the number of one of one's own
public record Role(String key, String label, Map<Permission, Reach> grants) {
  private static final Set<Permission> OF_AGENTS =
      EnumSet.range(Permission.SEE, Permission.PREPARE);

  private static final Set<Permission> OF_LEADS =
      EnumSet.complementOf(EnumSet.of(Permission.ADMINISTER));

  /// Runs the installation: people, channels, settings; sees everything.
  public static final Role ADMINISTRATOR =
      new Role("ADMINISTRATOR", "Administrator", everywhere(EnumSet.allOf(Permission.class)));

  /// Answers for teams: load, quality, workflows.
  public static final Role LEAD = new Role("LEAD", "Lead", everywhere(OF_LEADS));

  /// Works tickets.
  public static final Role AGENT = new Role("AGENT", "Agent", everywhere(agents()));

  /// A colleague from elsewhere who helps on single tickets, with notes and tasks: what is given to
  /// them they may also pass on and close, what is merely shared with them they may not.
  public static final Role COLLABORATOR =
      new Role(
          "COLLABORATOR",
          "Light collaborator",
          Map.of(
              Permission.SEE, Reach.OWN,
              Permission.NOTE, Reach.OWN,
              Permission.SORT, Reach.OWN,
              Permission.ASSIGN, Reach.OWN,
              Permission.CLOSE, Reach.OWN));

  public static final List<Role> SHIPPED = List.of(ADMINISTRATOR, LEAD, AGENT, COLLABORATOR);

  private static final char PLACE = '@';

  public Role {
    grants = Map.copyOf(grants);
  }

  private static Set<Permission> agents() {
    var all = EnumSet.copyOf(OF_AGENTS);
    all.add(Permission.SEE_CUSTOMERS);
    all.add(Permission.EDIT_CUSTOMERS);
    return all;
  }

  private static Map<Permission, Reach> everywhere(Set<Permission> permissions) {
    var grants = new EnumMap<Permission, Reach>(Permission.class);
    permissions.forEach(one -> grants.put(one, Reach.EVERYWHERE));
    return grants;
  }

  /// The shipped role of that word.
  public static Optional<Role> shipped(String key) {
    return SHIPPED.stream().filter(role -> role.key.equals(key)).findAny();
  }

  public boolean isShipped() {
    return shipped(key).isPresent();
  }

  /// How programs read it.
  public String word() {
    return isShipped() ? key.toLowerCase(Locale.ROOT) : label;
  }

  public Reach reach(Permission permission) {
    return grants.getOrDefault(permission, Reach.NOWHERE);
  }

  /// Whether it is granted at all, if only for some tickets.
  public boolean may(Permission permission) {
    return !reach(permission).isNowhere();
  }

  /// The same but for one permission: an administrator without administering is a lead.
  Role without(Permission permission) {
    if (equals(ADMINISTRATOR) && permission == Permission.ADMINISTER) {
      return LEAD;
    }
    var left = new EnumMap<Permission, Reach>(Permission.class);
    left.putAll(grants);
    left.remove(permission);
    return new Role(key, label, left);
  }

  /// As it is stored: `close@own`, and `open@everywhere` for what has no place.
  static List<String> words(Map<Permission, Reach> grants) {
    var words = new ArrayList<String>();
    for (var permission : Permission.values()) {
      grants
          .getOrDefault(permission, Reach.NOWHERE)
          .places()
          .forEach(place -> words.add(word(permission, place)));
    }
    return words;
  }

  static String word(Permission permission, String place) {
    return permission.key() + PLACE + place;
  }

  /// Reads what [#words] wrote. A permission that a later version no longer knows grants nothing.
  static Map<Permission, Reach> grants(Collection<String> words) {
    var grants = new EnumMap<Permission, Reach>(Permission.class);
    for (var word : words) {
      int at = word.indexOf(PLACE);
      Arrays.stream(Permission.values())
          .filter(one -> one.key().equals(word.substring(0, at)))
          .forEach(one -> grants.merge(one, Reach.of(word.substring(at + 1)), Reach::and));
    }
    return grants;
  }
}
