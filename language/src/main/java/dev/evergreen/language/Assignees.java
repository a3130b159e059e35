package dev.evergreen.language;

import dev.evergreen.engine.DoStep.Assignee;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who is asked, as people write and read it. A file can name everybody but one person: people come
/// and go, and a workflow stays.
public final class Assignees {
  /// The key of a team, or of the queue in which its work waits.
  static final String KEY = "[a-z][a-z0-9-]*";

  static final String RESPONSIBLE = "responsible";
  private static final Pattern TEAM = Pattern.compile("team (" + KEY + ")");
  private static final Pattern QUEUE = Pattern.compile("queue (" + KEY + ")");

  /// For those who check a file without reading it.
  static final String PATTERN = "((team|queue) %s|%s)".formatted(KEY, RESPONSIBLE);

  private Assignees() {}

  /// Empty for what a file cannot say.
  public static Optional<Assignee> read(String written) {
    var queue = QUEUE.matcher(written);
    if (queue.matches()) {
      return Optional.of(new Assignee.Queue(queue.group(1)));
    }
    return written.equals(RESPONSIBLE)
        ? Optional.of(new Assignee.Responsible())
        : team(written).map(Assignee.Team::new);
  }

  /// The key of a team that is written like one.
  static Optional<String> team(String written) {
    return Optional.of(TEAM.matcher(written))
        .filter(it -> it.matches())
        .map(matcher -> matcher.group(1));
  }

  /// The key of the team whose people do it, where it is always the same one.
  public static Optional<String> teamAsked(Assignee by) {
    return switch (by) {
      case Assignee.Team team -> Optional.of(team.key());
      case Assignee.Queue queue -> Optional.of(queue.key());
      case Assignee.Responsible _, Assignee.Person _ -> Optional.empty();
    };
  }

  /// `team frontline`, as files have it.
  public static String written(Assignee by) {
    return switch (by) {
      case Assignee.Team team -> "team " + team.key();
      case Assignee.Queue queue -> "queue " + queue.key();
      case Assignee.Responsible _ -> RESPONSIBLE;
      case Assignee.Person person ->
          throw new IllegalArgumentException(
              "expected a team, a queue or `responsible` in a file, but found person "
                  + person.id());
    };
  }

  /// “Team frontline”, as people read it.
  public static String inWords(Assignee by) {
    return switch (by) {
      case Assignee.Team team -> "Team " + Plain.words(team.key());
      case Assignee.Queue queue -> "Queue " + Plain.words(queue.key());
      case Assignee.Responsible _ -> "Whoever is responsible";
      case Assignee.Person _ -> "One person";
    };
  }
}
