package dev.evergreen.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of a run when it follows another version of its workflow from here: first a preview
/// for a person to look at, then, as [Input.Migrate], exactly what is done.
///
/// @param to the version to follow
/// @param chosen which step of it stands for which step of the present one, by ids, where a person
///   knows better than [Matching]
/// @param moves what becomes of each open visit, in the order of their numbers
public record Migration(Definition to, Map<String, String> chosen, List<Move> moves) {

  public Migration {
    chosen = Map.copyOf(chosen);
    moves = List.copyOf(moves);
  }

  /// What becomes of one open visit; `step` is where it stands at present.
  public sealed interface Move {
    int activation();

    String step();

    /// It stays where it is.
    record Kept(int activation, String step) implements Move {}

    /// It goes on as the same step, which has another place there.
    record Moved(int activation, String step, String to) implements Move {}

    /// The step is no longer there: what is open of it is withdrawn.
    ///
    /// @param goesOnAt the step that the run goes on at; null when it goes on as if what is around
    ///   the step had come to its end, or when it goes on elsewhere
    record Withdrawn(int activation, String step, @Nullable String goesOnAt) implements Move {}

    /// There is no place for it there, so the run cannot follow that version now.
    ///
    /// @param activation 0 when it is not about an open visit
    record Impossible(int activation, String step, String reason) implements Move {}
  }

  /// What would become of the run.
  ///
  /// @throws IllegalArgumentException when `to` is not a version of the same workflow, or `chosen`
  ///   names steps of different kinds
  /// @throws IllegalStateException when `from` is not the run's version, or `chosen` names a step
  ///   that is not there
  public static Migration preview(
      Definition from, Definition to, Run run, Map<String, String> chosen) {
    if (!from.name().equals(to.name())) {
      throw new IllegalArgumentException(
          "expected another version of %s, but found %s".formatted(from.name(), to));
    }
    return new Migration(to, chosen, new MigrationPlan(from, to, run, chosen).moves());
  }

  public boolean isPossible() {
    return moves.stream().noneMatch(Move.Impossible.class::isInstance);
  }

  /// Carries it out, when it is still what would become of the run.
  Decision carryOut(Walk walk, String by) {
    var plan = new MigrationPlan(walk.definition(), to, walk.run(), chosen);
    if (!plan.moves().equals(moves)) {
      return new Decision.Rejected(
          Decision.Reason.WRONG_MOMENT,
          "expected the run to be as it was in the preview, but it has gone on");
    }
    for (Move move : moves) {
      if (move instanceof Move.Impossible impossible) {
        return new Decision.Rejected(
            Decision.Reason.WRONG_MOMENT,
            "expected a place for “%s” in %s, but %s"
                .formatted(walk.definition().titleOf(move.step()), to, impossible.reason()));
      }
    }
    return plan.carryOut(walk, by);
  }
}
