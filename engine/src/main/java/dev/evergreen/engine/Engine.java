package dev.evergreen.engine;

import dev.evergreen.engine.Decision.Reason;
import dev.evergreen.engine.Decision.Rejected;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides what a run does next.
public final class Engine {
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
  /// @param definition the version that the run is on
  /// @throws IllegalStateException when it is another
  public static Decision decide(
      Definition definition, Run run, Input input, Surroundings surroundings) {
    var walk = new Walk(definition, run, surroundings);
    return switch (input) {
      case Input.Start start -> start(walk, start);
      case Input.Cancel cancel ->
          isUnderWay(run) ? cancel(walk, cancel) : notUnderWay(run, "to cancel");
      case Input.Migrate migrate ->
          isUnderWay(run)
              ? migrate.migration().carryOut(walk, migrate.by())
              : notUnderWay(run, "to follow another version");
      case Input.OfActivation ofActivation -> {
        int last = run.lastActivation();
        if (ofActivation.activation() < 1 || ofActivation.activation() > last) {
          yield new Rejected(
              Reason.WRONG_MOMENT,
              "expected one of the run's activations, 1 to %d, but found %d"
                  .formatted(last, ofActivation.activation()));
        }
        yield take(walk, ofActivation);
      }
    };
  }

  private static Decision start(Walk walk, Input.Start start) {
    Status status = walk.run().status();
    if (status != Status.NEW) {
      return new Rejected(
          status.isFinal() ? Reason.ALREADY_ENDED : Reason.WRONG_MOMENT,
          "expected a new run to start, but found one that is " + status);
    }
    Definition definition = walk.definition();
    String problem = problemWith(start.data(), definition);
    if (problem != null) {
      return new Rejected(Reason.WRONG_ANSWERS, problem);
    }
    walk.record(new Event.RunStarted(definition.name(), definition.version(), start.data()));
    if (!definition.handlers().isEmpty()) {
      Handler.enter(walk, Definition.WHOLE, definition.handlers());
    }
    return walk.goOn(
        definition.steps().isEmpty() ? walk.overAtTheTop() : definition.steps().getFirst());
  }

  /// What is wrong with the data that a run is to start with; null when it fits.
  private static @Nullable String problemWith(Map<String, Object> data, Definition definition) {
    for (String input : definition.inputs()) {
      if (!data.containsKey(input)) {
        return "expected `%s` to start %s with, but found none".formatted(input, definition);
      }
    }
    for (var given : data.entrySet()) {
      String problem = definition.problemWith(given.getKey(), given.getValue(), "at the start");
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static boolean isUnderWay(Run run) {
    return run.status() == Status.RUNNING || run.status() == Status.FAULTED;
  }

  private static Rejected notUnderWay(Run run, String purpose) {
    return new Rejected(
        run.status().isFinal() ? Reason.ALREADY_ENDED : Reason.WRONG_MOMENT,
        "expected a run under way %s, but found one that is %s".formatted(purpose, run.status()));
  }

  private static Decision cancel(Walk walk, Input.Cancel cancel) {
    walk.withdrawInside(0);
    walk.record(new Event.RunCanceled(cancel.reason(), cancel.by()));
    walk.effect(new Effect.Finish(Definition.CANCELED));
    return walk.accepted();
  }

  private static Decision take(Walk walk, Input.OfActivation input) {
    Activation activation = walk.run().activation(input.activation());
    if (activation == null) {
      return ignore(walk, input, "which is over");
    }
    walk.into(activation.scope());
    Definition definition = walk.definition();
    return switch (activation) {
      case Activation.Task task when input instanceof Input.TaskCompleted completed ->
          definition.step(task.step(), DoStep.class).complete(walk, completed);
      case Activation.Task _ when input instanceof Input.Reassign reassign ->
          DoStep.reassign(walk, reassign);
      case Activation.Action action when input instanceof Input.ActionSucceeded succeeded ->
          definition.step(action.step(), RunStep.class).succeed(walk, succeeded);
      case Activation.Action action when input instanceof Input.Failed failed ->
          definition.step(action.step(), RunStep.class).fail(walk, action, failed.problem());
      case Activation.Backoff backoff when input instanceof Input.TimerFired _ ->
          definition.step(backoff.step(), RunStep.class).tryAgain(walk, backoff);
      case Activation.Question question when input instanceof Input.Answered answered ->
          definition.step(question.step(), AskStep.class).answer(walk, question, answered);
      case Activation.Question question when input instanceof Input.TimerFired _ ->
          definition.step(question.step(), AskStep.class).timeOut(walk, question);
      case Activation.Question question when input instanceof Input.Failed failed ->
          definition.step(question.step(), AskStep.class).fail(walk, question, failed.problem());
      case Activation.Wait wait when input instanceof Input.EventArrived arrived ->
          definition.step(wait.step(), WaitStep.class).arrive(walk, wait, arrived);
      case Activation.Wait wait when input instanceof Input.TimerFired _ ->
          definition.step(wait.step(), WaitStep.class).timeOut(walk, wait);
      case Activation.Call call when input instanceof Input.RunFinished finished ->
          definition.step(call.step(), CallStep.class).finish(walk, finished);
      case Activation.Call call when input instanceof Input.Failed failed ->
          definition.step(call.step(), CallStep.class).fail(walk, failed);
      case Activation.Watch watch when input instanceof Input.EventArrived arrived ->
          definition.handler(watch.handler()).arrive(walk, watch, arrived);
      case Activation.Watch watch when input instanceof Input.TimerFired _ ->
          definition.handler(watch.handler()).timeOut(walk, watch);
      case Activation.Fault fault when input instanceof Input.Retry retry ->
          retry(walk, fault, retry);
      case Activation open when input instanceof Input.Skip skip -> skip(walk, open, skip);
      default -> ignore(walk, input, "which is a " + Lifecycle.Phase.of(activation));
    };
  }

  /// Has a step begin anew, under its number, with all of its time: what stood still could not be
  /// late. A handler that fires at a time still fires then, because the block that it watches over
  /// did not stand still.
  private static Decision retry(Walk walk, Activation.Fault fault, Input.Retry retry) {
    walk.record(new Event.FaultCleared(fault.number(), retry.by()));
    Definition definition = walk.definition();
    return walk.goOn(
        switch (fault.interrupted()) {
          case Activation.Watch watch -> definition.handler(watch.handler()).listen(walk, watch);
          case Activation.Question question ->
              definition
                  .step(question.step(), AskStep.class)
                  .ask(walk, question.number(), question.attempt());
          case Activation.Rounds rounds -> {
            walk.into(rounds.number());
            yield definition.step(rounds.step(), RepeatStep.class).roundDone(walk);
          }
          case null, default ->
              walk.enter(definition.step(fault.step(), Step.class), fault.number());
        });
  }

  private static Decision skip(Walk walk, Activation open, Input.Skip skip) {
    if (skip.reason().isBlank()) {
      return new Rejected(Reason.WRONG_ANSWERS, "expected a reason for skipping, but found none");
    }
    boolean handler =
        open instanceof Activation.Fault fault && fault.interrupted() instanceof Activation.Watch;
    if (!handler && !isStep(open)) {
      return new Rejected(
          Reason.WRONG_MOMENT,
          "expected an open step to skip, but activation %d is a %s"
              .formatted(open.number(), Lifecycle.Phase.of(open)));
    }
    walk.withdrawInside(open.number());
    walk.record(
        new Event.Skipped(open.number(), open.scope(), open.step(), skip.reason(), skip.by()));
    walk.release(open);
    if (handler) {
      return walk.accepted();
    }
    Step step = walk.definition().step(open.step(), Step.class);
    return walk.goOn(open instanceof Activation.Block ? walk.after(step) : walk.following(step));
  }

  /// Whether it is what a whole step is doing, not one of the lines inside, nor the whole run.
  private static boolean isStep(Activation open) {
    return switch (open) {
      case Activation.Branch _, Activation.Watch _, Activation.Handling _ -> false;
      default -> !open.step().equals(Definition.WHOLE);
    };
  }

  private static Decision ignore(Walk walk, Input.OfActivation input, String found) {
    return walk.ignored(
        "%s for activation %d, %s"
            .formatted(input.getClass().getSimpleName(), input.activation(), found));
  }
}
