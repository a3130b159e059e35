package dev.evergreen.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Lifecycle.Phase;
import dev.evergreen.engine.Lifecycle.Transition;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.engine.testing.TestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Random definitions under random inputs, sensible and senseless.
class EnginePropertyTest {
  /// `-Dexamples=…` tries more.
  private static final int EXAMPLES = Integer.getInteger("examples", 3_000);

  private static final int MOST_ROUNDS = 10;
  private static final int INPUTS = 60;
  private static final int MOST_SERVED = 100_000;

  private final Set<Transition<Status>> ofRuns = new HashSet<>();
  private final Set<Transition<Phase>> ofActivations = new HashSet<>();

  @Test
  void whatever_comes_the_run_stays_one_that_its_definition_allows() {
    int rounds = 0;
    do { // some transitions are rare
      Property.holds(EXAMPLES, this::theHistoryIsOneOfTheTree);
      Property.holds(EXAMPLES, this::aMigrationDoesWhatItsPreviewSaid);
    } while (!missing().isEmpty() && ++rounds < MOST_ROUNDS);

    assertThat(missing()).isEmpty();
  }

  private List<Transition<?>> missing() {
    var missing = new ArrayList<Transition<?>>(Lifecycle.RUN.missingFrom(ofRuns));
    missing.addAll(Lifecycle.ACTIVATION.missingFrom(ofActivations));
    return missing;
  }

  private void theHistoryIsOneOfTheTree(RandomGenerator random, int size) {
    var definition = RandomWorkflow.of(random, size);
    var engine = new TestEngine(definition);
    for (int i = 0; i < INPUTS; i++) {
      give(engine, random);
      whatIsOpenOutsideIsOpenInTheRun(engine);
    }
    var open = Trace.check(definition, engine.history());
    assertThat(open).isEqualTo(numbers(engine.run(), Activation.class));
    replayGivesTheSameRun(engine);
  }

  private void aMigrationDoesWhatItsPreviewSaid(RandomGenerator random, int size) {
    var definition = RandomWorkflow.of(random, size);
    var engine = new TestEngine(definition);
    for (int i = 0; i < INPUTS; i++) {
      if (random.nextInt(10) == 0) {
        definition = migrate(engine, definition, random);
      }
      give(engine, random);
      whatIsOpenOutsideIsOpenInTheRun(engine);
    }
    replayGivesTheSameRun(engine);
    if (engine.run().status() != Status.NEW) {
      serveToTheEnd(engine, random);
    }
  }

  /// Every wait has an end and every repeat a bound, so whoever is asked needs only to answer, and
  /// time to pass.
  @Test
  void a_run_that_is_served_comes_to_its_end() {
    Property.holds(
        EXAMPLES / 3,
        (random, size) -> {
          var engine = new TestEngine(RandomWorkflow.of(random, size));
          engine.start();
          serveToTheEnd(engine, random);
        });
  }

  private static void serveToTheEnd(TestEngine engine, RandomGenerator random) {
    var inputs = new RandomInputs(engine, random);
    for (int served = 0; !engine.run().status().isFinal(); served++) {
      assertThat(served).isLessThan(MOST_SERVED);
      serve(engine, inputs);
    }
    assertThat(engine.run().open()).isEmpty();
    whatIsOpenOutsideIsOpenInTheRun(engine);
  }

  private static void serve(TestEngine engine, RandomInputs inputs) {
    for (Activation open : engine.run().open()) {
      int number = open.number();
      Input input =
          switch (open) {
            case Activation.Task _ ->
                new Input.TaskCompleted(number, new DoStep.Answers(inputs.answers(number)), "ada");
            case Activation.Action _ -> new Input.ActionSucceeded(number, Map.of());
            case Activation.Question _ -> new Input.Answered(number, 4L);
            case Activation.Call _ -> new Input.RunFinished(number, "done", Map.of());
            case Activation.Fault _ -> new Input.Skip(number, "done by hand", "ada");
            default -> null;
          };
      if (input != null) {
        engine.take(input);
        return;
      }
    }
    engine.moveTo(
        engine.timers().values().stream()
            .map(Effect.SetTimer::at)
            .min(Instant::compareTo)
            .orElseThrow());
  }

  /// A step that a person says is the same one, whatever it is called and wherever it stands.
  private static Map<String, String> chosen(
      Definition definition, Definition to, RandomGenerator random) {
    var steps = RandomWorkflow.all(definition);
    if (steps.isEmpty() || random.nextInt(3) > 0) {
      return Map.of();
    }
    Step step = steps.get(random.nextInt(steps.size()));
    var alike =
        RandomWorkflow.all(to).stream().filter(it -> it.getClass() == step.getClass()).toList();
    return alike.isEmpty()
        ? Map.of()
        : Map.of(step.id(), alike.get(random.nextInt(alike.size())).id());
  }

  /// What happens is what the preview said, or nothing.
  private static Definition migrate(
      TestEngine engine, Definition definition, RandomGenerator random) {
    var to = RandomWorkflow.edited(definition, random);
    var before = engine.run();
    var migration = engine.preview(to, chosen(definition, to, random));
    var decision = engine.offer(new Input.Migrate(migration, "ada"));
    if (!migration.isPossible() || before.open().isEmpty()) {
      assertThat(decision).isInstanceOf(Decision.Rejected.class);
      assertThat(engine.run()).isSameAs(before);
      return definition;
    }
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    var events = ((Decision.Accepted) decision).events();
    var moved =
        events.stream()
            .filter(Event.RunMigrated.class::isInstance)
            .map(Event.RunMigrated.class::cast)
            .findFirst()
            .orElseThrow();
    var upTo = events.subList(0, events.indexOf(moved) + 1);
    assertThat(migration.moves().stream().map(Migration.Move::activation).toList())
        .isEqualTo(before.open().stream().map(Activation::number).toList());
    for (var move : migration.moves()) {
      var now = moved.open().stream().filter(it -> it.number() == move.activation()).findFirst();
      switch (move) {
        case Migration.Move.Kept kept ->
            assertThat(now.orElseThrow().step()).isEqualTo(kept.step());
        case Migration.Move.Moved it -> assertThat(now.orElseThrow().step()).isEqualTo(it.to());
        case Migration.Move.Withdrawn it -> {
          assertThat(now).isEmpty();
          assertThat(upTo).contains(new Event.Withdrawn(it.activation()));
        }
        case Migration.Move.Impossible it -> throw new AssertionError(it);
      }
    }
    moved.open().forEach(open -> assertThat(to.titleOf(open.step())).isNotNull());
    return to;
  }

  private static void give(TestEngine engine, RandomGenerator random) {
    var inputs = new RandomInputs(engine, random);
    if (random.nextInt(4) == 0) {
      engine.moveTo(engine.now().plus(Duration.ofHours(random.nextInt(100))));
    }
    Input input = random.nextInt(8) == 0 ? inputs.any() : inputs.sensible();
    Run before = engine.run();

    Decision decision = engine.decide(input);

    assertThat(engine.decide(input)).isEqualTo(decision);
    assertThat(engine.run()).isSameAs(before);
    engine.offer(input);
    if (decision instanceof Decision.Accepted accepted
        && accepted.events().stream().allMatch(event -> event instanceof Event.Ignored)) {
      assertThat(engine.run()).isSameAs(before);
    }
  }

  private static void whatIsOpenOutsideIsOpenInTheRun(TestEngine engine) {
    var run = engine.run();
    var timed = numbers(run, Activation.Wait.class);
    timed.addAll(numbers(run, Activation.Question.class));
    timed.addAll(numbers(run, Activation.Backoff.class));
    var listening = numbers(run, Activation.Wait.class);
    for (Activation open : run.open()) {
      if (open instanceof Activation.Watch watch) {
        (watch.until() == null ? listening : timed).add(open.number());
      }
      assertThat(open.scope() == 0 || run.activation(open.scope()) != null).isTrue();
    }
    assertThat(engine.tasks().keySet()).isEqualTo(numbers(run, Activation.Task.class));
    assertThat(engine.actions().keySet()).isEqualTo(numbers(run, Activation.Action.class));
    assertThat(engine.questions().keySet()).isEqualTo(numbers(run, Activation.Question.class));
    assertThat(engine.calls().keySet()).isEqualTo(numbers(run, Activation.Call.class));
    assertThat(engine.timers().keySet()).isEqualTo(timed);
    assertThat(engine.listeners().keySet()).isSubsetOf(listening);
    assertThat(run.open().isEmpty())
        .isEqualTo(run.status().isFinal() || run.status() == Status.NEW);
    assertThat(run.status() == Status.FAULTED)
        .isEqualTo(!numbers(run, Activation.Fault.class).isEmpty());
    var growing = numbers(run, Activation.Backoff.class);
    engine
        .timers()
        .forEach((number, timer) ->
            assertThat(Duration.between(engine.now(), timer.at()))
                .isLessThan(Duration.ofDays(growing.contains(number) ? 45 : 14)));
  }

  private static Set<Integer> numbers(Run run, Class<? extends Activation> kind) {
    var numbers = new HashSet<Integer>();
    run.open().stream().filter(kind::isInstance).forEach(open -> numbers.add(open.number()));
    return numbers;
  }

  private void replayGivesTheSameRun(TestEngine engine) {
    Run run = Run.fresh();
    for (Event event : engine.history()) {
      Run next = run.apply(event);
      ofRuns.add(new Transition<>(run.status(), event.getClass(), next.status()));
      if (event instanceof Event.OfActivation e) {
        ofActivations.add(
            new Transition<>(
                Phase.of(run.activation(e.activation())),
                event.getClass(),
                Phase.of(next.activation(e.activation()))));
      }
      run = next;
    }
    assertThat(run).isEqualTo(engine.run());
  }

  /// Inputs for a run as it is.
  private record RandomInputs(TestEngine engine, RandomGenerator random) {

    Input sensible() {
      var run = engine.run();
      if (run.status() == Status.NEW) {
        return new Input.Start(Map.of());
      }
      if (run.open().isEmpty() || random.nextInt(40) == 0) {
        return new Input.Cancel("no longer wanted", "ada");
      }
      var open = run.open().get(random.nextInt(run.open().size()));
      int number = open.number();
      boolean usual = random.nextInt(3) > 0;
      return switch (open) {
        case Activation.Task _ ->
            switch (random.nextInt(8)) {
              case 0 -> new Input.Skip(number, "known already", "ada");
              case 1 -> new Input.Reassign(number, new DoStep.Assignee.Person("7"), "ada");
              default ->
                  new Input.TaskCompleted(number, new DoStep.Answers(answers(number)), "ada");
            };
        case Activation.Action _ ->
            usual
                ? new Input.ActionSucceeded(number, values())
                : new Input.Failed(number, "the mail server is away");
        case Activation.Question _ ->
            usual
                ? new Input.Answered(number, random.nextInt(3) > 0 ? (Object) 4L : "some")
                : new Input.Failed(number, "no channel");
        case Activation.Call _ ->
            usual ? finished(number) : new Input.Failed(number, "no such workflow");
        case Activation.Wait _, Activation.Watch _ -> arrival(number);
        case Activation.Backoff _ ->
            usual ? new Input.TimerFired(number) : new Input.Skip(number, "done by hand", "ada");
        case Activation.Fault _ ->
            usual ? new Input.Retry(number, "ada") : new Input.Skip(number, "done by hand", "ada");
        case Activation.Rounds _,
            Activation.Together _,
            Activation.Block _,
            Activation.Branch _,
            Activation.Handling _ ->
            random.nextInt(8) == 0 ? new Input.Skip(number, "no longer wanted", "ada") : any();
      };
    }

    Input any() {
      int number = random.nextInt(engine.run().lastActivation() + 2);
      String reason = random.nextBoolean() ? "because" : " ";
      return switch (random.nextInt(11)) {
        case 0 -> new Input.Start(Map.of());
        case 1 -> new Input.TaskCompleted(number, new DoStep.Answers(values()), "ada");
        case 2 -> new Input.Reassign(number, new DoStep.Assignee.Team("second"), "ada");
        case 3 -> new Input.ActionSucceeded(number, values());
        case 4 -> new Input.Failed(number, "broken");
        case 5 -> arrival(number);
        case 6 -> new Input.TimerFired(number);
        case 7 -> new Input.Retry(number, "ada");
        case 8 -> new Input.Answered(number, random.nextBoolean());
        case 9 -> finished(number);
        default -> new Input.Skip(number, reason, "ada");
      };
    }

    private Input finished(int number) {
      return new Input.RunFinished(
          number,
          random.nextInt(4) == 0 ? Definition.CANCELED : "done",
          random.nextInt(4) == 0 ? Map.of("tries", "many") : Map.of("tries", 2L));
    }

    private Input arrival(int number) {
      return new Input.EventArrived(number, RandomWorkflow.EVENTS.get(random.nextInt(3)), values());
    }

    private Map<String, Object> answers(int number) {
      var task = engine.tasks().get(number);
      var answers = new HashMap<String, Object>();
      if (task != null) {
        for (var field : task.step().form()) {
          answers.put(field.name(), value(field.type()));
        }
      }
      return answers;
    }

    /// Run data of the declared types, now and then of another.
    private Map<String, Object> values() {
      var values = new HashMap<String, Object>();
      Steps.DATA.forEach((name, type) -> {
        if (random.nextInt(3) == 0) {
          values.put(name, value(random.nextInt(10) > 0 ? type : new ValueType.Text()));
        }
      });
      return values;
    }

    private Object value(ValueType type) {
      return switch (type) {
        case ValueType.Text _ -> "a note";
        case ValueType.Flag _ -> random.nextBoolean();
        case ValueType.Whole _ -> (long) random.nextInt(7);
        case ValueType.Decimal _ -> random.nextDouble();
        case ValueType.Moment _ -> engine.now();
        case ValueType.Choice choice ->
            choice.options().get(random.nextInt(choice.options().size()));
      };
    }
  }
}
