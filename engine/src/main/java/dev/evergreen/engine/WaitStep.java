package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wait: for any of some events about the run's subject with an end, or only for time to pass.
///
/// With no events it ends when `atMost` has passed, and `otherwise` is empty. With events it always
/// has an `atMost`; when that passes first, `otherwise` runs. An event counts when it meets `when`,
/// which may read it as `event`.
public record WaitStep(
    String id,
    String title,
    List<String> events,
    @Nullable Condition when,
    Span atMost,
    List<Step> otherwise)
    implements Step {

  public WaitStep {
    events = List.copyOf(events);
    otherwise = List.copyOf(otherwise);
    if (events.isEmpty() && (when != null || !otherwise.isEmpty())) {
      throw new IllegalArgumentException(
          "expected an event in a wait with a condition or with steps in case none comes, but"
              + " found none");
    }
  }

  @Override
  public List<List<Step>> parts() {
    return List.of(otherwise);
  }

  @Nullable Step enter(Walk walk, int activation) {
    var wait = new Activation.Wait(activation, id, walk.after(atMost));
    walk.record(new Event.WaitBegan(activation, id, events, wait.until()));
    return listen(walk, wait);
  }

  /// Begins to listen, or begins again after a fault: the wait still ends when it was to end.
  @Nullable Step listen(Walk walk, Activation.Wait wait) {
    if (!events.isEmpty()) {
      walk.effect(new Effect.Listen(wait.number(), events));
    }
    walk.effect(new Effect.SetTimer(wait.number(), wait.until()));
    return null;
  }

  Decision arrive(Walk walk, Activation.Wait wait, Input.EventArrived arrived) {
    boolean counts;
    try {
      counts =
          events.contains(arrived.event())
              && (when == null || when.holds(walk.values(arrived.data())));
    } catch (EvaluationException e) {
      walk.goOn(walk.fault(wait.number(), this, e.problem()));
      release(walk, wait);
      return walk.accepted();
    }
    if (!counts) {
      return walk.ignored(
          "%s, for which activation %d does not wait".formatted(arrived.event(), wait.number()));
    }
    walk.record(new Event.WaitMet(wait.number(), arrived.event()));
    release(walk, wait);
    walk.goOn(walk.following(this));
    return walk.accepted();
  }

  /// A timer that fires early, as after a restore, is set again.
  Decision timeOut(Walk walk, Activation.Wait wait) {
    if (walk.now().isBefore(wait.until())) {
      walk.effect(new Effect.SetTimer(wait.number(), wait.until()));
      return walk.ignored(
          "a timer at %s for activation %d, which waits until %s"
              .formatted(walk.now(), wait.number(), wait.until()));
    }
    walk.record(new Event.WaitEnded(wait.number()));
    stopListening(walk, wait);
    walk.goOn(walk.firstOf(otherwise, this));
    return walk.accepted();
  }

  void withdraw(Walk walk, Activation.Wait wait) {
    walk.record(new Event.WaitWithdrawn(wait.number()));
    release(walk, wait);
  }

  private void release(Walk walk, Activation.Wait wait) {
    stopListening(walk, wait);
    walk.effect(new Effect.ClearTimer(wait.number()));
  }

  private void stopListening(Walk walk, Activation.Wait wait) {
    if (!events.isEmpty()) {
      walk.effect(new Effect.StopListening(wait.number()));
    }
  }
}
