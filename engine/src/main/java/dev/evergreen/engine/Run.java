package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation.Action;
import dev.evergreen.engine.Run.Activation.Fault;
import dev.evergreen.engine.Run.Activation.Rounds;
import dev.evergreen.engine.Run.Activation.Task;
import dev.evergreen.engine.Run.Activation.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of one execution of a definition. Immutable; made only by applying events to [#fresh].
///
/// The position in the tree is the set of open activations: each names its step, and the tree says
/// what comes after it. So the state holds nothing that a later look at the definition could
/// contradict.
///
/// @param data what answers and outcomes have set so far, by name
/// @param open the visits of steps that have begun and not ended, in the order of their numbers;
///   empty once the run has ended or was canceled
/// @param lastActivation the highest number given to a visit so far; 0 before the first
/// @param outcome how the run ended; null as long as it has not, and when it was canceled
public record Run(
    Status status,
    Map<String, Object> data,
    List<Activation> open,
    int lastActivation,
    @Nullable String outcome) {

  private static final Run FRESH = new Run(Status.NEW, Map.of(), List.of(), 0, null);

  public Run {
    data = Map.copyOf(data);
    open = List.copyOf(open);
  }

  public enum Status {
    NEW,
    RUNNING,
    /// Stopped at a step until a person retries it, skips it, or cancels the run.
    FAULTED,
    ENDED,
    CANCELED;

    /// Nothing can happen any more.
    public boolean isFinal() {
      return this == ENDED || this == CANCELED;
    }
  }

  /// One visit of one step that is still open. Numbers count up from 1 within a run and are never
  /// given twice; `step` is the step's id in the definition.
  public sealed interface Activation {
    int number();

    String step();

    /// A person has been asked.
    record Task(int number, String step, @Nullable Instant dueAt) implements Activation {}

    /// An action has been asked for and its result is awaited.
    record Action(int number, String step) implements Activation {}

    record Wait(int number, String step, Instant until) implements Activation {}

    /// A repeat that is in its `round`, counted from 1.
    record Rounds(int number, String step, int round) implements Activation {}

    /// The step could not go on.
    ///
    /// @param interrupted what the visit was before, to which a retry returns; null when the step
    ///   had not begun
    record Fault(int number, String step, String problem, @Nullable Activation interrupted)
        implements Activation {}
  }

  /// A run to which nothing has happened yet.
  public static Run fresh() {
    return FRESH;
  }

  /// The run after all of `events`, in their order.
  public Run apply(List<Event> events) {
    Run run = this;
    for (Event event : events) {
      run = run.apply(event);
    }
    return run;
  }

  /// The run after `event`. Decides nothing and looks nothing up.
  ///
  /// @throws IllegalStateException when [Lifecycle] does not allow the event in this state, which
  ///   means that the event belongs to another run or came in the wrong order
  public Run apply(Event event) {
    return switch (event) {
      case Event.RunStarted _ -> move(Status.RUNNING, event);
      case Event.TaskOpened e ->
          open(e, new Task(e.activation(), e.step(), e.dueAt()), Status.RUNNING);
      case Event.TaskCompleted e -> close(e, Status.RUNNING).with(e.answers());
      case Event.TaskSkipped e -> close(e, Status.RUNNING);
      case Event.TaskWithdrawn e -> close(e, Status.RUNNING);
      case Event.ActionRequested e -> open(e, new Action(e.activation(), e.step()), Status.RUNNING);
      case Event.ActionSucceeded e -> close(e, Status.RUNNING).with(e.outcome());
      case Event.ActionWithdrawn e -> close(e, Status.RUNNING);
      case Event.BranchTaken e -> close(e, Status.RUNNING);
      case Event.RoundBegan e ->
          open(e, new Rounds(e.activation(), e.step(), e.round()), Status.RUNNING);
      case Event.RoundsEnded e -> close(e, Status.RUNNING);
      case Event.WaitBegan e ->
          open(e, new Wait(e.activation(), e.step(), e.until()), Status.RUNNING);
      case Event.WaitMet e -> close(e, Status.RUNNING);
      case Event.WaitEnded e -> close(e, Status.RUNNING);
      case Event.WaitWithdrawn e -> close(e, Status.RUNNING);
      case Event.FaultRaised e ->
          open(
              e,
              new Fault(e.activation(), e.step(), e.problem(), activation(e.activation())),
              Status.FAULTED);
      case Event.FaultCleared e -> {
        var interrupted =
            activation(e.activation()) instanceof Fault fault ? fault.interrupted() : null;
        yield interrupted == null ? close(e, Status.RUNNING) : open(e, interrupted, Status.RUNNING);
      }
      case Event.FaultSkipped e -> close(e, Status.RUNNING);
      case Event.Ignored _ -> move(status, event);
      case Event.RunEnded e -> finish(e, Status.ENDED, e.outcome());
      case Event.RunCanceled e -> finish(e, Status.CANCELED, null);
    };
  }

  /// The open activation with that number; null when it is not open.
  public @Nullable Activation activation(int number) {
    for (Activation activation : open) {
      if (activation.number() == number) {
        return activation;
      }
    }
    return null;
  }

  private Run move(Status to, Event event) {
    Lifecycle.RUN.check(status, event, to);
    return to == status ? this : new Run(to, data, open, lastActivation, outcome);
  }

  private Run open(Event.OfActivation event, Activation next, Status to) {
    return replace(event, next, to);
  }

  private Run close(Event.OfActivation event, Status to) {
    return replace(event, null, to);
  }

  /// Puts `next` in the place of the activation that the event is about.
  private Run replace(Event.OfActivation event, @Nullable Activation next, Status to) {
    int number = event.activation();
    Lifecycle.RUN.check(status, event, to);
    Lifecycle.ACTIVATION.check(
        Lifecycle.Phase.of(activation(number)), event, Lifecycle.Phase.of(next));
    var remaining = new ArrayList<Activation>(open.size() + 1);
    for (Activation activation : open) {
      if (activation.number() != number) {
        remaining.add(activation);
      }
    }
    if (next != null) {
      int place = remaining.size();
      while (place > 0 && remaining.get(place - 1).number() > number) {
        place--;
      }
      remaining.add(place, next);
    }
    return new Run(to, data, remaining, Math.max(lastActivation, number), outcome);
  }

  private Run with(Map<String, Object> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new HashMap<>(data);
    all.putAll(more);
    return new Run(status, all, open, lastActivation, outcome);
  }

  private Run finish(Event event, Status to, @Nullable String how) {
    Lifecycle.RUN.check(status, event, to);
    return new Run(to, data, List.of(), lastActivation, how);
  }
}
