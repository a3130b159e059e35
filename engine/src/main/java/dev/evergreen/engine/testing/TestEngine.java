package dev.evergreen.engine.testing;

import dev.evergreen.engine.BusinessHours;
import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Facts;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Migration;
import dev.evergreen.engine.Run;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One run under a clock that is set by hand. It keeps what the effects opened outside, as a
/// runtime would, and refuses an effect that undoes what is not open.
public final class TestEngine {
  /// A Monday, 10:00 in UTC.
  public static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

  private Definition definition;
  private final BusinessHours hours;
  private final List<Event> history = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private final SortedMap<Integer, Effect.OpenTask> tasks = new TreeMap<>();
  private final SortedMap<Integer, Effect.PerformAction> actions = new TreeMap<>();
  private final SortedMap<Integer, Effect.SetTimer> timers = new TreeMap<>();
  private final SortedMap<Integer, Effect.Listen> listeners = new TreeMap<>();
  private final SortedMap<Integer, Effect.AskCustomer> questions = new TreeMap<>();
  private final SortedMap<Integer, Effect.StartRun> calls = new TreeMap<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private Facts facts = Facts.NONE;
  private Instant now = MONDAY;
  private Run run = Run.fresh();

  /// An input that was accepted, and what the decision read besides the run.
  public record Taken(Input input, Engine.Surroundings surroundings) {}

  /// @param after how much had happened in the run when it came
  private record Arrival(String event, Map<String, Object> data, int after) {}

  /// With a calendar of Monday to Friday, 9:00 to 17:00 in UTC.
  public TestEngine(Definition definition) {
    this(
        definition,
        BusinessHours.mondayToFriday(ZoneOffset.UTC, LocalTime.of(9, 0), LocalTime.of(17, 0)));
  }

  public TestEngine(Definition definition, BusinessHours hours) {
    this.definition = definition;
    this.hours = hours;
  }

  /// What conditions read from now on.
  public void know(Map<String, Object> values) {
    facts = new Facts(values);
  }

  /// Decides, and when the input is accepted, applies.
  public Decision offer(Input input) {
    var decision = decide(input);
    if (decision
        instanceof Decision.Accepted(List<Event> events, List<Effect> effects, Run decided)) {
      run = run.apply(events);
      if (!run.equals(decided)) {
        throw new IllegalStateException(
            "expected the decided run %s, but replay makes %s".formatted(decided, run));
      }
      history.addAll(events);
      taken.add(new Taken(input, surroundings()));
      consume(input);
      if (input instanceof Input.Migrate migrate) {
        definition = migrate.migration().to();
      }
      effects.forEach(this::perform);
      lookBack(effects);
    }
    return decision;
  }

  /// Only decides.
  public Decision decide(Input input) {
    return Engine.decide(definition, run, input, surroundings());
  }

  private Engine.Surroundings surroundings() {
    return new Engine.Surroundings(facts, hours, now);
  }

  /// What happened because of an input that must be accepted.
  public List<Event> take(Input input) {
    return switch (offer(input)) {
      case Decision.Accepted accepted -> accepted.events();
      case Decision.Rejected rejected ->
          throw new IllegalStateException(
              "expected %s to be accepted, but found %s".formatted(input, rejected));
    };
  }

  public List<Event> start() {
    return start(Map.of());
  }

  public List<Event> start(Map<String, Object> data) {
    return take(new Input.Start(data));
  }

  /// Completes the oldest open task.
  public List<Event> complete(Map<String, Object> answers) {
    return take(new Input.TaskCompleted(tasks.firstKey(), new DoStep.Answers(answers), "ada"));
  }

  /// Reports success of the oldest requested action.
  public List<Event> succeed(Map<String, Object> outcome) {
    return take(new Input.ActionSucceeded(actions.firstKey(), outcome));
  }

  /// Reports failure of the oldest requested action.
  public List<Event> fail(String problem) {
    return take(new Input.Failed(actions.firstKey(), problem));
  }

  /// Answers the oldest open question.
  public List<Event> answer(Object answer) {
    return take(new Input.Answered(questions.firstKey(), answer));
  }

  /// Reports the end of the oldest called run.
  public List<Event> finishCall(String outcome, Map<String, Object> data) {
    return take(new Input.RunFinished(calls.firstKey(), outcome, data));
  }

  /// Brings an event to every listener for its kind, and keeps it for those that look back.
  public List<Event> arrive(String event, Map<String, Object> data) {
    var arrival = new Arrival(event, data, history.size());
    var happened = new ArrayList<Event>();
    for (var listener : List.copyOf(listeners.values())) {
      happened.addAll(bring(arrival, listener));
    }
    arrivals.add(arrival);
    return happened;
  }

  /// Moves the clock forward and fires on the way whatever is due, each at its time.
  public List<Event> moveTo(Instant to) {
    var happened = new ArrayList<Event>();
    while (true) {
      var due =
          timers.values().stream()
              .filter(timer -> !timer.at().isAfter(to))
              .min(Comparator.comparing(Effect.SetTimer::at));
      if (due.isEmpty()) {
        now = to;
        return happened;
      }
      now = due.get().at().isAfter(now) ? due.get().at() : now;
      happened.addAll(take(new Input.TimerFired(due.get().activation())));
    }
  }

  /// What would happen to the run in another version of its workflow.
  public Migration preview(Definition to) {
    return preview(to, Map.of());
  }

  /// The same where a person says which step stands for which, by ids.
  public Migration preview(Definition to, Map<String, String> chosen) {
    return Migration.preview(definition, to, run, chosen);
  }

  public Run run() {
    return run;
  }

  public Instant now() {
    return now;
  }

  /// Everything that has happened.
  public List<Event> history() {
    return List.copyOf(history);
  }

  /// Everything that was taken in, also what looking back brought.
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  /// What is open outside, each by its activation.
  public SortedMap<Integer, Effect.OpenTask> tasks() {
    return tasks;
  }

  public SortedMap<Integer, Effect.PerformAction> actions() {
    return actions;
  }

  public SortedMap<Integer, Effect.SetTimer> timers() {
    return timers;
  }

  public SortedMap<Integer, Effect.Listen> listeners() {
    return listeners;
  }

  public SortedMap<Integer, Effect.AskCustomer> questions() {
    return questions;
  }

  public SortedMap<Integer, Effect.StartRun> calls() {
    return calls;
  }

  private List<Event> bring(Arrival arrival, Effect.Listen listener) {
    return listeners.containsValue(listener) && listener.events().contains(arrival.event())
        ? take(new Input.EventArrived(listener.activation(), arrival.event(), arrival.data()))
        : List.of();
  }

  /// Brings what has come since the run last began a step to the listeners that look back to it.
  private void lookBack(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Listen listener && listener.since() != null) {
        int began = lastBeginning(listener.since());
        List.copyOf(arrivals).stream()
            .filter(arrival -> began >= 0 && arrival.after() > began)
            .forEach(arrival -> bring(arrival, listener));
      }
    }
  }

  /// Where in the history a step last began; -1 when it never did.
  private int lastBeginning(String step) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i) instanceof Event.OfStep of && of.step().equals(step)) {
        return i;
      }
    }
    return -1;
  }

  /// What the outside has reported is no longer open there.
  private void consume(Input input) {
    switch (input) {
      case Input.TaskCompleted in -> tasks.remove(in.activation());
      case Input.ActionSucceeded in -> actions.remove(in.activation());
      case Input.Failed in -> {
        actions.remove(in.activation());
        questions.remove(in.activation());
        calls.remove(in.activation());
      }
      case Input.Answered in -> questions.remove(in.activation());
      case Input.RunFinished in -> calls.remove(in.activation());
      case Input.TimerFired in -> timers.remove(in.activation());
      case Input.Start _,
          Input.Reassign _,
          Input.EventArrived _,
          Input.Retry _,
          Input.Skip _,
          Input.Migrate _,
          Input.Cancel _ -> {
        // These end nothing by themselves.
      }
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.OpenTask e -> tasks.put(e.activation(), e);
      case Effect.ReassignTask e -> isOpen(tasks, e.activation(), e);
      case Effect.WithdrawTask e -> undo(tasks, e.activation(), e);
      case Effect.PerformAction e -> actions.put(e.activation(), e);
      case Effect.WithdrawAction e -> undo(actions, e.activation(), e);
      case Effect.SetTimer e -> timers.put(e.activation(), e);
      case Effect.ClearTimer e -> undo(timers, e.activation(), e);
      case Effect.Listen e -> listeners.put(e.activation(), e);
      case Effect.StopListening e -> undo(listeners, e.activation(), e);
      case Effect.AskCustomer e -> questions.put(e.activation(), e);
      case Effect.WithdrawQuestion e -> undo(questions, e.activation(), e);
      case Effect.StartRun e -> calls.put(e.activation(), e);
      case Effect.CancelRun e -> undo(calls, e.activation(), e);
      case Effect.Finish e -> {
        if (!run.status().isFinal()) {
          throw new IllegalStateException("expected the end of a run, but found " + e + " " + run);
        }
      }
    }
  }

  private static void undo(SortedMap<Integer, ?> open, int activation, Effect effect) {
    isOpen(open, activation, effect);
    open.remove(activation);
  }

  private static void isOpen(SortedMap<Integer, ?> open, int activation, Effect effect) {
    if (!open.containsKey(activation)) {
      throw new IllegalStateException(
          "expected an effect on what is open, but found %s, and open %s".formatted(effect, open));
    }
  }
}
