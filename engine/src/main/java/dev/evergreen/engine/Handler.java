package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Activation.Block;
import dev.evergreen.engine.Run.Activation.Handling;
import dev.evergreen.engine.Run.Activation.Watch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done when something happens while a step, or the whole run, goes on: BPMN's boundary
/// event.
///
/// One that interrupts withdraws everything that is open inside the block, does its steps, and the
/// run goes on after the block. One that runs alongside leaves the block alone; the run goes on
/// after the block when both are over. Handlers that have not fired when the block's own steps are
/// over fire no more, and no handler watches over the steps of another of the same block.
///
/// @param unless holds the handler off when it is met at the moment of firing
public record Handler(
    String id, Trigger trigger, @Nullable Condition unless, boolean alongside, List<Step> steps) {

  public Handler {
    steps = List.copyOf(steps);
  }

  /// What makes it fire.
  public sealed interface Trigger {

    /// Any of these events about the run's subject that meets `when`, which may read it as `event`.
    /// Alongside, each of them fires anew.
    record OnEvent(List<String> events, @Nullable Condition when) implements Trigger {
      public OnEvent {
        events = List.copyOf(events);
        if (events.isEmpty()) {
          throw new IllegalArgumentException("expected an event to be handled, but found none");
        }
      }
    }

    /// That much time since the block began; once.
    record After(Span span) implements Trigger {}

    /// A step inside that cannot go on. Alongside, the step waits for a person as a fault all the
    /// same.
    record OnFailure() implements Trigger {}
  }

  /// Begins a block: arms its handlers, and goes on inside.
  ///
  /// @param step the block's step, or [Definition#WHOLE]
  static void enter(Walk walk, String step, List<Handler> handlers) {
    int block = walk.next();
    walk.record(new Event.BlockEntered(block, walk.scope(), step));
    walk.into(block);
    handlers.forEach(handler -> handler.arm(walk, step));
  }

  /// Whether the walk is inside of a step's block already.
  static boolean watchOver(Walk walk, Step step) {
    return walk.run().activation(walk.scope()) instanceof Block block
        && block.step().equals(step.id());
  }

  /// The own steps of the block inside of which the walk is have come to their end.
  static @Nullable Step mainFlowOver(Walk walk) {
    Block block = walk.open(walk.scope(), Block.class);
    withdrawMainFlow(walk, block);
    if (walk.run().inside(block.number()).isEmpty()) {
      return leave(walk, block);
    }
    walk.record(new Event.MainFlowEnded(block.number()));
    return null;
  }

  /// The steps of the handler inside of which the walk is have come to their end.
  static @Nullable Step done(Walk walk) {
    Handling handling = walk.open(walk.scope(), Handling.class);
    Block block = walk.open(handling.scope(), Block.class);
    walk.record(new Event.HandlerDone(handling.number()));
    return block.over() && walk.run().inside(block.number()).isEmpty() ? leave(walk, block) : null;
  }

  private static @Nullable Step leave(Walk walk, Block block) {
    walk.record(new Event.BlockLeft(block.number()));
    walk.into(block.scope());
    return block.step().equals(Definition.WHOLE)
        ? walk.end(Definition.DONE)
        : walk.after(walk.definition().step(block.step(), Step.class));
  }

  /// Begins to watch over the block inside of which the walk is.
  void arm(Walk walk, String step) {
    if (!(trigger instanceof Trigger.OnFailure)) {
      Instant until = trigger instanceof Trigger.After(Span span) ? walk.after(span) : null;
      var watch = new Watch(walk.next(), walk.scope(), step, id, until);
      walk.record(new Event.HandlerArmed(watch.number(), watch.scope(), step, id, until));
      listen(walk, watch);
    }
  }

  /// Begins to watch, or begins again after a fault: what fires at a time still fires then.
  @Nullable Step listen(Walk walk, Watch watch) {
    if (trigger instanceof Trigger.OnEvent(var events, _)) {
      walk.effect(new Effect.Listen(watch.number(), events, null));
    }
    if (watch.until() != null) {
      walk.effect(new Effect.SetTimer(watch.number(), watch.until()));
    }
    return null;
  }

  void release(Walk walk, int activation) {
    switch (trigger) {
      case Trigger.OnEvent _ -> walk.effect(new Effect.StopListening(activation));
      case Trigger.After _ -> walk.effect(new Effect.ClearTimer(activation));
      case Trigger.OnFailure _ -> {
        // It is never armed.
      }
    }
  }

  Decision arrive(Walk walk, Watch watch, Input.EventArrived arrived) {
    boolean counts;
    try {
      var values = walk.values(arrived.data());
      counts =
          trigger instanceof Trigger.OnEvent(var events, var when)
              && events.contains(arrived.event())
              && (when == null || when.holds(values))
              && !isHeldOff(values);
    } catch (EvaluationException e) {
      release(walk, watch.number());
      walk.fault(watch.number(), watch.step(), e.problem());
      return walk.accepted();
    }
    return counts
        ? walk.goOn(fire(walk, walk.open(watch.scope(), Block.class)))
        : walk.ignored("%s, which handler %s does not take".formatted(arrived.event(), id));
  }

  Decision timeOut(Walk walk, Watch watch) {
    Decision early =
        watch.until() == null
            ? walk.ignored("a timer for handler %s, which waits for none".formatted(id))
            : walk.early(watch.number(), watch.until());
    if (early != null) {
      return early;
    }
    boolean heldOff;
    try {
      heldOff = isHeldOff(walk.values());
    } catch (EvaluationException e) {
      walk.fault(watch.number(), watch.step(), e.problem());
      return walk.accepted();
    }
    walk.record(new Event.WaitEnded(watch.number()));
    return heldOff ? walk.accepted() : walk.goOn(fire(walk, walk.open(watch.scope(), Block.class)));
  }

  /// A handler of failures with the open block that it watches over.
  record Watching(Handler handler, Block block) {

    /// Takes over from a step that could not go on inside of the present scope.
    @Nullable Step takeOver(Walk walk, int activation, Step step, String problem) {
      walk.record(
          handler.alongside
              ? new Event.FaultRaised(activation, walk.scope(), step.id(), problem)
              : new Event.StepFailed(activation, walk.scope(), step.id(), problem));
      return handler.fire(walk, block);
    }
  }

  /// The nearest handler that takes a failure inside of `scope`; null when none does.
  static @Nullable Watching ofFailure(Walk walk, int scope) {
    Activation around = walk.run().activation(scope);
    while (around != null) {
      if (around instanceof Block block) {
        for (Handler handler : walk.definition().handlersOf(block.step())) {
          if (handler.trigger instanceof Trigger.OnFailure && !handler.isHeldOff(walk.values())) {
            return new Watching(handler, block);
          }
        }
      }
      int outside =
          around instanceof Handling handling
              ? walk.open(handling.scope(), Block.class).scope()
              : around.scope();
      around = walk.run().activation(outside);
    }
    return null;
  }

  private boolean isHeldOff(Values values) {
    return unless != null && unless.holds(values);
  }

  private @Nullable Step fire(Walk walk, Block block) {
    if (!alongside) {
      withdrawMainFlow(walk, block);
      walk.record(new Event.MainFlowEnded(block.number()));
    }
    int handling = walk.next();
    walk.record(new Event.HandlerFired(handling, block.number(), block.step(), id));
    walk.into(handling);
    return steps.isEmpty() ? done(walk) : steps.getFirst();
  }

  /// Withdraws what the block's own steps have open, and what may still fire.
  private static void withdrawMainFlow(Walk walk, Block block) {
    for (Activation inside : walk.run().inside(block.number()).reversed()) {
      if (!(inside instanceof Handling)) {
        walk.withdraw(inside);
      }
    }
  }
}
