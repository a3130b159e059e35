package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run in the hands of a transaction, which has its lock: the state after everything it has taken
/// so far, and what is left to be written of it, where a later effect outdoes an earlier one of the
/// same activation.
final class HeldRun {
  /// A task that is over: how, and by whom.
  record EndedTask(Task.Status status, Actor by) {}

  /// A wait for events: all of them that come after an entry, which is `began`, with which the wait
  /// began or began anew, or an earlier one.
  record Hearing(List<String> events, Ledger.@Nullable Written began, @Nullable Long since) {
    long sinceId() {
      return since != null ? since : began == null ? 0 : began.idIfWritten();
    }

    /// The revision of the entry, as long as that has no id.
    long revision() {
      return since != null || began == null ? -1 : began.revision();
    }
  }

  private final WorkflowRun before;
  private final @Nullable Long triggerEntry;
  private boolean stored;
  private Run state;
  private long revision;
  private Instant changedAt;
  private boolean changed;
  private final Map<Integer, Effect.OpenTask> opened = new LinkedHashMap<>();
  private final Map<Integer, EndedTask> ended = new LinkedHashMap<>();
  private final Map<Integer, Effect.@Nullable SetTimer> timers = new LinkedHashMap<>();
  private final Map<Integer, @Nullable Hearing> hearings = new LinkedHashMap<>();
  private final Map<Integer, Effect.@Nullable PerformAction> actions = new LinkedHashMap<>();
  private final Map<Integer, DoStep.Assignee> reassigned = new LinkedHashMap<>();
  private final Map<Integer, Ledger.Written> newest = new HashMap<>();
  private final Set<Due.Key> messages = new LinkedHashSet<>();
  private Version version;
  private @Nullable Version next;

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
  /// Returns the effects that have to be performed now.
  List<Effect> take(Decision.Accepted decision, Ledger ledger, Actor by, Instant now) {
    if (next != null && decision.events().stream().anyMatch(Event.RunMigrated.class::isInstance)) {
      version = next;
      next = null;
    }
    record(decision.events(), ledger, by);
    state = decision.run();
    if (!decision.events().isEmpty()) {
      changed = true;
      changedAt = now;
    }
    var immediate = new ArrayList<Effect>();
    for (Effect effect : decision.effects()) {
      switch (effect) {
        case Effect.OpenTask task -> opened.put(task.activation(), task);
        case Effect.ReassignTask task -> reassigned.put(task.activation(), task.to());
        case Effect.WithdrawTask task -> opened.remove(task.activation());
        case Effect.SetTimer timer -> timers.put(timer.activation(), timer);
        case Effect.ClearTimer timer -> timers.put(timer.activation(), null);
        case Effect.Listen listen -> {
          listen(listen.activation(), listen.events(), null);
          if (listen.since() != null) {
            immediate.add(listen);
          }
        }
        case Effect.StopListening listen -> hearings.put(listen.activation(), null);
        case Effect.WithdrawQuestion question -> hearings.put(question.activation(), null);
        case Effect.PerformAction _, Effect.AskCustomer _, Effect.StartRun _ ->
            immediate.add(effect);
        case Effect.WithdrawAction action -> actions.put(action.activation(), null);
        case Effect.CancelRun call ->
            messages.add(Calls.withdrawal(new WorkflowRun.Caller(id(), call.activation())));
        case Effect.Finish _ -> {
          if (before.caller() != null) {
            messages.add(Calls.end(id()));
          }
        }
      }
    }
    return immediate;
  }

  /// Hears these events for an activation.
  ///
  /// @param since the id of the entry after which they count; null when that is the activation's
  ///   newest
  void listen(int activation, List<String> events, @Nullable Long since) {
    hearings.put(activation, new Hearing(events, newest.get(activation), since));
    changed = true;
  }

  /// Has an action performed outside once this is committed.
  void send(Effect.PerformAction action) {
    actions.put(action.activation(), action);
    changed = true;
  }

  private void record(List<Event> events, Ledger ledger, Actor by) {
    for (Event event : events) {
      Ledger.Written entry =
          ledger.append(
              id().subject(),
              ++revision,
              RunEvents.kind(event),
              RunEvents.actor(event, id(), version, by),
              RunEvents.data(event, before.subject()));
      switch (event) {
        case Event.QuestionAnswered(int activation, _) -> hearings.put(activation, null);
        case Event.QuestionEnded(int activation) -> hearings.put(activation, null);
        default -> {
          // nothing beside what its effects say
        }
      }
      if (event instanceof Event.OfActivation of) {
        newest.put(of.activation(), entry);
        Task.@Nullable Status status = RunEvents.endOfTask(event);
        if (status != null && opened.remove(of.activation()) == null) {
          ended.put(of.activation(), new EndedTask(status, by));
        }
      }
    }
  }

  /// Forgets what was left to be written, because it has been.
  void wrote() {
    stored = true;
    changed = false;
    opened.clear();
    ended.clear();
    timers.clear();
    hearings.clear();
    actions.clear();
    reassigned.clear();
    messages.clear();
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

  Subject subject() {
    return before.subject();
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
        new WorkflowRun.Moments(before.moments().startedAt(), changedAt),
        before.caller());
  }

  List<Effect.OpenTask> opened() {
    return List.copyOf(opened.values());
  }

  Map<Integer, DoStep.Assignee> reassigned() {
    return reassigned;
  }

  /// What other runs are to be told as soon as this is written.
  Set<Due.Key> messages() {
    return messages;
  }

  Map<Integer, EndedTask> ended() {
    return ended;
  }

  Map<Integer, Effect.@Nullable SetTimer> timers() {
    return timers;
  }

  /// What is to be performed outside, and null where that is no longer wanted.
  Map<Integer, Effect.@Nullable PerformAction> actions() {
    return actions;
  }

  Map<Integer, @Nullable Hearing> hearings() {
    return hearings;
  }
}
