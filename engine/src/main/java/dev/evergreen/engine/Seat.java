package dev.evergreen.engine;

import dev.evergreen.engine.Definition.Part;
import dev.evergreen.engine.Lifecycle.Phase;
import dev.evergreen.engine.Run.Activation;
import org.jspecify.annotations.Nullable;

/// Which kind of open scope a line of steps in a tree takes.
///
/// @param kind [Phase#NOT_OPEN] for the run itself
/// @param id of a step or a handler
record Seat(Phase kind, String id, int branch) {
  private static final Seat RUN = new Seat(Phase.NOT_OPEN, Definition.WHOLE, 0);

  static Seat of(Phase kind, String id) {
    return new Seat(kind, id, 0);
  }

  /// What an open scope offers; null is the run itself.
  static Seat offeredBy(@Nullable Activation scope) {
    return switch (scope) {
      case null -> RUN;
      case Activation.Branch branch -> new Seat(Phase.BRANCH, branch.step(), branch.branch());
      case Activation.Handling handling -> of(Phase.HANDLING, handling.handler());
      case Activation.Block block -> of(Phase.BLOCK, block.step());
      default -> of(Phase.of(scope), scope.step());
    };
  }

  /// What a step takes to be entered.
  static Seat around(Definition definition, String step) {
    if (step.equals(Definition.WHOLE)) {
      return RUN;
    }
    return switch (definition.place(step).part()) {
      case Part.Whole _ -> inside(definition, Definition.WHOLE);
      case Part.OfHandler(Handler handler) -> of(Phase.HANDLING, handler.id());
      case Part.Of(RepeatStep repeat, int part) when part == RepeatStep.BODY ->
          of(Phase.ROUNDS, repeat.id());
      case Part.Of(TogetherStep together, int branch) ->
          new Seat(Phase.BRANCH, together.id(), branch);
      case Part.Of(Step block, _) -> inside(definition, block.id());
    };
  }

  /// What a step, or the whole, takes once it has been entered.
  static Seat inside(Definition definition, String step) {
    return definition.handlersOf(step).isEmpty() ? around(definition, step) : of(Phase.BLOCK, step);
  }
}
