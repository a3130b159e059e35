package dev.evergreen.server.workflow;

import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Input;
import dev.evergreen.language.Action;
import dev.evergreen.language.Call;
import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.PassingFailure;
import dev.evergreen.server.platform.Savepoints;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Performs local actions in the transaction of their step: what fails leaves nothing behind and
/// becomes a fault. That takes a savepoint, except in a batch that is done again with savepoints.
@Component
final class Actions {
  private static final Logger log = LoggerFactory.getLogger(Actions.class);

  private final Map<String, Action<?>> actions;
  private final Savepoints savepoints;

  Actions(ObjectProvider<Action<?>> actions, Savepoints savepoints) {
    this.actions = actions.stream().collect(Collectors.toMap(Action::name, Function.identity()));
    this.savepoints = savepoints;
  }

  /// Its result, as the run's next input.
  Input.OfActivation perform(Effect.PerformAction effect, RunId run, Subject subject, Instant at) {
    Action<?> action = actions.get(effect.action());
    if (action == null) {
      return new Input.Failed(
          effect.activation(),
          "expected an action %s, but this program has none".formatted(effect.action()));
    }
    var call = new Call(subject.kind(), subject.id(), run.value() + "/" + effect.activation(), at);
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
      log.warn(
          "The action {} of run {} failed; a handler of its workflow goes on from there, or a person has to.",
          effect.action(),
          run.value(),
          e);
      return new Input.Failed(effect.activation(), problem(e));
    }
  }

  private static String problem(RuntimeException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
