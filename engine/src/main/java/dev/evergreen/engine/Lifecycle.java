package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import java.util.ArrayList;
import java.util.Arrays;
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
/// @param <S> the states, 8 at most
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
    WAIT,
    ROUNDS,
    FAULT;

    static Phase of(@Nullable Activation activation) {
      return switch (activation) {
        case null -> NOT_OPEN;
        case Activation.Task _ -> TASK;
        case Activation.Action _ -> ACTION;
        case Activation.Wait _ -> WAIT;
        case Activation.Rounds _ -> ROUNDS;
        case Activation.Fault _ -> FAULT;
      };
    }
  }

  /// A run as a whole.
  public static final Lifecycle<Status> RUN =
      new Lifecycle<>(
          "run",
          List.of(
              move(Status.NEW, Status.RUNNING, Event.RunStarted.class),
              stay(
                  Status.RUNNING,
                  Event.TaskOpened.class,
                  Event.TaskCompleted.class,
                  Event.TaskSkipped.class,
                  Event.TaskWithdrawn.class,
                  Event.ActionRequested.class,
                  Event.ActionSucceeded.class,
                  Event.ActionWithdrawn.class,
                  Event.BranchTaken.class,
                  Event.RoundBegan.class,
                  Event.RoundsEnded.class,
                  Event.WaitBegan.class,
                  Event.WaitMet.class,
                  Event.WaitEnded.class,
                  Event.WaitWithdrawn.class,
                  Event.Ignored.class),
              move(Status.RUNNING, Status.FAULTED, Event.FaultRaised.class),
              move(
                  Status.FAULTED,
                  Status.RUNNING,
                  Event.FaultCleared.class,
                  Event.FaultSkipped.class),
              move(Status.RUNNING, Status.ENDED, Event.RunEnded.class),
              move(Status.RUNNING, Status.CANCELED, Event.RunCanceled.class),
              move(Status.FAULTED, Status.CANCELED, Event.RunCanceled.class),
              stay(Status.FAULTED, Event.Ignored.class),
              stay(Status.ENDED, Event.Ignored.class),
              stay(Status.CANCELED, Event.Ignored.class)));

  /// One visit of one step. The end of the run ends rounds and faults without an event of their
  /// own.
  public static final Lifecycle<Phase> ACTIVATION =
      new Lifecycle<>(
          "activation",
          List.of(
              move(Phase.NOT_OPEN, Phase.TASK, Event.TaskOpened.class),
              move(
                  Phase.TASK,
                  Phase.NOT_OPEN,
                  Event.TaskCompleted.class,
                  Event.TaskSkipped.class,
                  Event.TaskWithdrawn.class),
              move(Phase.NOT_OPEN, Phase.ACTION, Event.ActionRequested.class),
              stay(Phase.ACTION, Event.ActionRequested.class),
              move(
                  Phase.ACTION,
                  Phase.NOT_OPEN,
                  Event.ActionSucceeded.class,
                  Event.ActionWithdrawn.class),
              stay(Phase.NOT_OPEN, Event.BranchTaken.class),
              move(Phase.NOT_OPEN, Phase.ROUNDS, Event.RoundBegan.class),
              stay(Phase.ROUNDS, Event.RoundBegan.class),
              move(Phase.ROUNDS, Phase.NOT_OPEN, Event.RoundsEnded.class),
              move(Phase.NOT_OPEN, Phase.WAIT, Event.WaitBegan.class),
              move(
                  Phase.WAIT,
                  Phase.NOT_OPEN,
                  Event.WaitMet.class,
                  Event.WaitEnded.class,
                  Event.WaitWithdrawn.class),
              move(Phase.NOT_OPEN, Phase.FAULT, Event.FaultRaised.class),
              move(Phase.ACTION, Phase.FAULT, Event.FaultRaised.class),
              move(Phase.WAIT, Phase.FAULT, Event.FaultRaised.class),
              move(Phase.ROUNDS, Phase.FAULT, Event.FaultRaised.class),
              move(Phase.FAULT, Phase.NOT_OPEN, Event.FaultCleared.class, Event.FaultSkipped.class),
              move(Phase.FAULT, Phase.ACTION, Event.FaultCleared.class),
              move(Phase.FAULT, Phase.WAIT, Event.FaultCleared.class),
              move(Phase.FAULT, Phase.ROUNDS, Event.FaultCleared.class)));

  private final String name;
  private final List<Transition<S>> transitions;

  /// For each event, the allowed pairs of states as bits: applying is hot.
  private final Map<Class<?>, Long> allowed = new HashMap<>();

  private Lifecycle(String name, List<Stream<Transition<S>>> parts) {
    this.name = name;
    this.transitions = parts.stream().flatMap(part -> part).toList();
    for (var transition : transitions) {
      allowed.merge(transition.event(), bit(transition.from(), transition.to()), (a, b) -> a | b);
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
    if ((allowed.getOrDefault(event.getClass(), 0L) & bit(from, to)) == 0) {
      throw new IllegalStateException(
          "expected an event that the lifecycle of a %s allows in %s, but found %s, to %s"
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
  private static <S extends Enum<S>> long bit(S from, S to) {
    return 1L << (from.ordinal() * 8 + to.ordinal());
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
    return Arrays.stream(events).map(event -> new Transition<S>(from, event, to));
  }
}
