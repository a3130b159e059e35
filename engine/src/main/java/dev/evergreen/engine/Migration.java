package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    carryOut(plan, walk, by);
    return walk.accepted();
  }

  private void carryOut(MigrationPlan plan, Walk walk, String by) {
    Definition from = walk.definition();
    Run run = walk.run();
    plan.withdrawn().forEach(walk::withdraw);
    plan.dissolved().forEach(block -> walk.record(new Event.Withdrawn(block.number())));
    for (Activation.Block block : plan.inserted()) {
      walk.record(new Event.BlockEntered(block.number(), block.scope(), block.step()));
    }
    var open =
        walk.run().open().stream()
            .map(before -> plan.staying().getOrDefault(before.number(), before))
            .toList();
    walk.record(new Event.RunMigrated(to.version(), open, by));
    walk.follow(to);
    for (Activation there : open) {
      switch (there) {
        case Activation.Task task -> askAnew(from, run, walk, task);
        case Activation.Wait wait -> listenAnew(from, run, walk, wait);
        case Activation.Block block when !block.over() -> arm(plan, walk, block);
        default -> {
          // Outside it is what it was.
        }
      }
    }
    plan.onward().forEach(onward -> goOn(walk, onward));
  }

  /// A task whose step says something else there is asked for in the new words.
  private void askAnew(Definition from, Run run, Walk walk, Activation.Task task) {
    DoStep step = to.step(task.step(), DoStep.class);
    if (!step.equals(from.step(stepBefore(run, task), DoStep.class))) {
      walk.effect(new Effect.OpenTask(task.number(), step, task.dueAt()));
    }
  }

  private void listenAnew(Definition from, Run run, Walk walk, Activation.Wait wait) {
    to.step(wait.step(), WaitStep.class)
        .listenAnew(walk, wait, from.step(stepBefore(run, wait), WaitStep.class));
  }

  private static String stepBefore(Run run, Activation there) {
    return Objects.requireNonNull(run.activation(there.number())).step();
  }

  /// Handlers that the block did not have before are on watch from now on.
  private void arm(MigrationPlan plan, Walk walk, Activation.Block block) {
    walk.into(block.number());
    for (Handler handler : to.handlersOf(block.step())) {
      if (!plan.isOnWatch(handler, block)) {
        handler.arm(walk, block.step());
      }
    }
  }

  /// Unless what was withdrawn before it has ended what is around it.
  private static void goOn(Walk walk, MigrationPlan.Onward onward) {
    Run run = walk.run();
    if (onward.scope() == 0 ? run.status().isFinal() : run.activation(onward.scope()) == null) {
      return;
    }
    walk.into(onward.scope());
    Step step = onward.step();
    if (step == null) {
      walk.goOn(endOfLine(walk));
    } else {
      walk.goOn(onward.behind() ? walk.following(step) : step);
    }
  }

  private static @Nullable Step endOfLine(Walk walk) {
    return switch (walk.run().activation(walk.scope())) {
      case Activation.Rounds it ->
          walk.definition().step(it.step(), RepeatStep.class).roundDone(walk);
      case Activation.Branch it ->
          walk.definition().step(it.step(), TogetherStep.class).branchDone(walk);
      case Activation.Handling _ -> Handler.done(walk);
      case null, default -> walk.overAtTheTop();
    };
  }
}
