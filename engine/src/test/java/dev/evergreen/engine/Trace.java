package dev.evergreen.engine;

import java.util.List;

/// A second reading of what the blocks mean: says whether a history is one that the tree allows. It
/// reads the tree by recursive descent and shares no code with the engine.
final class Trace {
  private final List<Event> events;
  private int at;

  private Trace(List<Event> events) {
    this.events = events.stream().filter(e -> !(e instanceof Event.Ignored)).toList();
  }

  /// @throws AssertionError when the tree does not allow the history
  static void check(Definition definition, List<Event> history) {
    var trace = new Trace(history);
    if (trace.take() instanceof Event.RunStarted && trace.steps(definition.steps())) {
      trace.expect(trace.take().equals(new Event.RunEnded("done")), "the end");
    }
    trace.expect(trace.at == trace.events.size(), "nothing more");
  }

  /// True when the run goes on after them, false when it stops or waits inside.
  private boolean steps(List<Step> steps) {
    for (Step step : steps) {
      if (!step(step)) {
        return false;
      }
    }
    return true;
  }

  private boolean step(Step step) {
    Event event = take();
    if (event instanceof Event.FaultRaised) {
      return switch (afterFault(event, step)) {
        case RETRY -> step(step);
        case SKIP -> true;
        case OVER -> false;
      };
    }
    return switch (step) {
      case DoStep s -> {
        expect(event instanceof Event.TaskOpened e && e.step().equals(s.id()), s);
        yield !waits()
            && (take() instanceof Event.TaskCompleted
                || last() instanceof Event.TaskSkipped
                || canceled(Event.TaskWithdrawn.class));
      }
      case RunStep s -> {
        expect(event instanceof Event.ActionRequested e && e.step().equals(s.id()), s);
        yield !waits() && action(s);
      }
      case DecideStep s -> {
        expect(event instanceof Event.BranchTaken e && e.step().equals(s.id()), s);
        int branch = ((Event.BranchTaken) event).branch();
        yield branch == Event.BranchTaken.NONE || steps(s.branches().get(branch).steps());
      }
      case RepeatStep s -> rounds(s, event, 1);
      case WaitStep s -> {
        expect(event instanceof Event.WaitBegan e && e.step().equals(s.id()), s);
        yield wait(s);
      }
      case EndStep s -> {
        expect(event.equals(new Event.RunEnded(s.outcome())), s);
        yield false;
      }
    };
  }

  private boolean action(RunStep step) {
    Event event = take();
    if (event instanceof Event.FaultRaised) {
      return switch (afterFault(event, step)) {
        case RETRY -> step(step);
        case SKIP -> true;
        case OVER -> false;
      };
    }
    return event instanceof Event.ActionSucceeded || canceled(Event.ActionWithdrawn.class);
  }

  private boolean rounds(RepeatStep step, Event began, int round) {
    expect(
        began instanceof Event.RoundBegan e && e.step().equals(step.id()) && e.round() == round,
        step);
    if (!steps(step.steps())) {
      return false;
    }
    while (true) {
      Event event = take();
      if (event instanceof Event.FaultRaised) {
        switch (afterFault(event, step)) {
          case RETRY -> {
            continue;
          }
          case SKIP -> {
            return true;
          }
          case OVER -> {
            return false;
          }
        }
      }
      if (event instanceof Event.RoundsEnded ended) {
        expect(!ended.exhausted() || round == step.atMost(), "an end of rounds");
        return !ended.exhausted() || steps(step.otherwise());
      }
      expect(round < step.atMost(), "no round after the last");
      return rounds(step, event, round + 1);
    }
  }

  private boolean wait(WaitStep step) {
    if (waits()) {
      return false;
    }
    Event event = take();
    return switch (event) {
      case Event.WaitMet met -> {
        expect(step.events().contains(met.event()), step);
        yield true;
      }
      case Event.WaitEnded _ -> steps(step.otherwise());
      case Event.FaultRaised _ ->
          switch (afterFault(event, step)) {
            case RETRY -> wait(step);
            case SKIP -> true;
            case OVER -> false;
          };
      default -> canceled(Event.WaitWithdrawn.class);
    };
  }

  private enum After {
    RETRY,
    SKIP,
    OVER
  }

  private After afterFault(Event event, Step step) {
    expect(event instanceof Event.FaultRaised e && e.step().equals(step.id()), step);
    if (waits()) {
      return After.OVER;
    }
    return switch (take()) {
      case Event.FaultCleared _ -> After.RETRY;
      case Event.FaultSkipped _ -> After.SKIP;
      default -> {
        expect(last() instanceof Event.RunCanceled, "a retry, a skip or the end");
        yield After.OVER;
      }
    };
  }

  /// The last event taken withdraws what was open, and the run is canceled.
  private boolean canceled(Class<? extends Event> withdrawal) {
    expect(withdrawal.isInstance(last()), withdrawal.getSimpleName());
    expect(take() instanceof Event.RunCanceled, "the end");
    return false;
  }

  private boolean waits() {
    return at == events.size();
  }

  private Event take() {
    expect(!waits(), "another event");
    return events.get(at++);
  }

  private Event last() {
    return events.get(at - 1);
  }

  private void expect(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError(
          "expected %s at event %d, but the history is %s".formatted(what, at - 1, events));
    }
  }
}
