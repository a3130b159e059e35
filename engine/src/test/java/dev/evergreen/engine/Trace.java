package dev.evergreen.engine;

import dev.evergreen.engine.Lines.At;
import dev.evergreen.engine.Lines.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A second reading of what the blocks mean: says whether a history is one that the tree allows,
/// and what has to be open after it. It reads the tree by recursive descent and shares no code with
/// the engine.
final class Trace {
  private final Lines history;
  private final Set<Integer> open = new HashSet<>();

  /// How a line of steps ended.
  private enum End {
    /// Its last step is over.
    DONE,
    /// Something of it is open.
    OPEN,
    /// It was withdrawn, ended the run, or failed.
    GONE
  }

  private Trace(List<Event> history) {
    this.history = new Lines(history);
  }

  /// @return the numbers of the activations that are open after it
  /// @throws AssertionError when the tree does not allow the history
  static Set<Integer> check(Definition definition, List<Event> history) {
    return new Trace(history).run(definition);
  }

  private Set<Integer> run(Definition definition) {
    if (history.events().isEmpty()) {
      return Set.of();
    }
    expect(history.events().getFirst() instanceof Event.RunStarted, "a start", 0);
    Line top = history.line(0);
    End end =
        definition.handlers().isEmpty()
            ? steps(top, definition.steps())
            : block(
                top,
                Definition.WHOLE,
                definition.handlers(),
                line -> steps(line, definition.steps()));
    if (end == End.DONE) {
      expect(
          history.events().getLast().equals(new Event.RunEnded("done")),
          "the end",
          history.events().size());
    }
    history.expectAllRead();
    return open;
  }

  private End steps(Line line, List<Step> steps) {
    for (Step step : steps) {
      End end = step(line, step);
      if (end != End.DONE) {
        return end;
      }
    }
    return End.DONE;
  }

  private End step(Line line, Step step) {
    return step.handlers().isEmpty()
        ? bare(line, step)
        : block(line, step.id(), step.handlers(), inner -> bare(inner, step));
  }

  private End bare(Line line, Step step) {
    if (step instanceof EndStep end) {
      expect(
          history.events().getLast().equals(new Event.RunEnded(end.outcome())) || line.neverBegan(),
          end,
          line.index());
      return End.GONE;
    }
    if (line.isOver()) {
      expect(line.neverBegan(), step, line.index());
      return End.GONE;
    }
    At at = line.take();
    expect(at.event() instanceof Event.OfStep e && e.step().equals(step.id()), step, at.index());
    if (at.event() instanceof Event.FaultRaised || at.event() instanceof Event.StepFailed) {
      return failed(line, step, at, () -> bare(line, step));
    }
    return switch (step) {
      case DoStep _ -> {
        expect(at.event() instanceof Event.TaskOpened, step, at.index());
        yield task(line, at);
      }
      case RunStep s -> action(line, s, at, 1);
      case AskStep s -> question(line, s, at, 1);
      case DecideStep s -> decide(line, s, at);
      case TogetherStep s -> together(line, s, at);
      case RepeatStep s -> rounds(line, s, at, 1);
      case WaitStep s -> {
        expect(at.event() instanceof Event.WaitBegan, step, at.index());
        yield waiting(line, s, at);
      }
      case CallStep s -> call(line, s, at);
      case EndStep _ -> throw new IllegalStateException();
    };
  }

  private End task(Line line, At began) {
    At next = line.of(began);
    if (next == null) {
      return stillOpen(began);
    }
    return switch (next.event()) {
      case Event.TaskReassigned _ -> task(line, began);
      case Event.TaskCompleted _, Event.Skipped _ -> End.DONE;
      default -> withdrawn(next);
    };
  }

  private End action(Line line, RunStep step, At began, int attempt) {
    expect(
        began.event() instanceof Event.ActionRequested e && e.attempt() == attempt,
        step,
        began.index());
    At next = line.of(began);
    if (next == null) {
      return stillOpen(began);
    }
    return switch (next.event()) {
      case Event.ActionSucceeded _, Event.Skipped _ -> End.DONE;
      case Event.FaultRaised _, Event.StepFailed _ ->
          failed(line, step, next, () -> bare(line, step));
      case Event.ActionFailed _ -> {
        expect(
            step.retries() != null && attempt <= step.retries().times(), "no retry", next.index());
        yield backoff(line, step, began, attempt);
      }
      default -> withdrawn(next);
    };
  }

  private End backoff(Line line, RunStep step, At began, int attempt) {
    At next = line.of(began);
    if (next == null) {
      return stillOpen(began);
    }
    return switch (next.event()) {
      case Event.ActionRequested _ -> action(line, step, next, attempt + 1);
      case Event.Skipped _ -> End.DONE;
      case Event.FaultRaised _, Event.StepFailed _ ->
          failed(line, step, next, () -> bare(line, step));
      default -> withdrawn(next);
    };
  }

  private End question(Line line, AskStep step, At asked, int attempt) {
    expect(
        asked.event() instanceof Event.QuestionAsked e && e.attempt() == attempt,
        step,
        asked.index());
    At next = line.of(asked);
    if (next == null) {
      return stillOpen(asked);
    }
    return switch (next.event()) {
      case Event.QuestionAnswered e -> {
        expect(e.answer().keySet().equals(Set.of(step.into())), step, next.index());
        yield End.DONE;
      }
      case Event.Skipped _ -> End.DONE;
      case Event.QuestionEnded _ -> steps(line, step.otherwise());
      case Event.AnswerRefused _ -> {
        At then = line.of(asked);
        if (then != null && then.event() instanceof Event.QuestionEnded) {
          expect(attempt == step.attempts(), "another attempt", then.index());
          yield steps(line, step.otherwise());
        }
        expect(attempt < step.attempts(), "the last attempt", next.index());
        yield question(line, step, required(then, step, next.index()), attempt + 1);
      }
      case Event.FaultRaised _, Event.StepFailed _ ->
          failed(
              line,
              step,
              next,
              () -> {
                At again = required(line.of(asked), step, next.index());
                return question(line, step, again, attempt);
              });
      default -> withdrawn(next);
    };
  }

  private End decide(Line line, DecideStep step, At at) {
    At branching = at;
    if (at.event() instanceof Event.RuleApplied) {
      expect(step.table() != null, step, at.index());
      if (step.branches().isEmpty()) {
        return End.DONE;
      }
      branching = line.take();
      if (branching.event() instanceof Event.FaultRaised
          || branching.event() instanceof Event.StepFailed) {
        return failed(line, step, branching, () -> bare(line, step));
      }
    }
    expect(
        branching.event() instanceof Event.BranchTaken e && e.step().equals(step.id()),
        step,
        branching.index());
    int branch = ((Event.BranchTaken) branching.event()).branch();
    return branch == Event.BranchTaken.NONE
        ? End.DONE
        : steps(line, step.branches().get(branch).steps());
  }

  private End together(Line line, TogetherStep step, At began) {
    expect(began.event() instanceof Event.TogetherBegan, step, began.index());
    Line inner = history.line(began.activation());
    var branches = inner.split().others();
    expect(branches.size() == step.branches().size(), "every branch", began.index());
    int done = 0;
    for (int i = 0; i < branches.size(); i++) {
      At branch = branches.get(i).take();
      expect(
          branch.index() == began.index() + 1 + i
              && branch.event() instanceof Event.BranchBegan e
              && e.branch() == i,
          "branch " + i,
          branch.index());
      At over = branches.get(i).of(branch);
      Line own = history.line(branch.activation());
      own.ownerWithdrawn = over != null && over.event() instanceof Event.Withdrawn;
      End end = own.neverBegan() ? End.GONE : steps(own, step.branches().get(i));
      own.within(0, branch, over);
      expect(
          (end == End.DONE) == (over != null && over.event() instanceof Event.BranchEnded),
          "the branch to be over when its steps are",
          branch.index());
      done += end == End.DONE ? 1 : 0;
      if (over == null) {
        open.add(branch.activation());
      }
    }
    At next = line.of(began);
    inner.within(0, began, next);
    if (next != null && next.event() instanceof Event.TogetherEnded) {
      boolean all = done == branches.size();
      expect(
          all || (step.join() == TogetherStep.Join.ANY && done == 1),
          "as many branches to be over as the join says",
          next.index());
      return End.DONE;
    }
    expect(
        done < (step.join() == TogetherStep.Join.ALL ? Math.max(1, branches.size()) : 1),
        "the end of " + step.id(),
        began.index());
    return next == null ? stillOpen(began) : skippedOrWithdrawn(next);
  }

  private End rounds(Line line, RepeatStep step, At began, int round) {
    expect(began.event() instanceof Event.RoundBegan e && e.round() == round, step, began.index());
    Line inner = history.line(began.activation());
    expect(inner.isOver() || inner.index() > began.index(), "a round in order", began.index());
    int from = inner.at;
    End end = steps(inner, step.steps());
    if (end != End.DONE) {
      At next = line.of(began);
      inner.within(from, began, next);
      return next == null ? stillOpen(began) : skippedOrWithdrawn(next);
    }
    return roundDone(line, step, began, round);
  }

  private End roundDone(Line line, RepeatStep step, At began, int round) {
    At next = required(line.of(began), "the next round or the end", began.index());
    return switch (next.event()) {
      case Event.FaultRaised _, Event.StepFailed _ ->
          failed(line, step, next, () -> roundDone(line, step, began, round));
      case Event.RoundsEnded ended -> {
        expect(!ended.exhausted() || round == step.atMost(), "an end of rounds", next.index());
        yield ended.exhausted() ? steps(line, step.otherwise()) : End.DONE;
      }
      default -> {
        expect(round < step.atMost(), "no round after the last", next.index());
        yield rounds(line, step, next, round + 1);
      }
    };
  }

  private End waiting(Line line, WaitStep step, At began) {
    At next = line.of(began);
    if (next == null) {
      return stillOpen(began);
    }
    return switch (next.event()) {
      case Event.WaitMet met -> {
        expect(step.events().contains(met.event()), step, next.index());
        yield End.DONE;
      }
      case Event.WaitEnded _ -> steps(line, step.otherwise());
      case Event.Skipped _ -> End.DONE;
      case Event.FaultRaised _, Event.StepFailed _ ->
          failed(
              line,
              step,
              next,
              () -> {
                At again = required(line.of(began), step, next.index());
                expect(again.event() instanceof Event.WaitBegan, step, again.index());
                return waiting(line, step, again);
              });
      default -> withdrawn(next);
    };
  }

  private End call(Line line, CallStep step, At began) {
    expect(
        began.event() instanceof Event.CallBegan e && e.workflow().equals(step.workflow()),
        step,
        began.index());
    At next = line.of(began);
    if (next == null) {
      return stillOpen(began);
    }
    return switch (next.event()) {
      case Event.CallEnded _ -> {
        boolean failed =
            !line.isOver()
                && line.index() == next.index() + 1
                && (line.peek() instanceof Event.FaultRaised
                    || line.peek() instanceof Event.StepFailed)
                && ((Event.OfStep) line.peek()).step().equals(step.id());
        yield failed ? failed(line, step, line.take(), () -> bare(line, step)) : End.DONE;
      }
      case Event.Skipped _ -> End.DONE;
      case Event.FaultRaised _, Event.StepFailed _ ->
          failed(line, step, next, () -> bare(line, step));
      default -> withdrawn(next);
    };
  }

  @FunctionalInterface
  private interface Retry {
    End again();
  }

  private End failed(Line line, Step step, At at, Retry retry) {
    expect(((Event.OfStep) at.event()).step().equals(step.id()), step, at.index());
    if (at.event() instanceof Event.StepFailed) {
      expectHandler(at);
      return End.GONE;
    }
    At next = line.of(at);
    if (next == null) {
      return stillOpen(at);
    }
    return switch (next.event()) {
      case Event.FaultCleared _ -> retry.again();
      case Event.Skipped _ -> End.DONE;
      default -> withdrawn(next);
    };
  }

  /// After a failure that a handler takes, the rest of the block is withdrawn and the handler
  /// fires.
  private void expectHandler(At failed) {
    var events = history.events();
    int i = failed.index() + 1;
    while (i < events.size() && events.get(i) instanceof Event.Withdrawn) {
      i++;
    }
    expect(
        i + 1 < events.size()
            && events.get(i) instanceof Event.MainFlowEnded
            && events.get(i + 1) instanceof Event.HandlerFired,
        "a handler of the failure",
        i);
  }

  private End block(Line line, String step, List<Handler> handlers, Function<Line, End> mainFlow) {
    if (line.isOver()) {
      expect(line.neverBegan(), step, line.index());
      return End.GONE;
    }
    At began = line.take();
    expect(
        began.event() instanceof Event.BlockEntered e && e.step().equals(step),
        "block " + step,
        began.index());
    var inside = history.line(began.activation()).split();
    Line main = inside.main();
    var watches = inside.others();
    End end = mainFlow.apply(main);
    boolean interrupted = false;
    boolean handling = false;
    for (Line other : watches) {
      At first = other.take();
      Handler handler = handler(handlers, first);
      if (first.event() instanceof Event.HandlerArmed) {
        watch(other, first);
      } else {
        handling |= handling(other, handler, first) != End.DONE;
        interrupted |= !handler.alongside();
      }
    }
    At next = line.of(began);
    if (next != null && next.event() instanceof Event.MainFlowEnded) {
      expect(end == End.DONE || interrupted, "an end of the main flow", next.index());
      next = line.of(began);
    }
    expect(!interrupted || end != End.OPEN, "an interrupted main flow", began.index());
    boolean over = (end == End.DONE || interrupted) && !handling;
    if (next != null && next.event() instanceof Event.BlockLeft) {
      expect(over, "an open block", next.index());
      return End.DONE;
    }
    expect(!over, "the block to be left", began.index());
    return next == null ? stillOpen(began) : skippedOrWithdrawn(next);
  }

  private static Handler handler(List<Handler> handlers, At at) {
    String id =
        switch (at.event()) {
          case Event.HandlerArmed e -> e.handler();
          case Event.HandlerFired e -> e.handler();
          default -> throw new IllegalStateException(at.toString());
        };
    return handlers.stream().filter(handler -> handler.id().equals(id)).findFirst().orElseThrow();
  }

  private void watch(Line line, At armed) {
    At next = line.of(armed);
    if (next == null) {
      open.add(armed.activation());
      return;
    }
    switch (next.event()) {
      case Event.WaitEnded _, Event.Withdrawn _, Event.Skipped _ -> {
        // It fires no more.
      }
      case Event.FaultRaised _ -> watch(line, armed);
      case Event.FaultCleared _ -> watch(line, armed);
      default -> expect(false, "an armed handler", next.index());
    }
  }

  private End handling(Line line, Handler handler, At fired) {
    At over = line.of(fired);
    Line own = history.line(fired.activation());
    own.ownerWithdrawn = over != null && over.event() instanceof Event.Withdrawn;
    End end = steps(own, handler.steps());
    own.within(0, fired, over);
    expect(
        (end == End.DONE) == (over != null && over.event() instanceof Event.HandlerDone),
        "the handler to be done when its steps are",
        fired.index());
    if (over == null) {
      open.add(fired.activation());
    }
    return end;
  }

  private End stillOpen(At at) {
    open.add(at.activation());
    return End.OPEN;
  }

  private End skippedOrWithdrawn(At at) {
    return at.event() instanceof Event.Skipped ? End.DONE : withdrawn(at);
  }

  private End withdrawn(@Nullable At at) {
    expect(
        at != null && at.event() instanceof Event.Withdrawn,
        "a withdrawal",
        at == null ? 0 : at.index());
    return End.GONE;
  }

  private At required(@Nullable At next, Object what, int index) {
    expect(next != null, what, index);
    return Objects.requireNonNull(next);
  }

  private void expect(boolean holds, Object what, int index) {
    history.expect(holds, what, index);
  }
}
