package dev.evergreen.engine;

import dev.evergreen.engine.Definition.Part;
import dev.evergreen.engine.Definition.Place;
import dev.evergreen.engine.Run.Activation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One decision in the making: goes through the tree from the step that the input is about to the
/// next ones that have to wait, and collects what happens on the way.
///
/// Each event is applied as it is recorded, by the same [Run#apply] that replay uses. So what is
/// decided next rests on the state that will be stored, and an event that the lifecycle forbids
/// cannot leave the engine.
final class Walk {
  /// Steps in one decision, so that nested repeats of steps that never wait cannot keep a node
  /// busy.
  static final int MOST_STEPS = 10_000;

  private Definition definition;
  private final Engine.Surroundings surroundings;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<Activation.Branch> branches = new ArrayList<>();
  private Run run;

  /// The open scope inside of which the next step is entered.
  private int scope;

  private int steps;

  Walk(Definition definition, Run run, Engine.Surroundings surroundings) {
    this.definition = definition;
    this.run = run;
    this.surroundings = surroundings;
  }

  Decision.Accepted accepted() {
    return new Decision.Accepted(events, effects, run);
  }

  /// Only the record that something came for nothing.
  Decision.Accepted ignored(String what) {
    record(new Event.Ignored(what));
    return accepted();
  }

  Run run() {
    return run;
  }

  Definition definition() {
    return definition;
  }

  /// Goes on along another version of the tree.
  void follow(Definition version) {
    definition = version;
  }

  Instant now() {
    return surroundings.now();
  }

  Instant after(Span span) {
    return surroundings.hours().add(surroundings.now(), span);
  }

  Values values() {
    return values(null);
  }

  Values values(@Nullable Map<String, Object> event) {
    return new Values(run.data(), surroundings.now(), event, surroundings.facts().values());
  }

  /// The terms worked out, by their names.
  Map<String, Object> workOut(Map<String, Term> terms) {
    var values = values();
    var worked = new HashMap<String, Object>();
    terms.forEach((name, term) -> worked.put(name, term.value(values)));
    return Map.copyOf(worked); // once for all who keep it
  }

  void record(Event event) {
    run = run.apply(event);
    events.add(event);
  }

  /// When a timer fires before `until`, as after a restore, sets it again; null when it is time.
  @Nullable Decision early(int activation, Instant until) {
    if (!now().isBefore(until)) {
      return null;
    }
    effect(new Effect.SetTimer(activation, until));
    return ignored(
        "a timer at %s for activation %d, which waits until %s"
            .formatted(now(), activation, until));
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  int scope() {
    return scope;
  }

  /// Goes on inside of that open scope.
  void into(int open) {
    scope = open;
  }

  /// The number for the next visit.
  int next() {
    return run.lastActivation() + 1;
  }

  /// What is open under that number, which must be of that kind.
  <A extends Activation> A open(int number, Class<A> kind) {
    Activation activation = run.activation(number);
    if (!kind.isInstance(activation)) {
      throw new IllegalStateException(
          "expected activation %d to be a %s, but it is %s"
              .formatted(number, kind.getSimpleName(), activation));
    }
    return kind.cast(activation);
  }

  /// Has a branch go on once the present line of steps has to wait; of several, the one named last
  /// goes first.
  void later(Activation.Branch branch) {
    branches.add(branch);
  }

  /// Enters `first` and what follows it, then the branches that this opens, until something has to
  /// be waited for everywhere.
  Decision.Accepted goOn(@Nullable Step first) {
    Step step = first;
    while (true) {
      while (step != null) {
        step = enter(step, next());
      }
      if (branches.isEmpty()) {
        return accepted();
      }
      Activation.Branch branch = branches.removeLast();
      if (run.activation(branch.number()) != null) {
        into(branch.number());
        step = definition.step(branch.step(), TogetherStep.class).begin(this, branch);
      }
    }
  }

  /// Begins a step as the visit of that number.
  ///
  /// @return the step to enter next; null when this line of steps has to wait or is over
  @Nullable Step enter(Step step, int activation) {
    if (++steps > MOST_STEPS) {
      return fail(
          activation,
          step,
          "expected at most %,d steps before one that waits, but found more".formatted(MOST_STEPS));
    }
    int number = activation;
    if (!step.handlers().isEmpty() && !Handler.watchOver(this, step)) {
      Handler.enter(this, step.id(), step.handlers());
      number = next();
    }
    try {
      return switch (step) {
        case DoStep s -> s.enter(this, number);
        case RunStep s -> s.enter(this, number, 1);
        case AskStep s -> s.enter(this, number);
        case DecideStep s -> s.enter(this, number);
        case TogetherStep s -> s.enter(this, number);
        case RepeatStep s -> s.enter(this, number);
        case WaitStep s -> s.enter(this, number);
        case CallStep s -> s.enter(this, number);
        case EndStep s -> s.enter(this);
      };
    } catch (EvaluationException e) {
      return fail(number, step, e.problem());
    }
  }

  /// The first of `steps`, or what follows `block` when there are none.
  @Nullable Step firstOf(List<Step> steps, Step block) {
    return steps.isEmpty() ? following(block) : steps.getFirst();
  }

  /// The step to enter when `step` is done inside of the present scope; null when nothing follows
  /// on this line of steps.
  @Nullable Step following(Step step) {
    return step.handlers().isEmpty() ? after(step) : Handler.mainFlowOver(this);
  }

  /// The same when the step's handlers, if it has any, are over too.
  @Nullable Step after(Step step) {
    Place place = definition.place(step.id());
    if (place.next() != null) {
      return place.next();
    }
    return switch (place.part()) {
      case Part.Whole _ -> overAtTheTop();
      case Part.OfHandler _ -> Handler.done(this);
      case Part.Of(TogetherStep together, _) -> together.branchDone(this);
      case Part.Of(RepeatStep repeat, int part) when part == RepeatStep.BODY ->
          repeat.roundDone(this);
      case Part.Of(Step block, _) -> following(block);
    };
  }

  /// What follows the last step of all.
  @Nullable Step overAtTheTop() {
    return definition.handlers().isEmpty() ? end(Definition.DONE) : Handler.mainFlowOver(this);
  }

  /// Ends the run and withdraws whatever is open.
  @Nullable Step end(String outcome) {
    withdrawInside(0);
    record(new Event.RunEnded(outcome));
    effect(new Effect.Finish(outcome));
    return null;
  }

  /// `step` could not go on inside of the present scope: the nearest handler of failures around it
  /// takes over, else it stops there.
  @Nullable Step fail(int activation, Step step, String problem) {
    try {
      Handler.Watching handler = Handler.ofFailure(this, scope);
      return handler == null
          ? fault(activation, step.id(), problem)
          : handler.takeOver(this, activation, step, problem);
    } catch (EvaluationException e) {
      return fault(activation, step.id(), problem + "; " + e.problem());
    }
  }

  /// Stops at a step until a person acts.
  @Nullable Step fault(int activation, String step, String problem) {
    record(new Event.FaultRaised(activation, scope, step, problem));
    return null;
  }

  /// Withdraws everything that is open inside of a scope, the innermost first.
  void withdrawInside(int scope) {
    for (Activation inside : run.inside(scope).reversed()) {
      withdraw(inside);
    }
  }

  /// Withdraws what is open, with everything inside of it.
  void withdraw(Activation activation) {
    withdrawInside(activation.number());
    record(new Event.Withdrawn(activation.number()));
    release(activation);
  }

  /// Takes back what an activation has open outside.
  void release(Activation activation) {
    int number = activation.number();
    switch (activation) {
      case Activation.Task _ -> effect(new Effect.WithdrawTask(number));
      case Activation.Action _ -> effect(new Effect.WithdrawAction(number));
      case Activation.Backoff _ -> effect(new Effect.ClearTimer(number));
      case Activation.Question _ -> {
        effect(new Effect.WithdrawQuestion(number));
        effect(new Effect.ClearTimer(number));
      }
      case Activation.Wait wait ->
          definition.step(wait.step(), WaitStep.class).release(this, number);
      case Activation.Call _ -> effect(new Effect.CancelRun(number));
      case Activation.Watch watch -> definition.handler(watch.handler()).release(this, number);
      case Activation.Rounds _,
          Activation.Together _,
          Activation.Branch _,
          Activation.Block _,
          Activation.Handling _,
          Activation.Fault _ -> {
        // Nothing of theirs is open outside.
      }
    }
  }
}
