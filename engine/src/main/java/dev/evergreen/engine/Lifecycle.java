package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which events may happen in which state, as a value: [Run#apply] consults it, the documentation
/// draws it, and the tests prove that each of its transitions happens.
///
/// @param <S> the states, 32 at most
public final class Lifecycle<S extends Enum<S>> {

  /// One allowed change, or one allowed event that leaves the state as it is.
  public record Transition<S extends Enum<S>>(S from, Class<? extends Event> event, S to) {
    @Override
    public String toString() {
      return from + " --" + event.getSimpleName() + "--> " + to;
    }
  }

  /// What a visit of a step is at a time.
  public enum Phase {
    /// Not begun yet, or over.
    NOT_OPEN,
    TASK,
    ACTION,
    BACKOFF,
    QUESTION,
    WAIT,
    CALL,
    ROUNDS,
    TOGETHER,
    BRANCH,
    BLOCK,
    /// A block whose own steps are over, while those of its handlers go on.
    HANDLERS_LEFT,
    WATCH,
    HANDLING,
    FAULT;

    static Phase of(@Nullable Activation activation) {
      return switch (activation) {
        case null -> NOT_OPEN;
        case Activation.Task _ -> TASK;
        case Activation.Action _ -> ACTION;
        case Activation.Backoff _ -> BACKOFF;
        case Activation.Question _ -> QUESTION;
        case Activation.Wait _ -> WAIT;
        case Activation.Call _ -> CALL;
        case Activation.Rounds _ -> ROUNDS;
        case Activation.Together _ -> TOGETHER;
        case Activation.Branch _ -> BRANCH;
        case Activation.Block block -> block.over() ? HANDLERS_LEFT : BLOCK;
        case Activation.Watch _ -> WATCH;
        case Activation.Handling _ -> HANDLING;
        case Activation.Fault _ -> FAULT;
      };
    }
  }

  /// What may happen both to a run that goes on everywhere and to one that is stopped somewhere.
  private static final List<Class<? extends Event>> WHILE_UNDER_WAY =
      List.of(
          Event.TaskOpened.class,
          Event.TaskReassigned.class,
          Event.TaskCompleted.class,
          Event.ActionRequested.class,
          Event.ActionSucceeded.class,
          Event.ActionFailed.class,
          Event.QuestionAsked.class,
          Event.AnswerRefused.class,
          Event.QuestionAnswered.class,
          Event.QuestionEnded.class,
          Event.RuleApplied.class,
          Event.BranchTaken.class,
          Event.TogetherBegan.class,
          Event.BranchBegan.class,
          Event.BranchEnded.class,
          Event.TogetherEnded.class,
          Event.RoundBegan.class,
          Event.RoundsEnded.class,
          Event.WaitBegan.class,
          Event.WaitMet.class,
          Event.WaitEnded.class,
          Event.CallBegan.class,
          Event.CallEnded.class,
          Event.BlockEntered.class,
          Event.HandlerArmed.class,
          Event.HandlerFired.class,
          Event.HandlerDone.class,
          Event.MainFlowEnded.class,
          Event.BlockLeft.class,
          Event.StepFailed.class,
          Event.Skipped.class,
          Event.Withdrawn.class,
          Event.Ignored.class,
          Event.RunMigrated.class);

  /// A run as a whole. What is open when it ends is withdrawn first.
  public static final Lifecycle<Status> RUN =
      new Lifecycle<>(
          "run",
          List.of(
              move(Status.NEW, Status.RUNNING, Event.RunStarted.class),
              move(Status.RUNNING, Status.RUNNING, WHILE_UNDER_WAY),
              move(Status.RUNNING, Status.FAULTED, Event.FaultRaised.class),
              move(Status.FAULTED, Status.FAULTED, WHILE_UNDER_WAY),
              stay(Status.FAULTED, Event.FaultRaised.class, Event.FaultCleared.class),
              move(
                  Status.FAULTED,
                  Status.RUNNING,
                  Event.FaultCleared.class,
                  Event.Skipped.class,
                  Event.Withdrawn.class),
              move(Status.RUNNING, Status.ENDED, Event.RunEnded.class),
              move(Status.RUNNING, Status.CANCELED, Event.RunCanceled.class),
              stay(Status.ENDED, Event.Ignored.class),
              stay(Status.CANCELED, Event.Ignored.class)));

  /// One visit of one step.
  public static final Lifecycle<Phase> ACTIVATION =
      new Lifecycle<>(
          "activation",
          List.of(
              stay(Phase.NOT_OPEN, Event.BranchTaken.class, Event.RuleApplied.class),
              begin(Phase.TASK, Event.TaskOpened.class),
              stay(Phase.TASK, Event.TaskReassigned.class),
              over(Phase.TASK, Event.TaskCompleted.class, Event.Skipped.class),
              begin(Phase.ACTION, Event.ActionRequested.class),
              stay(Phase.ACTION, Event.ActionRequested.class),
              move(Phase.ACTION, Phase.BACKOFF, Event.ActionFailed.class),
              move(Phase.BACKOFF, Phase.ACTION, Event.ActionRequested.class),
              over(Phase.ACTION, Event.ActionSucceeded.class, Event.Skipped.class),
              over(Phase.BACKOFF, Event.Skipped.class),
              begin(Phase.QUESTION, Event.QuestionAsked.class),
              stay(Phase.QUESTION, Event.AnswerRefused.class, Event.QuestionAsked.class),
              over(
                  Phase.QUESTION,
                  Event.QuestionAnswered.class,
                  Event.QuestionEnded.class,
                  Event.Skipped.class),
              begin(Phase.WAIT, Event.WaitBegan.class),
              stay(Phase.WAIT, Event.WaitBegan.class),
              over(Phase.WAIT, Event.WaitMet.class, Event.WaitEnded.class, Event.Skipped.class),
              begin(Phase.CALL, Event.CallBegan.class),
              stay(Phase.CALL, Event.CallBegan.class),
              over(Phase.CALL, Event.CallEnded.class, Event.Skipped.class),
              begin(Phase.ROUNDS, Event.RoundBegan.class),
              stay(Phase.ROUNDS, Event.RoundBegan.class),
              over(Phase.ROUNDS, Event.RoundsEnded.class, Event.Skipped.class),
              begin(Phase.TOGETHER, Event.TogetherBegan.class),
              over(Phase.TOGETHER, Event.TogetherEnded.class, Event.Skipped.class),
              begin(Phase.BRANCH, Event.BranchBegan.class),
              over(Phase.BRANCH, Event.BranchEnded.class),
              begin(Phase.BLOCK, Event.BlockEntered.class),
              move(Phase.BLOCK, Phase.HANDLERS_LEFT, Event.MainFlowEnded.class),
              over(Phase.BLOCK, Event.BlockLeft.class, Event.Skipped.class),
              over(Phase.HANDLERS_LEFT, Event.BlockLeft.class, Event.Skipped.class),
              begin(Phase.WATCH, Event.HandlerArmed.class),
              over(Phase.WATCH, Event.WaitEnded.class),
              begin(Phase.HANDLING, Event.HandlerFired.class),
              over(Phase.HANDLING, Event.HandlerDone.class),
              failures(),
              over(Phase.FAULT, Event.Skipped.class)));

  private final String name;
  private final List<Transition<S>> transitions;

  /// For each event and state, the states that it may lead to, as bits: applying is hot.
  private final Map<Class<?>, int[]> allowed = new HashMap<>();

  private Lifecycle(String name, List<Stream<Transition<S>>> parts) {
    this.name = name;
    this.transitions = parts.stream().flatMap(part -> part).toList();
    for (var transition : transitions) {
      allowed
              .computeIfAbsent(transition.event(), _ -> new int[Integer.SIZE])[
              position(transition.from())] |=
          1 << position(transition.to());
    }
  }

  public List<Transition<S>> transitions() {
    return transitions;
  }

  /// The transitions that are not among those `taken`: what no test has proven yet.
  public List<Transition<S>> missingFrom(Collection<Transition<S>> taken) {
    return transitions.stream().filter(transition -> !taken.contains(transition)).toList();
  }

  void check(S from, Event event, S to) {
    int[] targets = allowed.get(event.getClass());
    if (targets == null || (targets[position(from)] & 1 << position(to)) == 0) {
      throw new IllegalStateException(
          "expected an event that the lifecycle of the %s allows in %s, but found %s, to %s"
              .formatted(name, from, event, to));
    }
  }

  /// The state diagram, in the text form of Mermaid.
  ///
  /// See the [syntax](https://mermaid.js.org/syntax/stateDiagram.html).
  public String toMermaid() {
    var arrows = new LinkedHashMap<String, List<String>>();
    for (var transition : transitions) {
      arrows
          .computeIfAbsent(transition.from() + " --> " + transition.to(), _ -> new ArrayList<>())
          .add(transition.event().getSimpleName());
    }
    var text = new StringBuilder("stateDiagram-v2\n");
    arrows.forEach((arrow, events) ->
        text.append("  %s : %s\n".formatted(arrow, String.join("<br>", events))));
    return text.toString();
  }

  @SuppressWarnings("EnumOrdinal") // positions that are never stored
  private static int position(Enum<?> state) {
    return state.ordinal();
  }

  @SafeVarargs
  private static Stream<Transition<Phase>> begin(Phase phase, Class<? extends Event>... events) {
    return move(Phase.NOT_OPEN, phase, events);
  }

  /// By one of the events, or because what it was a part of is over.
  @SafeVarargs
  private static Stream<Transition<Phase>> over(Phase phase, Class<? extends Event>... events) {
    return Stream.concat(
        move(phase, Phase.NOT_OPEN, events), move(phase, Phase.NOT_OPEN, Event.Withdrawn.class));
  }

  /// What stops with a problem is, once a person has it tried again, what it was before. A handler
  /// takes over instead where there is one, but not for what it asks itself before it fires.
  private static Stream<Transition<Phase>> failures() {
    var steps =
        List.of(Phase.ACTION, Phase.BACKOFF, Phase.QUESTION, Phase.WAIT, Phase.CALL, Phase.ROUNDS);
    return Stream.of(
            Stream.of(
                new Transition<>(Phase.NOT_OPEN, Event.StepFailed.class, Phase.NOT_OPEN),
                new Transition<>(Phase.NOT_OPEN, Event.FaultRaised.class, Phase.FAULT),
                new Transition<>(Phase.FAULT, Event.FaultCleared.class, Phase.NOT_OPEN),
                new Transition<>(Phase.WATCH, Event.FaultRaised.class, Phase.FAULT),
                new Transition<>(Phase.FAULT, Event.FaultCleared.class, Phase.WATCH)),
            steps.stream().map(it -> new Transition<>(it, Event.StepFailed.class, Phase.NOT_OPEN)),
            steps.stream().map(it -> new Transition<>(it, Event.FaultRaised.class, Phase.FAULT)),
            steps.stream().map(it -> new Transition<>(Phase.FAULT, Event.FaultCleared.class, it)))
        .flatMap(part -> part);
  }

  @SafeVarargs
  private static <S extends Enum<S>> Stream<Transition<S>> stay(
      S state, Class<? extends Event>... events) {
    return move(state, state, events);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <S extends Enum<S>> Stream<Transition<S>> move(
      S from, S to, Class<? extends Event>... events) {
    return move(from, to, List.of(events));
  }

  private static <S extends Enum<S>> Stream<Transition<S>> move(
      S from, S to, List<Class<? extends Event>> events) {
    return events.stream().map(event -> new Transition<S>(from, event, to));
  }
}
