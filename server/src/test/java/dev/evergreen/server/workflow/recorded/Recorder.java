package dev.evergreen.server.workflow.recorded;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.engine.testing.TestEngine;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventJson;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.RunJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Makes a [Recording]: lets a run live on inputs that a seed chooses, sensible ones and some that
/// go wrong, until it is over.
final class Recorder {
  private static final int MOST_INPUTS = 60;
  private static final int STATES = 6;
  private static final Catalogue CATALOGUE = Catalogue.load();

  private final List<String> texts;
  private final List<Definition> definitions;
  private final TestEngine engine;
  private final RandomGenerator random;
  private final Map<String, Object> facts;
  private Definition definition;
  private int moves;

  private Recorder(List<String> texts, long seed) {
    this.texts = texts;
    definitions = texts.stream().map(Recording::definition).toList();
    definition = definitions.getFirst();
    engine = new TestEngine(definition, Recording.HOURS);
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    facts = facts();
    engine.know(facts);
  }

  /// @param texts the workflow file, and others that the run is moved to on its way
  static Recording record(String name, List<String> texts, long seed) {
    var recorder = new Recorder(texts, seed);
    recorder.live();
    return recorder.transcript(name);
  }

  private void live() {
    engine.offer(new Input.Start(values(parametersOf(definition.inputs()))));
    while (!engine.run().status().isFinal() && engine.taken().size() < MOST_INPUTS) {
      int taken = engine.taken().size();
      if (moves + 1 < definitions.size() && taken >= 5 * (moves + 1)) {
        move();
      }
      if (random.nextInt(4) == 0) {
        nextTimer();
      }
      if (!engine.run().status().isFinal()) {
        engine.offer(
            random.nextInt(80) == 0 ? new Input.Cancel("No longer wanted", "Ada") : next());
      }
    }
    if (!engine.run().status().isFinal()) {
      engine.take(new Input.Cancel("Seen enough", "Ada"));
    }
    engine.take(new Input.TimerFired(1)); // what comes too late
  }

  private void move() {
    var to = definitions.get(++moves);
    var migration = engine.preview(to);
    if (migration.isPossible()) {
      engine.take(new Input.Migrate(migration, "Ada"));
      definition = to;
    }
  }

  private Input next() {
    List<Activation> open = engine.run().open();
    for (int tries = 0; tries < 50; tries++) {
      var input = of(open.get(random.nextInt(open.size())));
      if (input.isPresent()) {
        return input.get();
      }
    }
    nextTimer();
    return new Input.TimerFired(1); // what comes too late
  }

  private void nextTimer() {
    engine.moveTo(
        engine.timers().values().stream()
            .map(timer -> timer.at())
            .min(Instant::compareTo)
            .orElse(engine.now().plus(Duration.ofHours(1))));
  }

  private Optional<Input> of(Activation activation) {
    int number = activation.number();
    boolean usual = random.nextInt(4) > 0;
    return Optional.ofNullable(
        switch (activation) {
          case Activation.Task task ->
              switch (random.nextInt(12)) {
                case 0 -> new Input.Skip(number, "Known already", "Ada");
                case 1 -> new Input.Reassign(number, new DoStep.Assignee.Team("second"), "Ada");
                default -> completion(number, definition.step(task.step(), DoStep.class));
              };
          case Activation.Action _ ->
              usual
                  ? new Input.ActionSucceeded(number, outcome(number))
                  : new Input.Failed(number, "The server was away");
          case Activation.Question _ ->
              usual
                  ? new Input.Answered(
                      number, value(known(engine.questions(), number).step().type()))
                  : new Input.Answered(number, "neither fish nor fowl");
          case Activation.Call _ ->
              new Input.RunFinished(number, usual ? "done" : Definition.CANCELED, Map.of());
          case Activation.Wait wait ->
              usual ? arrival(number, definition.step(wait.step(), WaitStep.class).events()) : null;
          case Activation.Watch _ when engine.listeners().containsKey(number) && !usual ->
              arrival(number, known(engine.listeners(), number).events());
          case Activation.Fault _ ->
              usual ? new Input.Retry(number, "Ada") : new Input.Skip(number, "By hand", "Ada");
          default -> null;
        });
  }

  private static <T> T known(Map<Integer, T> open, int number) {
    return Objects.requireNonNull(open.get(number), "expected activation " + number);
  }

  private Input completion(int number, DoStep step) {
    var answers = new HashMap<String, Object>();
    step.form().stream()
        .filter(field -> field.required() || random.nextBoolean())
        .forEach(field -> answers.put(field.name(), value(field.type())));
    return new Input.TaskCompleted(
        number, new DoStep.Answers(answers, step.evidence() ? "Letter 7" : null), "Ada");
  }

  private Map<String, Object> outcome(int number) {
    return CATALOGUE
        .action(known(engine.actions(), number).action())
        .map(ActionType::outcome)
        .map(this::values)
        .orElse(Map.of());
  }

  private Input arrival(int number, List<String> events) {
    if (events.isEmpty()) {
      return new Input.TimerFired(number); // too early
    }
    var event = CATALOGUE.event(events.get(random.nextInt(events.size()))).orElseThrow();
    return new Input.EventArrived(number, event.kind(), values(event.data()));
  }

  private List<Parameter> parametersOf(Iterable<String> names) {
    var parameters = new ArrayList<Parameter>();
    names.forEach(name ->
        parameters.add(
            Parameter.of(name, "", definition.data().getOrDefault(name, new ValueType.Text()))));
    return parameters;
  }

  private Map<String, Object> facts() {
    var all = new HashMap<String, Object>();
    CATALOGUE.facts().stream()
        .filter(type -> type.about().equals(definition.about()))
        .forEach(type -> all.put(type.name(), values(type.fields())));
    return all;
  }

  private Map<String, Object> values(List<Parameter> parameters) {
    var values = new HashMap<String, Object>();
    parameters.forEach(parameter -> values.put(parameter.name(), value(parameter.type())));
    return values;
  }

  private Object value(ValueType type) {
    return switch (type) {
      case ValueType.Text _ -> "A few words";
      case ValueType.Flag _ -> random.nextBoolean();
      case ValueType.Whole _ -> (long) random.nextInt(7);
      case ValueType.Decimal _ -> random.nextInt(100) / 8.0;
      case ValueType.Moment _ -> TestEngine.MONDAY.plus(Duration.ofHours(random.nextInt(100)));
      case ValueType.Choice choice -> choice.options().get(random.nextInt(choice.options().size()));
    };
  }

  /// What the engine took in, once more from the beginning, with the state at some points.
  private Recording transcript(String name) {
    var inputs = new ArrayList<Recording.Taken>();
    var taken = engine.taken();
    int apart = Math.max(1, taken.size() / STATES);
    Run run = Run.fresh();
    int seen = 0;
    int text = 0;
    for (int i = 0; i < taken.size(); i++) {
      var one = taken.get(i);
      if (one.input() instanceof Input.Migrate) {
        text++;
      }
      List<Event> events =
          Replay.accepted(
              definitions.get(one.input() instanceof Input.Migrate ? text - 1 : text),
              run,
              one.input(),
              one.surroundings());
      run = run.apply(events);
      seen += events.size();
      boolean kept = i % apart == apart - 1 || (run.status() == Status.FAULTED && i % 3 == 0);
      inputs.add(
          new Recording.Taken(
              one.surroundings().now(),
              InputJson.write(one.input(), text),
              events.stream().map(EventJson::write).toList(),
              kept ? RunJson.write(run) : null));
    }
    if (seen != engine.history().size()) {
      throw new IllegalStateException("expected the same once more, but found another history");
    }
    return new Recording(name, texts, facts, inputs);
  }
}
