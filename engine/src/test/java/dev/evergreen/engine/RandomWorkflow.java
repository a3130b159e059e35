package dev.evergreen.engine;

import dev.evergreen.engine.DecideStep.Table;
import dev.evergreen.engine.Handler.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes definitions of every block, nested and with handlers, with conditions that hold, do not,
/// and break; and other versions of them.
final class RandomWorkflow {
  static final List<String> EVENTS = List.of("ticket.replied", "ticket.closed", "ticket.assigned");

  private static final Condition NOW_IS_EVEN =
      new Condition(
          "now is even",
          values ->
              values.get("now") instanceof Instant now && now.getEpochSecond() / 3_600 % 2 == 0);

  private static final Term EVEN_OR_NOTE =
      new Term(
          "now is even ? “even” : note",
          values -> NOW_IS_EVEN.holds(values) ? "even" : note(values));

  private static final List<Condition> CONDITIONS =
      List.of(
          Condition.ALWAYS,
          new Condition("false", _ -> false),
          Steps.is("solved", true),
          Steps.is("category", "refund"),
          NOW_IS_EVEN,
          new Condition(
              "count > 3", values -> values.get("count") instanceof Long count && count > 3));

  private final RandomGenerator random;
  private int left;
  private int titles;

  private RandomWorkflow(RandomGenerator random, int size) {
    this.random = random;
    this.left = size;
  }

  /// A definition of about `size` steps.
  static Definition of(RandomGenerator random, int size) {
    var workflow = new RandomWorkflow(random, size);
    var steps = workflow.sequence("", 0, size);
    return definition(1, steps, workflow.handlers(""));
  }

  /// Every step, those inside others and in handlers included.
  static List<Step> all(Definition definition) {
    return Stream.concat(
            definition.steps().stream().flatMap(RandomWorkflow::all),
            definition.handlers().stream()
                .flatMap(it -> it.steps().stream())
                .flatMap(RandomWorkflow::all))
        .toList();
  }

  private static Stream<Step> all(Step step) {
    return Stream.concat(
        Stream.of(step),
        Stream.concat(
                step.parts().stream().flatMap(List::stream),
                step.handlers().stream().flatMap(it -> it.steps().stream()))
            .flatMap(RandomWorkflow::all));
  }

  /// Another version of it: some steps gone, new, wrapped or unwrapped, with other titles or
  /// handlers.
  static Definition edited(Definition definition, RandomGenerator random) {
    var edit = new RandomWorkflow(random, 4);
    edit.titles = 10_000 * definition.version();
    return definition(
        definition.version() + 1,
        edit.edited(edit.shuffled(definition.steps()), ""),
        edit.editedHandlers(definition.handlers(), ""));
  }

  private static Definition definition(int version, List<Step> steps, List<Handler> handlers) {
    return new Definition(
        "random", version, "Random", "ticket", List.of(), Steps.DATA, Set.of(), steps, handlers);
  }

  private List<Step> sequence(String path, int least, int most) {
    int length = least + (most > least ? random.nextInt(most - least + 1) : 0);
    var steps = new ArrayList<Step>();
    for (int i = 1; i <= length && (left > 0 || i <= least); i++) {
      left--;
      steps.add(step(path + i));
    }
    return steps;
  }

  private Step step(String id) {
    return switch (left > 0 ? random.nextInt(17) : random.nextInt(6)) {
      case 0, 6 ->
          Steps.task(id, title(), random.nextBoolean() ? span() : null, form(), handlers(id));
      case 1, 7 -> run(id);
      case 2 ->
          new WaitStep(
              id, title(), List.of(), null, span(), until(), null, List.of(), handlers(id));
      case 3 ->
          random.nextInt(4) == 0
              ? new EndStep(id, title(), "early")
              : new CallStep(
                  id,
                  title(),
                  "other",
                  Map.of("text", term()),
                  Map.of("note", "outcome", "count", "tries"),
                  handlers(id));
      case 4, 8 -> await(id);
      case 5, 9 -> ask(id);
      case 10, 11 -> decide(id);
      case 12, 13, 14 -> together(id);
      default -> repeat(id);
    };
  }

  private Step run(String id) {
    var retries =
        random.nextBoolean()
            ? new RunStep.Retry(1 + random.nextInt(2), span(), 1 + random.nextInt(3))
            : null;
    if (retries == null || random.nextBoolean()) {
      return new RunStep(
          id, title(), "message.send", Map.of("text", term()), Map.of(), retries, handlers(id));
    }
    var takeOver =
        new Handler(
            id + ".on.1", new Trigger.OnFailure(), null, false, sequence(id + ".on.1.", 0, 2));
    return new RunStep(
        id,
        title(),
        "message.send",
        Map.of("text", EVEN_OR_NOTE),
        Map.of(),
        retries,
        List.of(takeOver));
  }

  private Step await(String id) {
    return new WaitStep(
        id,
        title(),
        EVENTS.subList(0, 1 + random.nextInt(2)),
        maybeCondition(),
        span(),
        until(),
        random.nextInt(4) == 0 ? "1" : null,
        sequence(id + ".else.", 0, 2),
        handlers(id));
  }

  private Step ask(String id) {
    return new AskStep(
        id,
        title(),
        "how-many",
        "count",
        new ValueType.Whole(),
        1 + random.nextInt(2),
        span(),
        sequence(id + ".else.", 0, 2),
        handlers(id));
  }

  private Step decide(String id) {
    var table = random.nextInt(3) == 0 ? table() : null;
    var branches =
        IntStream.range(0, (table == null ? 1 : 0) + random.nextInt(3))
            .mapToObj(i -> new DecideStep.Branch(condition(), sequence(id + "." + i + ".", 0, 3)))
            .toList();
    return new DecideStep(id, title(), branches, table, handlers(id));
  }

  private Table table() {
    var rules =
        IntStream.range(0, 1 + random.nextInt(3))
            .mapToObj(i ->
                new Table.Rule(
                    condition(),
                    random.nextInt(6) == 0
                        ? Map.of("count", Term.of("many"))
                        : Map.of("count", Term.of((long) i), "note", term())))
            .toList();
    return new Table(rules, random.nextBoolean() ? Table.Hit.FIRST : Table.Hit.UNIQUE);
  }

  private Step together(String id) {
    var branches =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> sequence(id + "." + i + ".", 0, 2))
            .toList();
    var join = random.nextBoolean() ? TogetherStep.Join.ALL : TogetherStep.Join.ANY;
    return new TogetherStep(id, title(), join, branches, handlers(id));
  }

  private Step repeat(String id) {
    return new RepeatStep(
        id,
        title(),
        1 + random.nextInt(3),
        condition(),
        sequence(id + ".", 1, 3),
        sequence(id + ".else.", 0, 2),
        handlers(id));
  }

  private List<Handler> handlers(String block) {
    if (left <= 0 || random.nextInt(4) > 0) {
      return List.of();
    }
    var handlers = new ArrayList<Handler>();
    for (int i = 1; i <= 1 + random.nextInt(2); i++) {
      handlers.add(handler((block.isEmpty() ? "" : block + ".") + "on." + i));
    }
    return handlers;
  }

  private Handler handler(String id) {
    var trigger =
        switch (random.nextInt(3)) {
          case 0 -> new Trigger.OnEvent(EVENTS.subList(0, 1 + random.nextInt(3)), maybeCondition());
          case 1 -> new Trigger.After(span());
          default -> new Trigger.OnFailure();
        };
    return new Handler(
        id,
        trigger,
        random.nextInt(3) == 0 ? condition() : null,
        random.nextBoolean(),
        sequence(id + ".", 0, 2));
  }

  private List<Step> edited(List<Step> steps, String path) {
    var edited = new ArrayList<Step>();
    for (Step step : steps) {
      if (random.nextInt(10) == 0) {
        edited.add(step(path + (edited.size() + 1)));
      }
      switch (random.nextInt(32)) {
        case 0, 1, 2, 3 -> {
          // It is gone.
        }
        case 4 -> edited.add(wrapped(step, path + (edited.size() + 1)));
        case 5 ->
            step.parts().stream()
                .flatMap(List::stream)
                .forEach(inner -> edited.add(edited(inner, path + (edited.size() + 1))));
        default -> edited.add(edited(step, path + (edited.size() + 1)));
      }
    }
    return edited;
  }

  /// Now and then with two neighbors in the other order.
  private List<Step> shuffled(List<Step> steps) {
    var shuffled = new ArrayList<>(steps);
    if (steps.size() > 1 && random.nextInt(4) == 0) {
      int at = random.nextInt(steps.size() - 1);
      Collections.swap(shuffled, at, at + 1);
    }
    return shuffled;
  }

  /// Put into a block of its own.
  private Step wrapped(Step step, String id) {
    boolean repeated = random.nextBoolean();
    var inside = List.of(edited(step, id + (repeated ? ".1" : ".0.1")));
    return repeated
        ? new RepeatStep(id, title(), 2, condition(), inside, List.of(), handlers(id))
        : new TogetherStep(id, title(), TogetherStep.Join.ALL, List.of(inside), handlers(id));
  }

  private Step edited(Step step, String id) {
    String title = random.nextInt(8) == 0 ? title() : step.title();
    var handlers = editedHandlers(step.handlers(), id + ".");
    return switch (step) {
      case DoStep s ->
          Steps.task(id, title, s.within(), random.nextBoolean() ? form() : s.form(), handlers);
      case RunStep s ->
          new RunStep(id, title, s.action(), s.with(), s.into(), s.retries(), handlers);
      case AskStep s ->
          new AskStep(
              id,
              title,
              s.question(),
              s.into(),
              s.type(),
              s.attempts(),
              s.atMost(),
              edited(s.otherwise(), id + ".else."),
              handlers);
      case DecideStep s -> {
        var branches = new ArrayList<DecideStep.Branch>();
        for (var branch : s.branches()) {
          if (random.nextInt(6) > 0) {
            branches.add(
                new DecideStep.Branch(
                    branch.when(), edited(branch.steps(), id + "." + branches.size() + ".")));
          }
        }
        yield new DecideStep(id, title, branches, s.table(), handlers);
      }
      case TogetherStep s -> {
        var branches = new ArrayList<List<Step>>();
        for (var branch : s.branches()) {
          if (random.nextInt(6) > 0) {
            branches.add(edited(branch, id + "." + branches.size() + "."));
          }
        }
        yield new TogetherStep(id, title, s.join(), branches, handlers);
      }
      case RepeatStep s -> {
        var body = edited(s.steps(), id + ".");
        yield new RepeatStep(
            id,
            title,
            1 + random.nextInt(3),
            s.until(),
            body.isEmpty() ? List.of(step(id + ".1")) : body,
            edited(s.otherwise(), id + ".else."),
            handlers);
      }
      case WaitStep s -> {
        boolean time = s.events().isEmpty();
        yield new WaitStep(
            id,
            title,
            time || random.nextBoolean() ? s.events() : List.of("ticket.assigned"),
            s.when(),
            s.atMost(),
            s.until(),
            s.since(),
            time ? List.of() : edited(s.otherwise(), id + ".else."),
            handlers);
      }
      case CallStep s -> new CallStep(id, title, s.workflow(), s.with(), s.into(), handlers);
      case EndStep s -> new EndStep(id, title, s.outcome());
    };
  }

  private List<Handler> editedHandlers(List<Handler> handlers, String block) {
    var edited = new ArrayList<Handler>();
    for (Handler handler : handlers) {
      if (random.nextInt(5) > 0) {
        String id = block + "on." + (edited.size() + 1);
        edited.add(
            new Handler(
                id,
                handler.trigger(),
                handler.unless(),
                handler.alongside(),
                edited(handler.steps(), id + ".")));
      }
    }
    if (random.nextInt(8) == 0) {
      edited.add(handler(block + "on." + (edited.size() + 1)));
    }
    return edited;
  }

  private String title() {
    return "Step " + titles++;
  }

  private List<DoStep.Field> form() {
    return Steps.DATA.keySet().stream()
        .sorted()
        .filter(_ -> random.nextBoolean())
        .map(name -> Steps.field(name, random.nextInt(4) > 0))
        .toList();
  }

  private Condition condition() {
    return CONDITIONS.get(random.nextInt(CONDITIONS.size()));
  }

  private @Nullable Condition maybeCondition() {
    return random.nextBoolean() ? condition() : null;
  }

  private Term term() {
    return switch (random.nextInt(4)) {
      case 0 -> new Term("note", RandomWorkflow::note);
      case 1 -> EVEN_OR_NOTE;
      default -> Term.of("hello");
    };
  }

  private static Object note(Map<String, Object> values) {
    if (values.get("note") instanceof String note) {
      return note;
    }
    throw new IllegalArgumentException("no note");
  }

  /// An instant that is past, soon, or beyond the wait's own end; and one that nobody knows.
  private @Nullable Term until() {
    return switch (random.nextInt(8)) {
      case 0 -> new Term("note", RandomWorkflow::note);
      case 1, 2 -> {
        long hours = random.nextInt(200) - 20L;
        yield new Term(
            "now + %d hours".formatted(hours),
            values ->
                values.get("now") instanceof Instant now ? now.plusSeconds(3_600 * hours) : "?");
      }
      default -> null;
    };
  }

  private Span span() {
    var units = Span.Unit.values();
    return new Span(1 + random.nextInt(5), units[random.nextInt(3)], random.nextBoolean());
  }
}
