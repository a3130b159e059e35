package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run in the hands of a transaction, which has its lock: the state after everything it has taken
/// so far, and what is left to be written of it, where a later effect outdoes an earlier one of the
/// same activation.
final class HeldRun {
  /// A task that is over: how, and by whom.
  record EndedTask(Task.Status status, Actor by) {}

  /// A wait for events; `began` is the entry with which it began, or began anew.
  record Hearing(Effect.Listen listen, Ledger.@Nullable Written began) {}

  private final WorkflowRun before;
  private final @Nullable Long triggerEntry;
  private boolean stored;
  private Version version;
  private @Nullable Version next;
  private Run state;
  private long revision;
  private Instant changedAt;
  private boolean changed;
  private final Map<Integer, Effect.OpenTask> opened = new LinkedHashMap<>();
  private final Map<Integer, EndedTask> ended = new LinkedHashMap<>();
  private final Map<Integer, Effect.@Nullable SetTimer> timers = new LinkedHashMap<>();
  private final Map<Integer, @Nullable Hearing> hearings = new LinkedHashMap<>();

  private HeldRun(WorkflowRun before, @Nullable Long triggerEntry, boolean stored) {
    this.before = before;
    this.triggerEntry = triggerEntry;
    this.stored = stored;
    version = before.version();
    state = before.state();
    revision = before.revision();
    changedAt = before.moments().changedAt();
  }

  /// As read under the lock of its row.
  static HeldRun locked(WorkflowRun run) {
    return new HeldRun(run, null, true);
  }

  /// One that nobody else can know before the transaction has ended.
  static HeldRun begun(WorkflowRun run, @Nullable Long triggerEntry) {
    return new HeldRun(run, triggerEntry, false);
  }

  /// Takes a decision in: its events to the ledger, its effects to what is left to be written.
  /// Returns the actions that have to be performed now.
  List<Effect.PerformAction> take(
      Decision.Accepted decision, Ledger ledger, Actor by, Instant now) {
    if (next != null && decision.events().stream().anyMatch(Event.RunMigrated.class::isInstance)) {
      version = next;
      next = null;
    }
    Map<Integer, Ledger.Written> entries = record(decision.events(), ledger, by);
    state = state.apply(decision.events());
    if (!decision.events().isEmpty()) {
      changed = true;
      changedAt = now;
    }
    var actions = new ArrayList<Effect.PerformAction>();
    for (Effect effect : decision.effects()) {
      switch (effect) {
        case Effect.OpenTask task -> opened.put(task.activation(), task);
        case Effect.WithdrawTask task -> opened.remove(task.activation());
        case Effect.SetTimer timer -> timers.put(timer.activation(), timer);
        case Effect.ClearTimer timer -> timers.put(timer.activation(), null);
        case Effect.Listen listen ->
            hearings.put(
                listen.activation(), new Hearing(listen, entries.get(listen.activation())));
        case Effect.StopListening listen -> hearings.put(listen.activation(), null);
        case Effect.PerformAction action -> actions.add(action);
        case Effect.WithdrawAction withdrawn ->
            actions.removeIf(action -> action.activation() == withdrawn.activation());
        case Effect.Finish _ -> {
          // How the run ended is in its state.
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
    return actions;
  }

  /// The newest entry about each activation.
  private Map<Integer, Ledger.Written> record(List<Event> events, Ledger ledger, Actor by) {
    var entries = new HashMap<Integer, Ledger.Written>();
    for (Event event : events) {
      Ledger.Written entry =
          ledger.append(
              id().subject(),
              ++revision,
              RunEvents.kind(event),
              RunEvents.actor(event, id(), version(), by),
              RunEvents.data(event, version(), before.subject()));
      if (event instanceof Event.OfActivation of) {
        entries.put(of.activation(), entry);
        Task.@Nullable Status status = RunEvents.endOfTask(event);
        if (status != null && opened.remove(of.activation()) == null) {
          ended.put(of.activation(), new EndedTask(status, by));
        }
      }
    }
    return entries;
  }

  /// Forgets what was left to be written, because it has been.
  void wrote() {
    stored = true;
    changed = false;
    opened.clear();
    ended.clear();
    timers.clear();
    hearings.clear();
  }

  RunId id() {
    return before.id();
  }

  Version version() {
    return version;
  }

  /// The version that the run follows from the moment on at which it is moved to it.
  void moveTo(Version to) {
    next = to;
  }

  Run state() {
    return state;
  }

  boolean isChanged() {
    return changed;
  }

  boolean isStored() {
    return stored;
  }

  @Nullable Long triggerEntry() {
    return triggerEntry;
  }

  /// The run as it is now.
  WorkflowRun run() {
    return new WorkflowRun(
        before.id(),
        version,
        before.subject(),
        state,
        revision,
        new WorkflowRun.Moments(before.moments().startedAt(), changedAt));
  }

  List<Effect.OpenTask> opened() {
    return List.copyOf(opened.values());
  }

  Map<Integer, EndedTask> ended() {
    return ended;
  }

  Map<Integer, Effect.@Nullable SetTimer> timers() {
    return timers;
  }

  Map<Integer, @Nullable Hearing> hearings() {
    return hearings;
  }
}
