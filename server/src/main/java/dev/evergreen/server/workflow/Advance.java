package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one input has come to so far: the state after it, what happened, and what is left to be
/// done outside, where a later effect outdoes an earlier one of the same activation.
final class Advance {
  private Run state;
  private final List<Event> events = new ArrayList<>();
  private final Map<Integer, Effect.OpenTask> tasks = new LinkedHashMap<>();
  private final Map<Integer, Effect.@Nullable SetTimer> timers = new LinkedHashMap<>();
  private final Map<Integer, Effect.@Nullable Listen> listeners = new LinkedHashMap<>();

  Advance(Run state) {
    this.state = state;
  }

  /// Takes a decision in; returns the action that has to be performed before anything else happens
  /// in the run, if there is one.
  Effect.@Nullable PerformAction take(Decision.Accepted decision) {
    state = state.apply(decision.events());
    events.addAll(decision.events());
    Effect.PerformAction action = null;
    for (Effect effect : decision.effects()) {
      switch (effect) {
        case Effect.OpenTask task -> tasks.put(task.activation(), task);
        case Effect.WithdrawTask task -> tasks.remove(task.activation());
        case Effect.SetTimer timer -> timers.put(timer.activation(), timer);
        case Effect.ClearTimer timer -> timers.put(timer.activation(), null);
        case Effect.Listen listen -> listeners.put(listen.activation(), listen);
        case Effect.StopListening listen -> listeners.put(listen.activation(), null);
        case Effect.PerformAction perform -> action = perform;
        case Effect.WithdrawAction _, Effect.Finish _ -> {
          // Local actions have ended with their step; how the run ended is in its state.
        }
        case Effect.ReassignTask _,
            Effect.AskCustomer _,
            Effect.WithdrawQuestion _,
            Effect.StartRun _,
            Effect.CancelRun _ ->
            throw new IllegalStateException(
                "expected a step that this program can perform, but found " + effect);
      }
    }
    return action;
  }

  Run state() {
    return state;
  }

  List<Event> events() {
    return events;
  }

  List<Effect.OpenTask> tasks() {
    return List.copyOf(tasks.values());
  }

  List<Effect.SetTimer> timersSet() {
    var set = new ArrayList<Effect.SetTimer>();
    for (Effect.SetTimer timer : timers.values()) {
      if (timer != null) {
        set.add(timer);
      }
    }
    return set;
  }

  List<Integer> timersCleared() {
    return timers.keySet().stream().filter(number -> timers.get(number) == null).toList();
  }

  List<Effect.Listen> listeners() {
    var listening = new ArrayList<Effect.Listen>();
    for (Effect.Listen listen : listeners.values()) {
      if (listen != null) {
        listening.add(listen);
      }
    }
    return listening;
  }

  List<Integer> listenersEnded() {
    return listeners.keySet().stream().filter(number -> listeners.get(number) == null).toList();
  }
}
