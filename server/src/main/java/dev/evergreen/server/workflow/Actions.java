package dev.evergreen.server.workflow;

import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Input;
import dev.evergreen.language.Action;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.Call;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.RemoteAction;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.PassingFailure;
import dev.evergreen.server.platform.Savepoints;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Performs actions. Local ones in the transaction of their step: what fails leaves nothing behind
/// and becomes a fault. That takes a savepoint, except in a batch that is done again with
/// savepoints. Those that reach outside in no transaction, and not for longer than they may.
@Component
final class Actions {
  private static final Logger log = LoggerFactory.getLogger(Actions.class);

  private final Map<String, Action<?>> actions;
  private final Map<String, RemoteAction<?>> remote;
  private final Catalogue catalogue;
  private final Savepoints savepoints;
  private final DatabaseClock clock;

  Actions(
      ObjectProvider<Action<?>> actions,
      Catalogue catalogue,
      Savepoints savepoints,
      DatabaseClock clock) {
    this.actions = actions.stream().collect(Collectors.toMap(Action::name, Function.identity()));
    this.catalogue = catalogue;
    this.savepoints = savepoints;
    this.clock = clock;
    remote =
        this.actions.values().stream()
            .filter(RemoteAction.class::isInstance)
            .map(action -> (RemoteAction<?>) action)
            .collect(Collectors.toMap(Action::name, Function.identity()));
  }

  /// The actions of this program that reach outside.
  Set<String> remote() {
    return remote.keySet();
  }

  boolean isRemote(String action) {
    return remote.containsKey(action);
  }

  /// Whether a second time with the same effect id shows nowhere.
  boolean mayRepeat(String action) {
    return catalogue.action(action).map(ActionType::repeatable).orElse(false);
  }

  /// The result of an action that reaches outside, as its run's next input. Everything that it
  /// throws, and that it takes too long, is a failure.
  Input.OfActivation performOutside(RemoteEffects.Taken taken) {
    Effect.PerformAction effect = taken.action();
    RemoteAction<?> action = remote.get(effect.action());
    if (action == null) {
      throw new IllegalStateException(
          "expected an action that was asked for, but found " + effect.action());
    }
    var call = call(effect, taken.run(), taken.subject(), clock.instant());
    var work = new FutureTask<Map<String, Object>>(() -> action.perform(effect.arguments(), call));
    Thread.ofVirtual().name("action-", taken.term()).start(work);
    try {
      Map<String, Object> outcome = work.get(action.limit().toMillis(), TimeUnit.MILLISECONDS);
      return new Input.ActionSucceeded(effect.activation(), outcome);
    } catch (TimeoutException _) {
      work.cancel(true);
      return new Input.Failed(
          effect.activation(),
          "expected an answer within %d seconds, but there was none"
              .formatted(action.limit().toSeconds()));
    } catch (ExecutionException e) {
      return failed(effect, taken.run(), e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      work.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected time to perform " + effect.action(), e);
    }
  }

  /// Its result, as the run's next input.
  Input.OfActivation perform(Effect.PerformAction effect, RunId run, Subject subject, Instant at) {
    Action<?> action = actions.get(effect.action());
    if (action == null) {
      return new Input.Failed(
          effect.activation(),
          "expected an action %s, but this program has none".formatted(effect.action()));
    }
    var call = call(effect, run, subject, at);
    try {
      Map<String, Object> outcome =
          FirstTry.isOn()
              ? action.perform(effect.arguments(), call)
              : savepoints.within(() -> action.perform(effect.arguments(), call));
      return new Input.ActionSucceeded(effect.activation(), outcome);
    } catch (RuntimeException e) {
      if (FirstTry.isOn() || PassingFailure.is(e)) {
        throw e; // the input is taken again
      }
      return failed(effect, run, e);
    }
  }

  private static Call call(Effect.PerformAction effect, RunId run, Subject subject, Instant at) {
    return new Call(subject.kind(), subject.id(), run.value() + "/" + effect.activation(), at);
  }

  private static Input.Failed failed(Effect.PerformAction effect, RunId run, Throwable failure) {
    log.warn(
        "The action {} of run {} failed; its workflow tries again or goes on from there, or a person has to.",
        effect.action(),
        run.value(),
        failure);
    return new Input.Failed(effect.activation(), problem(failure));
  }

  private static String problem(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
