package dev.evergreen.server.workflow;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes one input into one run: decides, applies, performs the local actions that follow (whose
/// outcomes are the next inputs), in the caller's transaction, which writes it all at its end. Of
/// actions that reach outside it only writes down that they are to be performed.
@Component
final class Stepping {
  /// So many local actions may follow each other without anything from outside: more is a loop.
  static final int MOST_ACTIONS = 50;

  private static final int MOST_EVENTS = 5_000;
  private static final int MOST_LOOKED_AT = 200;

  private final Surroundings surroundings;
  private final Actions actions;
  private final Questions questions;
  private final Workflows workflows;
  private final RunsInHand hand;
  private final Ledger ledger;
  private final DatabaseClock clock;

  Stepping(
      Surroundings surroundings,
      Actions actions,
      Questions questions,
      Workflows workflows,
      RunsInHand hand,
      Ledger ledger,
      DatabaseClock clock) {
    this.surroundings = surroundings;
    this.actions = actions;
    this.questions = questions;
    this.workflows = workflows;
    this.hand = hand;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Why the engine refused the input, in which case nothing happened; null when it took it.
  Decision.@Nullable Rejected take(HeldRun run, Input input, Actor by) {
    Instant now = clock.instant();
    var waiting = new ArrayDeque<Effect>();
    switch (decide(run, input, now)) {
      case Decision.Rejected rejected -> {
        return rejected;
      }
      case Decision.Accepted accepted -> waiting.addAll(run.take(accepted, ledger, by, now));
    }
    for (int performed = 0; !waiting.isEmpty(); performed++) {
      for (Input.OfActivation outcome : outcomes(run, waiting.removeFirst(), performed, now)) {
        if (isOpen(run, outcome.activation())) {
          waiting.addAll(run.take(follow(run, outcome, now), ledger, by, now));
        }
      }
    }
    return null;
  }

  /// What performing an effect comes to: the run's next inputs. Nothing for one whose activation an
  /// earlier one has ended.
  private List<Input.OfActivation> outcomes(
      HeldRun run, Effect effect, int performed, Instant now) {
    return switch (effect) {
      case Effect.PerformAction action
          when isOpen(run, action.activation()) && actions.isRemote(action.action()) -> {
        run.send(action);
        yield List.of();
      }
      case Effect.PerformAction action when isOpen(run, action.activation()) ->
          List.of(
              performed < MOST_ACTIONS ? perform(run, action, now) : tooMany(action.activation()));
      case Effect.AskCustomer question when isOpen(run, question.activation()) ->
          performed < MOST_ACTIONS
              ? ask(run, question, now)
              : List.of(tooMany(question.activation()));
      case Effect.StartRun call when isOpen(run, call.activation()) ->
          performed < MOST_ACTIONS ? call(run, call) : List.of(tooMany(call.activation()));
      case Effect.Listen listen when isOpen(run, listen.activation()) -> lookBack(run, listen);
      default -> List.of();
    };
  }

  private static boolean isOpen(HeldRun run, int activation) {
    return run.state().activation(activation) != null;
  }

  private static Input.OfActivation tooMany(int activation) {
    return new Input.Failed(
        activation,
        "expected at most %d automatic steps in a row, but this would be one more"
            .formatted(MOST_ACTIONS));
  }

  private Input.OfActivation perform(HeldRun run, Effect.PerformAction action, Instant now) {
    Input.OfActivation outcome = actions.perform(action, run.id(), run.subject(), now);
    hand.keep(run);
    return outcome;
  }

  private List<Input.OfActivation> ask(HeldRun run, Effect.AskCustomer question, Instant now) {
    Input.Failed failed = questions.ask(question, run.id(), run.subject(), now);
    hand.keep(run);
    if (failed != null) {
      return List.of(failed);
    }
    run.listen(question.activation(), questions.answers(run.subject()), null);
    return List.of();
  }

  /// The called run begins in the same transaction; it ends in one of its own, see [Calls].
  private List<Input.OfActivation> call(HeldRun run, Effect.StartRun call) {
    Optional<Version> version = workflows.withName(call.workflow());
    if (version.isEmpty()) {
      return List.of(
          new Input.Failed(
              call.activation(),
              "expected a workflow %s to call, but none is in force".formatted(call.workflow())));
    }
    HeldRun called =
        hand.begin(
            version.get(),
            run.subject(),
            null,
            new WorkflowRun.Caller(run.id(), call.activation()));
    Decision.Rejected rejected = take(called, new Input.Start(call.data()), Actor.SYSTEM);
    hand.keep(run);
    if (rejected == null) {
      return List.of();
    }
    hand.drop(called);
    return List.of(new Input.Failed(call.activation(), rejected.detail()));
  }

  /// What has happened since the run last began that step counts too. Whatever is not visible yet
  /// comes through the listener, which hears from there on.
  private List<Input.OfActivation> lookBack(HeldRun run, Effect.Listen listen) {
    Long began = null;
    for (Ledger.Entry entry : ledger.of(run.id().subject(), MOST_EVENTS)) {
      if (RunEvents.event(entry) instanceof Event.OfStep of && of.step().equals(listen.since())) {
        began = entry.id();
      }
    }
    if (began == null) {
      return List.of();
    }
    run.listen(listen.activation(), listen.events(), began);
    return ledger.of(run.subject(), began + 1, Long.MAX_VALUE, MOST_LOOKED_AT).stream()
        .filter(entry -> listen.events().contains(entry.kind()))
        .<Input.OfActivation>map(
            entry -> new Input.EventArrived(listen.activation(), entry.kind(), entry.data()))
        .toList();
  }

  private Decision.Accepted follow(HeldRun run, Input outcome, Instant now) {
    return switch (decide(run, outcome, now)) {
      case Decision.Accepted accepted -> accepted;
      case Decision.Rejected rejected ->
          throw new IllegalStateException(
              "expected run %d to take the result of its own action, but: %s"
                  .formatted(run.id().value(), rejected.detail()));
    };
  }

  private Decision decide(HeldRun run, Input input, Instant now) {
    return Engine.decide(
        run.version().definition(), run.state(), input, surroundings.of(run.run().subject(), now));
  }
}
