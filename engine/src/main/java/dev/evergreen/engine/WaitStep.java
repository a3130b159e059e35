package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation.Wait;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wait: for any of some events about the run's subject with an end, or only for time to pass.
///
/// With no events it ends when `atMost` has passed, and `otherwise` is empty. With events it always
/// has an `atMost`; when that passes first, `otherwise` runs. An event counts when it meets `when`,
/// which may read it as `event`.
///
/// @param until an instant at which the wait ends already, worked out when it begins: the day that
///   was agreed on
/// @param since the id of an earlier step: an event that came after the run last began that step
///   counts too, so that one that comes a moment early is not missed
public record WaitStep(
    String id,
    String title,
    List<String> events,
    @Nullable Condition when,
    Span atMost,
    @Nullable Term until,
    @Nullable String since,
    List<Step> otherwise,
    List<Handler> handlers)
    implements Step {

  public WaitStep {
    events = List.copyOf(events);
    otherwise = List.copyOf(otherwise);
    handlers = List.copyOf(handlers);
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
    var wait = new Wait(activation, walk.scope(), id, end(walk));
    walk.record(new Event.WaitBegan(activation, wait.scope(), id, events, wait.until()));
    if (!events.isEmpty()) {
      walk.effect(new Effect.Listen(activation, events, since));
    }
    walk.effect(new Effect.SetTimer(activation, wait.until()));
    return null;
  }

  private Instant end(Walk walk) {
    Instant latest = walk.after(atMost);
    if (until == null
        || !(until.value(walk.values()) instanceof Instant moment)
        || moment.isAfter(latest)) {
      return latest;
    }
    return moment.isBefore(walk.now()) ? walk.now() : moment;
  }

  /// Listens as this step says and no longer as it said in another version.
  void listenAnew(Walk walk, Wait wait, WaitStep before) {
    if (events.isEmpty() && !before.events.isEmpty()) {
      walk.effect(new Effect.StopListening(wait.number()));
    } else if (!events.equals(before.events)) {
      walk.effect(new Effect.Listen(wait.number(), events, since));
    }
  }

  Decision arrive(Walk walk, Wait wait, Input.EventArrived arrived) {
    boolean counts;
    try {
      counts =
          events.contains(arrived.event())
              && (when == null || when.holds(walk.values(arrived.data())));
    } catch (EvaluationException e) {
      release(walk, wait.number());
      return walk.goOn(walk.fail(wait.number(), this, e.problem()));
    }
    if (!counts) {
      return walk.ignored(
          "%s, for which activation %d does not wait".formatted(arrived.event(), wait.number()));
    }
    walk.record(new Event.WaitMet(wait.number(), arrived.event()));
    release(walk, wait.number());
    return walk.goOn(walk.following(this));
  }

  Decision timeOut(Walk walk, Wait wait) {
    Decision early = walk.early(wait.number(), wait.until());
    if (early != null) {
      return early;
    }
    walk.record(new Event.WaitEnded(wait.number()));
    stopListening(walk, wait.number());
    return walk.goOn(walk.firstOf(otherwise, this));
  }

  void release(Walk walk, int activation) {
    stopListening(walk, activation);
    walk.effect(new Effect.ClearTimer(activation));
  }

  private void stopListening(Walk walk, int activation) {
    if (!events.isEmpty()) {
      walk.effect(new Effect.StopListening(activation));
    }
  }
}
