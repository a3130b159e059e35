package dev.evergreen.engine;

import dev.evergreen.engine.Decision.Reason;
import dev.evergreen.engine.Decision.Rejected;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Decides what a run does next.
public final class Engine {
  static final Rejected REASON_MISSING =
      new Rejected(Reason.WRONG_ANSWERS, "expected a reason for skipping, but found none");

  private Engine() {}

  /// What the input reads besides the run: facts, and the calendar that spans are counted in.
  public record Surroundings(Facts facts, BusinessHours hours, Instant now) {}

  /// What follows from `input`. Never changes anything; see [Run#apply].
  ///
  /// The decision stops wherever something has to come from outside: a person, an action's result,
  /// an event, a time. Each comes back as an input of its own. What comes for an activation that is
  /// no longer open is accepted as [Event.Ignored], because nobody can prevent it: an action that
  /// was withdrawn while it ran, a timer that fired at the moment of its event, a second click.
  ///
  /// @param definition the version that the run was started with
  /// @throws IllegalStateException when it is another
  public static Decision decide(
      Definition definition, Run run, Input input, Surroundings surroundings) {
    return switch (input) {
      case Input.Start _ -> start(new Walk(definition, run, surroundings));
      case Input.Cancel cancel -> cancel(new Walk(definition, run, surroundings), cancel);
      case Input.OfActivation ofActivation -> {
        int last = run.lastActivation();
        if (ofActivation.activation() < 1 || ofActivation.activation() > last) {
          yield new Rejected(
              Reason.WRONG_MOMENT,
              "expected one of the run's activations, 1 to %d, but found %d"
                  .formatted(last, ofActivation.activation()));
        }
        yield take(new Walk(definition, run, surroundings), ofActivation);
      }
    };
  }

  private static Decision start(Walk walk) {
    Status status = walk.run().status();
    if (status != Status.NEW) {
      return new Rejected(
          status.isFinal() ? Reason.ALREADY_ENDED : Reason.WRONG_MOMENT,
          "expected a new run to start, but found one that is " + status);
    }
    Definition definition = walk.definition();
    walk.record(new Event.RunStarted(definition.name(), definition.version()));
    if (definition.steps().isEmpty()) {
      walk.end(Definition.DONE);
    } else {
      walk.goOn(definition.steps().getFirst());
    }
    return walk.accepted();
  }

  private static Decision cancel(Walk walk, Input.Cancel cancel) {
    Status status = walk.run().status();
    if (status.isFinal() || status == Status.NEW) {
      return new Rejected(
          status.isFinal() ? Reason.ALREADY_ENDED : Reason.WRONG_MOMENT,
          "expected a run under way to cancel, but found one that is " + status);
    }
    for (Activation activation : walk.run().open()) {
      withdraw(walk, activation);
    }
    walk.record(new Event.RunCanceled(cancel.reason(), cancel.by()));
    walk.effect(new Effect.Finish(Definition.CANCELED));
    return walk.accepted();
  }

  private static void withdraw(Walk walk, Activation activation) {
    switch (activation) {
      case Activation.Task task -> DoStep.withdraw(walk, task);
      case Activation.Action action -> RunStep.withdraw(walk, action);
      case Activation.Wait wait ->
          walk.definition().step(wait.step(), WaitStep.class).withdraw(walk, wait);
      case Activation.Rounds _, Activation.Fault _ -> {
        // Nothing of theirs is open outside.
      }
    }
  }

  private static Decision take(Walk walk, Input.OfActivation input) {
    Activation activation = walk.run().activation(input.activation());
    return switch (activation) {
      case Activation.Task task when input instanceof Input.TaskCompleted completed ->
          walk.definition().step(task.step(), DoStep.class).complete(walk, completed);
      case Activation.Task task when input instanceof Input.TaskSkipped skipped ->
          walk.definition().step(task.step(), DoStep.class).skip(walk, skipped);
      case Activation.Action action when input instanceof Input.ActionSucceeded succeeded ->
          walk.definition().step(action.step(), RunStep.class).succeed(walk, succeeded);
      case Activation.Action action when input instanceof Input.ActionFailed failed ->
          walk.definition().step(action.step(), RunStep.class).fail(walk, failed);
      case Activation.Wait wait when input instanceof Input.EventArrived arrived ->
          walk.definition().step(wait.step(), WaitStep.class).arrive(walk, wait, arrived);
      case Activation.Wait wait when input instanceof Input.TimerFired _ ->
          walk.definition().step(wait.step(), WaitStep.class).timeOut(walk, wait);
      case Activation.Fault fault when input instanceof Input.Retry retry ->
          retry(walk, fault, retry);
      case Activation.Fault fault when input instanceof Input.SkipFault skip ->
          skip(walk, fault, skip);
      case null, default -> ignore(walk, input, activation);
    };
  }

  private static Decision retry(Walk walk, Activation.Fault fault, Input.Retry retry) {
    Step step = walk.definition().place(fault.step()).step();
    walk.record(new Event.FaultCleared(fault.number(), retry.by()));
    walk.goOn(
        switch (fault.interrupted()) {
          case Activation.Wait wait when step instanceof WaitStep s -> s.listen(walk, wait);
          case Activation.Rounds rounds when step instanceof RepeatStep s ->
              s.roundDone(walk, rounds);
          case null, default -> walk.enter(step, fault.number());
        });
    return walk.accepted();
  }

  private static Decision skip(Walk walk, Activation.Fault fault, Input.SkipFault skip) {
    if (skip.reason().isBlank()) {
      return REASON_MISSING;
    }
    walk.record(new Event.FaultSkipped(fault.number(), skip.reason(), skip.by()));
    walk.goOn(walk.following(walk.definition().place(fault.step()).step()));
    return walk.accepted();
  }

  private static Decision ignore(
      Walk walk, Input.OfActivation input, @Nullable Activation activation) {
    String found =
        activation == null ? "which is over" : "which is a " + Lifecycle.Phase.of(activation);
    return walk.ignored(
        "%s for activation %d, %s"
            .formatted(input.getClass().getSimpleName(), input.activation(), found));
  }
}
