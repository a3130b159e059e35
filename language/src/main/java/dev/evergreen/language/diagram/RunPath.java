package dev.evergreen.language.diagram;

import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The path of one run through its workflow: how it stands to each step, and which ways it took.
///
/// @param standings by the step's id; what is not there has not been reached
/// @param times how often each step was begun
/// @param ways the ids of the ways taken, see [Figures#ways]
public record RunPath(
    Map<String, Standing> standings, Map<String, Integer> times, Set<String> ways, boolean over) {
  public RunPath {
    standings = Map.copyOf(standings);
    times = Map.copyOf(times);
    ways = Set.copyOf(ways);
  }

  /// @param history every event of the run, in its order
  public static RunPath of(Definition definition, Run run, List<Event> history) {
    return new Reading(definition).read(run, history);
  }

  Standing standing(String step) {
    return standings.getOrDefault(step, Standing.AHEAD);
  }

  boolean reached(String step) {
    return standing(step) != Standing.AHEAD;
  }

  boolean took(Way way) {
    return ways.contains(way.id()) || way.steps().stream().anyMatch(it -> reached(it.id()));
  }

  /// Whether the way was gone to its end.
  boolean leftBy(Way way) {
    return took(way) && (way.steps().isEmpty() || isOver(way.steps().getLast()));
  }

  boolean isOver(Step step) {
    var standing = standing(step.id());
    return standing == Standing.DONE || standing == Standing.SKIPPED;
  }

  private static final class Reading {
    private final Definition definition;
    private final Words.Scheme scheme;
    private final Map<Integer, String> steps = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();
    private final Set<String> ways = new HashSet<>();

    Reading(Definition definition) {
      this.definition = definition;
      scheme = Words.Scheme.of(definition);
    }

    RunPath read(Run run, List<Event> history) {
      history.forEach(this::read);
      // A block with handlers stands behind the step itself.
      for (Activation open : run.open()) {
        if (open instanceof Activation.Block block && !block.step().equals(Definition.WHOLE)) {
          standings.put(block.step(), Standing.CURRENT);
        }
      }
      for (Activation open : run.open()) {
        var standing = standing(open);
        if (standing != null) {
          standings.put(open.step(), standing);
        }
      }
      if (run.outcome() != null) {
        boolean inHandler =
            Way.of(definition.handlers(), scheme).stream()
                .anyMatch(way -> endAt(run.outcome(), way.steps(), ways.contains(way.id())));
        if (!inHandler) {
          endAt(run.outcome(), definition.steps(), true);
        }
      }
      return new RunPath(standings, times, ways, run.status() == Run.Status.ENDED);
    }

    /// No event names the step that ended a run. It is the deepest end of that outcome before which
    /// everything was done: had the run come to a deeper one, that would have ended it.
    private boolean endAt(String outcome, List<Step> steps, boolean taken) {
      boolean here = taken;
      for (Step step : steps) {
        for (Way way :
            Stream.concat(Way.of(step, scheme).stream(), Way.of(step.handlers(), scheme).stream())
                .toList()) {
          if (endAt(outcome, way.steps(), ways.contains(way.id()))) {
            return true;
          }
        }
        if (step instanceof RepeatStep repeat
            && endAt(outcome, repeat.steps(), standings.containsKey(step.id()))) {
          return true;
        }
        if (here && step instanceof EndStep end && end.outcome().equals(outcome)) {
          standings.put(end.id(), Standing.DONE);
          return true;
        }
        here = standings.containsKey(step.id());
      }
      return false;
    }

    private void read(Event event) {
      switch (event) {
        case Event.BranchTaken e -> {
          begin(e);
          ways.add(Way.branchId(definition.step(e.step(), DecideStep.class), e.branch()));
        }
        case Event.BranchBegan e -> ways.add(e.step() + "." + (e.branch() + 1));
        case Event.RoundBegan e -> {
          begin(e);
          times.put(e.step(), e.round());
        }
        case Event.HandlerFired e -> ways.add(e.handler());
        case Event.BlockEntered _, Event.HandlerArmed _ -> {
          // The step itself follows, or fires.
        }
        case Event.Skipped e -> standings.put(e.step(), Standing.SKIPPED);
        case Event.StepFailed e -> {
          begin(e);
          standings.put(e.step(), Standing.WITHDRAWN);
        }
        case Event.OfStep e -> begin(e);
        case Event.WaitMet e -> ways.add(Way.passId(step(e)));
        case Event.WaitEnded e -> ways.add(step(e) + ".else");
        case Event.QuestionAnswered e -> ways.add(Way.passId(step(e)));
        case Event.QuestionEnded e -> ways.add(step(e) + ".else");
        case Event.RoundsEnded e ->
            ways.add(e.exhausted() ? step(e) + ".else" : Way.passId(step(e)));
        case Event.RunMigrated e -> e.open().forEach(this::goOn);
        case Event.Withdrawn e -> standings.replace(step(e), Standing.WITHDRAWN);
        default -> {
          // What ends a visit or belongs to the run as a whole moves nothing on the path.
        }
      }
    }

    /// A later attempt belongs to the same visit.
    private void begin(Event.OfStep event) {
      if (!event.step().equals(steps.put(event.activation(), event.step()))) {
        times.merge(event.step(), 1, Integer::sum);
      }
      standings.put(event.step(), Standing.DONE);
    }

    /// What was open when the run came to this version goes on here.
    private void goOn(Activation open) {
      if (standing(open) != null) {
        steps.put(open.number(), open.step());
        times.merge(open.step(), 1, Integer::sum);
        standings.put(open.step(), Standing.DONE);
      }
    }

    private String step(Event.OfActivation event) {
      return steps.getOrDefault(event.activation(), "");
    }

    /// Null for what is open only inside of the step.
    private static @Nullable Standing standing(Activation open) {
      return switch (open) {
        case Activation.Task _,
            Activation.Action _,
            Activation.Call _,
            Activation.Rounds _,
            Activation.Together _ ->
            Standing.CURRENT;
        case Activation.Wait _, Activation.Question _, Activation.Backoff _ -> Standing.WAITING;
        case Activation.Fault _ -> Standing.FAULT;
        case Activation.Branch _, Activation.Block _, Activation.Watch _, Activation.Handling _ ->
            null;
      };
    }
  }
}
