package dev.evergreen.bench;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Effect;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.testing.TestEngine;
import dev.evergreen.engine.testing.TestEngine.Taken;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Parameter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/// One way through a definition, from the start to an end, as it can be gone again and again.
///
/// @param answers what conditions and terms said on the way
record RecordedRun(List<Object> answers, List<Taken> inputs, Run end) {
  private static final int MOST_INPUTS = 200;

  /// Goes the way again.
  ///
  /// @param kept where the definition's conditions find their answers
  Run again(Definition definition, Answers kept) {
    kept.play(answers);
    var run = Run.fresh();
    for (var taken : inputs) {
      if (Engine.decide(definition, run, taken.input(), taken.surroundings())
          instanceof Decision.Accepted accepted) {
        run = accepted.run();
      }
    }
    return run;
  }

  /// A way that chance finds: answers, facts and what comes first, an event or the time. Empty when
  /// it comes to no end.
  static Optional<RecordedRun> found(
      Definition definition, Answers answers, Catalogue catalogue, RandomGenerator random) {
    answers.record();
    var engine = new TestEngine(definition);
    var way = new Way(engine, catalogue, random);
    engine.start();
    while (engine.run().status() == Run.Status.RUNNING && engine.taken().size() < MOST_INPUTS) {
      way.goOn();
    }
    return engine.run().status() == Run.Status.ENDED
        ? Optional.of(new RecordedRun(answers.recorded(), engine.taken(), engine.run()))
        : Optional.empty();
  }

  private record Way(TestEngine engine, Catalogue catalogue, RandomGenerator random) {
    /// Whatever is open comes to its end, what waits for nobody first.
    void goOn() {
      know();
      if (!engine.actions().isEmpty()) {
        engine.succeed(Map.of());
      } else if (!engine.calls().isEmpty()) {
        engine.finishCall(Definition.DONE, Map.of());
      } else if (!engine.tasks().isEmpty()) {
        engine.complete(answers(first(engine.tasks()).step()));
      } else if (!engine.questions().isEmpty()) {
        engine.answer(value(first(engine.questions()).step().type()));
      } else if (!engine.listeners().isEmpty() && random.nextInt(4) > 0) {
        var event = one(first(engine.listeners()).events());
        engine.arrive(event, dataOf(event));
      } else {
        engine.moveTo(
            engine.timers().values().stream()
                .map(Effect.SetTimer::at)
                .min(Comparator.naturalOrder())
                .orElseThrow());
      }
    }

    /// The facts are new at each input, as those of a ticket that lives on meanwhile.
    private void know() {
      var facts = new HashMap<String, Object>();
      catalogue.facts().forEach(fact -> facts.put(fact.name(), values(fact.fields())));
      engine.know(facts);
    }

    private static <T> T first(SortedMap<Integer, T> open) {
      return open.firstEntry().getValue();
    }

    private Map<String, Object> answers(DoStep step) {
      var answers = new HashMap<String, Object>();
      step.form().forEach(field -> answers.put(field.name(), value(field.type())));
      return answers;
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
