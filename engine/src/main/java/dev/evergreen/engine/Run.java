package dev.evergreen.engine;

import dev.evergreen.engine.Lifecycle.Phase;
import dev.evergreen.engine.Run.Activation.Action;
import dev.evergreen.engine.Run.Activation.Backoff;
import dev.evergreen.engine.Run.Activation.Block;
import dev.evergreen.engine.Run.Activation.Branch;
import dev.evergreen.engine.Run.Activation.Call;
import dev.evergreen.engine.Run.Activation.Fault;
import dev.evergreen.engine.Run.Activation.Handling;
import dev.evergreen.engine.Run.Activation.Question;
import dev.evergreen.engine.Run.Activation.Rounds;
import dev.evergreen.engine.Run.Activation.Task;
import dev.evergreen.engine.Run.Activation.Together;
import dev.evergreen.engine.Run.Activation.Wait;
import dev.evergreen.engine.Run.Activation.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of one execution of a definition. Immutable; made only by applying events to [#fresh].
///
/// The position in the tree is the set of open activations: each names its step and the open scope
/// that it is inside of, and the tree says what comes after it. So the state holds nothing that a
/// later look at the definition could contradict.
///
/// @param data what the start, answers and outcomes have set so far, by name
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
    /// Stopped at one step at least until a person retries it, skips it, or cancels the run.
    /// Whatever else is open goes on.
    FAULTED,
    ENDED,
    CANCELED;

    /// Nothing can happen any more.
    public boolean isFinal() {
      return this == ENDED || this == CANCELED;
    }
  }

  /// One visit of one step that is still open. Numbers count up from 1 within a run and are never
  /// given twice; `scope` is the number of the visit that this one is inside of, 0 for the run
  /// itself; `step` is the step's id in the definition, [Definition#WHOLE] for what belongs to the
  /// whole.
  public sealed interface Activation {
    int number();

    int scope();

    String step();

    /// A person has been asked.
    record Task(int number, int scope, String step, @Nullable Instant dueAt)
        implements Activation {}

    /// An action has been asked for and its result is awaited.
    ///
    /// @param attempt counted from 1
    record Action(int number, int scope, String step, int attempt) implements Activation {}

    /// An action failed at its `attempt` and is asked for again at `until`.
    record Backoff(int number, int scope, String step, int attempt, Instant until)
        implements Activation {}

    /// The customer has been asked, for the `attempt`-th time.
    record Question(int number, int scope, String step, int attempt, Instant until)
        implements Activation {
      Question again() {
        return new Question(number, scope, step, attempt + 1, until);
      }
    }

    record Wait(int number, int scope, String step, Instant until) implements Activation {}

    /// Another run was started, and its end is awaited.
    record Call(int number, int scope, String step) implements Activation {}

    /// A repeat that is in its `round`, counted from 1. A scope.
    record Rounds(int number, int scope, String step, int round) implements Activation {}

    /// Branches that go on side by side. A scope of [Branch]es.
    record Together(int number, int scope, String step) implements Activation {}

    /// One of them. A scope.
    record Branch(int number, int scope, String step, int branch) implements Activation {}

    /// A step with handlers, or the whole run when it has some. A scope of the step itself, of
    /// [Watch]es and of [Handling]s.
    ///
    /// @param over whether only handlings go on
    record Block(int number, int scope, String step, boolean over) implements Activation {}

    /// A handler of a block that may fire.
    ///
    /// @param until when it fires; null when it waits for events
    record Watch(int number, int scope, String step, String handler, @Nullable Instant until)
        implements Activation {}

    /// A handler's steps under way. A scope.
    record Handling(int number, int scope, String step, String handler) implements Activation {}

    /// The step could not go on.
    ///
    /// @param interrupted what the visit was before, to which a retry returns; null when the step
    ///   had not begun
    record Fault(
        int number, int scope, String step, String problem, @Nullable Activation interrupted)
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
      case Event.RunStarted e -> move(Status.RUNNING, e).with(e.data());
      case Event.TaskOpened e -> put(e, new Task(e.activation(), e.scope(), e.step(), e.dueAt()));
      case Event.TaskReassigned e -> put(e, activation(e.activation()));
      case Event.TaskCompleted e -> close(e).with(e.answers());
      case Event.ActionRequested e ->
          put(e, new Action(e.activation(), e.scope(), e.step(), e.attempt()));
      case Event.ActionSucceeded e -> close(e).with(e.outcome());
      case Event.ActionFailed e -> put(e, backoff(e));
      case Event.QuestionAsked e ->
          put(e, new Question(e.activation(), e.scope(), e.step(), e.attempt(), e.until()));
      case Event.AnswerRefused e -> put(e, activation(e.activation()));
      case Event.QuestionAnswered e -> close(e).with(e.answer());
      case Event.QuestionEnded e -> close(e);
      case Event.RuleApplied e -> close(e).with(e.set());
      case Event.BranchTaken e -> close(e);
      case Event.TogetherBegan e -> put(e, new Together(e.activation(), e.scope(), e.step()));
      case Event.BranchBegan e ->
          put(e, new Branch(e.activation(), e.scope(), e.step(), e.branch()));
      case Event.BranchEnded e -> close(e);
      case Event.TogetherEnded e -> close(e);
      case Event.RoundBegan e -> put(e, new Rounds(e.activation(), e.scope(), e.step(), e.round()));
      case Event.RoundsEnded e -> close(e);
      case Event.WaitBegan e -> put(e, new Wait(e.activation(), e.scope(), e.step(), e.until()));
      case Event.WaitMet e -> close(e);
      case Event.WaitEnded e -> close(e);
      case Event.CallBegan e -> put(e, new Call(e.activation(), e.scope(), e.step()));
      case Event.CallEnded e -> close(e).with(e.data());
      case Event.BlockEntered e -> put(e, new Block(e.activation(), e.scope(), e.step(), false));
      case Event.HandlerArmed e ->
          put(e, new Watch(e.activation(), e.scope(), e.step(), e.handler(), e.until()));
      case Event.HandlerFired e ->
          put(e, new Handling(e.activation(), e.scope(), e.step(), e.handler()));
      case Event.HandlerDone e -> close(e);
      case Event.MainFlowEnded e -> put(e, over(e));
      case Event.BlockLeft e -> close(e);
      case Event.StepFailed e -> close(e);
      case Event.FaultRaised e ->
          put(
              e,
              new Fault(
                  e.activation(), e.scope(), e.step(), e.problem(), activation(e.activation())));
      case Event.FaultCleared e ->
          put(e, activation(e.activation()) instanceof Fault fault ? fault.interrupted() : null);
      case Event.Skipped e -> close(e);
      case Event.Withdrawn e -> close(e);
      case Event.Ignored e -> move(status, e);
      case Event.RunMigrated e -> migrate(e);
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

  /// What is open directly inside of that scope.
  public List<Activation> inside(int scope) {
    var inside = new ArrayList<Activation>();
    for (Activation activation : open) {
      if (activation.scope() == scope) {
        inside.add(activation);
      }
    }
    return inside;
  }

  private Run move(Status to, Event event) {
    Lifecycle.RUN.check(status, event, to);
    return to == status ? this : new Run(to, data, open, lastActivation, outcome);
  }

  private Run close(Event.OfActivation event) {
    return put(event, null);
  }

  /// Puts `next` in the place of the activation that the event is about.
  private Run put(Event.OfActivation event, @Nullable Activation next) {
    int number = event.activation();
    int place = place(number);
    Activation before =
        place < open.size() && open.get(place).number() == number ? open.get(place) : null;
    var after = new ArrayList<>(open);
    if (before != null) {
      after.remove(place);
    }
    if (next != null) {
      after.add(place, next);
    }
    Status to = isFaulted(after) ? Status.FAULTED : Status.RUNNING;
    Lifecycle.RUN.check(status, event, to);
    Lifecycle.ACTIVATION.check(Phase.of(before), event, Phase.of(next));
    return new Run(to, data, after, Math.max(lastActivation, number), outcome);
  }

  /// Where that visit is among the open ones, or would be.
  private int place(int number) {
    int place = 0;
    while (place < open.size() && open.get(place).number() < number) {
      place++;
    }
    return place;
  }

  private static boolean isFaulted(List<Activation> open) {
    for (Activation activation : open) {
      if (activation instanceof Fault) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Activation backoff(Event.ActionFailed event) {
    return activation(event.activation()) instanceof Action action
        ? new Backoff(
            action.number(), action.scope(), action.step(), action.attempt(), event.retryAt())
        : null;
  }

  private @Nullable Activation over(Event.MainFlowEnded event) {
    return activation(event.activation()) instanceof Block block
        ? new Block(block.number(), block.scope(), block.step(), true)
        : null;
  }

  private Run with(Map<String, Object> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new HashMap<>(data);
    all.putAll(more);
    return new Run(status, all, open, lastActivation, outcome);
  }

  /// Puts what is open in other places, and changes nothing else of it.
  private Run migrate(Event.RunMigrated event) {
    Lifecycle.RUN.check(status, event, status);
    for (int i = 0; i < Math.max(open.size(), event.open().size()); i++) {
      Activation before = i < open.size() ? open.get(i) : null;
      Activation after = i < event.open().size() ? event.open().get(i) : null;
      if (Phase.of(before) != Phase.of(after)
          || (before != null && after != null && before.number() != after.number())) {
        throw new IllegalStateException(
            "expected %s in another place, but found %s".formatted(before, after));
      }
    }
    return new Run(status, data, event.open(), lastActivation, outcome);
  }

  private Run finish(Event event, Status to, @Nullable String how) {
    Lifecycle.RUN.check(status, event, to);
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "expected nothing to be open when a run is over, but found " + open);
    }
    return new Run(to, data, open, lastActivation, how);
  }
}
