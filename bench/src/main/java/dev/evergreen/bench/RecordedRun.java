package dev.evergreen.bench;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Facts;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.testing.TestEngine;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One way through a definition, from the start to an end, as it can be gone again and again.
///
/// @param answers what conditions and terms said on the way
record RecordedRun(Object[] answers, List<Taken> inputs, Run end) {
  private static final int MOST_INPUTS = 200;

  record Taken(Input input, Engine.Surroundings surroundings) {}

  /// Goes the way again.
  ///
  /// @param kept where the definition's conditions find their answers
  Run again(Definition definition, Answers kept) {
    kept.play(answers);
    var run = Run.fresh();
    for (var taken : inputs) {
      if (Engine.decide(definition, run, taken.input(), taken.surroundings())
          instanceof Decision.Accepted accepted) {
        run = run.apply(accepted.events());
      }
    }
    return run;
  }

  /// A way that chance finds: answers, facts and what comes first, an event or the time. Empty when
  /// it comes to no end.
  static Optional<RecordedRun> found(
      Definition definition, Answers answers, Catalogue catalogue, RandomGenerator random) {
    answers.record();
    var way = new Way(new TestEngine(definition), catalogue, random);
    way.take(new Input.Start(), TestEngine.MONDAY);
    while (way.engine.run().status() == Run.Status.RUNNING && way.inputs.size() < MOST_INPUTS) {
      way.goOn();
    }
    var end = way.engine.run();
    return end.status() == Run.Status.ENDED
        ? Optional.of(new RecordedRun(answers.recorded(), List.copyOf(way.inputs), end))
        : Optional.empty();
  }

  private record Way(
      TestEngine engine, Catalogue catalogue, RandomGenerator random, List<Taken> inputs) {
    Way(TestEngine engine, Catalogue catalogue, RandomGenerator random) {
      this(engine, catalogue, random, new ArrayList<>());
    }

    void goOn() {
      if (!engine.actions().isEmpty()) {
        take(new Input.ActionSucceeded(engine.actions().firstKey(), Map.of()), engine.now());
      } else if (!engine.tasks().isEmpty()) {
        var task = engine.tasks().get(engine.tasks().firstKey());
        take(
            new Input.TaskCompleted(task.activation(), answers(task.step()), "ada"), engine.now());
      } else if (!engine.listeners().isEmpty() && random.nextInt(4) > 0) {
        var listener = engine.listeners().get(engine.listeners().firstKey());
        var event = one(listener.events());
        take(new Input.EventArrived(listener.activation(), event, dataOf(event)), engine.now());
      } else {
        var next =
            engine.timers().values().stream()
                .min(Comparator.comparing(Effect.SetTimer::at))
                .orElseThrow();
        know(new Input.TimerFired(next.activation()), next.at());
        engine.moveTo(next.at());
      }
    }

    void take(Input input, Instant now) {
      know(input, now);
      engine.take(input);
    }

    /// The facts are new at each input, as those of a ticket that lives on meanwhile.
    private void know(Input input, Instant now) {
      var facts = new HashMap<String, Object>();
      for (var fact : catalogue.facts()) {
        facts.put(fact.name(), values(fact.fields()));
      }
      engine.know(facts);
      inputs.add(new Taken(input, new Engine.Surroundings(new Facts(facts), engine.hours(), now)));
    }

    private DoStep.Answers answers(DoStep step) {
      var answers = new HashMap<String, Object>();
      step.form().forEach(field -> answers.put(field.name(), value(field.type())));
      return new DoStep.Answers(answers);
    }

    private Map<String, Object> dataOf(String event) {
      return catalogue.event(event).map(type -> values(type.data())).orElse(Map.of());
    }

    private Map<String, Object> values(List<Parameter> parameters) {
      var values = new HashMap<String, Object>();
      parameters.forEach(parameter -> values.put(parameter.name(), value(parameter.type())));
      return values;
    }

    private Object value(ValueType type) {
      return switch (type) {
        case ValueType.Text _ -> "text";
        case ValueType.Flag _ -> random.nextBoolean();
        case ValueType.Whole _ -> random.nextLong(100);
        case ValueType.Decimal _ -> random.nextDouble();
        case ValueType.Moment _ -> engine.now();
        case ValueType.Choice choice -> one(choice.options());
      };
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
