package dev.evergreen.server.team;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// For which tickets something is granted.
///
/// @param own for those given to the person or to a team of theirs
/// @param teams for those of these teams, whosever the person is
public record Reach(boolean everywhere, boolean own, Set<TeamId> teams) {
  public static final Reach NOWHERE = new Reach(false, false, Set.of());
  public static final Reach EVERYWHERE = new Reach(true, false, Set.of());
  public static final Reach OWN = new Reach(false, true, Set.of());

  static final String EVERYWHERE_WORD = "everywhere";
  static final String OWN_WORD = "own";

  public Reach {
    teams = Set.copyOf(teams);
  }

  public boolean isNowhere() {
    return !everywhere && !own && teams.isEmpty();
  }

  Reach and(Reach other) {
    return new Reach(
        everywhere || other.everywhere,
        own || other.own,
        Stream.concat(teams.stream(), other.teams.stream()).collect(Collectors.toSet()));
  }

  /// One place of it by its word: `everywhere`, `own`, or the number of a team.
  static Reach of(String place) {
    return switch (place) {
      case EVERYWHERE_WORD -> EVERYWHERE;
      case OWN_WORD -> OWN;
      default -> new Reach(false, false, Set.of(new TeamId(Long.parseLong(place))));
    };
  }

  /// The words of its places; everywhere needs no other.
  List<String> places() {
    if (everywhere) {
      return List.of(EVERYWHERE_WORD);
    }
    var ordered = new TreeSet<Long>();
    teams.forEach(team -> ordered.add(team.value()));
    return Stream.concat(
            own ? Stream.of(OWN_WORD) : Stream.empty(), ordered.stream().map(String::valueOf))
        .toList();
  }
}
