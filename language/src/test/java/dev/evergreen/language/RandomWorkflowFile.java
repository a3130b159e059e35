package dev.evergreen.language;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes workflows from a seed: any tree that a file can say over the [TestCatalogue], with texts
/// that are hard to write down.
final class RandomWorkflowFile {
  private static final List<String> TEXTS =
      List.of(
          "Call the customer",
          "a: b",
          "# no comment",
          "it's \"quoted\" \\ here",
          "- no list",
          "true",
          "7",
          "ä 🌳 ",
          " first",
          "two\nlines",
          "two\nlines\n",
          "\n\nblank\n\n",
          "{braces} [brackets], commas",
          "&anchor *alias !tag | > % @ `",
          "tab\there",
          "null",
          "trailing: ",
          "? question",
          "end\u2028of line");
  private static final List<String> CONDITIONS =
      List.of(
          "ticket.answered",
          "!ticket.answered && ticket.number > 3",
          "ticket.priority == \"high\"",
          "ticket.category != \"a: b # c\"",
          "now - ticket.openedAt > duration(\"24h\")");
  private static final List<String> EVENTS =
      List.of("ticket.reopened", "ticket.closed", "ticket.customer-replied");

  private final RandomGenerator random;
  private final List<DoStep.Field> inputs = new ArrayList<>();
  private final Map<String, ValueType> data = new TreeMap<>();
  private final Map<String, String> milestones = new HashMap<>();
  private final List<Step> before = new ArrayList<>();
  private int names;
  private int left;

  RandomWorkflowFile(long seed) {
    random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
    left = random.nextInt(2, 40);
  }

  WorkflowFile make() {
    data.put("level", new ValueType.Choice(List.of("low", "true", "9")));
    data.put("share", new ValueType.Decimal());
    many(2, () -> field("input")).forEach(inputs::add);
    boolean byCall = chance();
    inputs.removeIf(input -> !byCall && input.required());
    inputs.forEach(input -> data.put(input.name(), input.type()));
    var steps = steps("", 4);
    var handlers = handlers("", 2);
    var required = new ArrayList<String>();
    inputs.stream().filter(DoStep.Field::required).forEach(input -> required.add(input.name()));
    var definition =
        new Definition(
            "random",
            1,
            text(),
            "ticket",
            byCall ? List.of() : List.of(new Definition.Trigger("ticket.reopened", when())),
            data,
            Set.copyOf(required),
            steps,
            handlers);
    return new WorkflowFile(
        definition, profile(!byCall && chance()), inputs, milestones, Map.of(), "");
  }

  private Profile profile(boolean byHand) {
    var roles = new LinkedHashMap<String, String>();
    many(2, this::text).forEach(text -> roles.put("role " + roles.size() + text.strip(), text));
    return new Profile(
        text(),
        "support",
        chance() ? "process-1" : "",
        one(Grammar.KINDS),
        new Profile.Format(chance() ? text() : "", roles, many(2, this::text)),
        new Profile.Review(
            chance() ? List.of("billing", "legal") : List.of(),
            chance() ? LocalDate.of(2026, 2, 28) : null,
            chance() ? span() : null),
        byHand);
  }

  private List<Step> steps(String prefix, int depth) {
    var steps = new ArrayList<Step>();
    int count = random.nextInt(1, 5);
    for (int i = 1; i <= count && left > 0; i++) {
      left--;
      var step = step(prefix + i, depth);
      steps.add(step);
      if (random.nextInt(6) == 0 && !(step instanceof EndStep)) {
        milestones.put(step.id(), "reached " + step.id());
      }
      before.add(step);
      if (Paths.alwaysEnds(step)) {
        break;
      }
    }
    return steps;
  }

  private Step step(String id, int depth) {
    // What stands inside is made before the handlers, in the order of the text.
    return switch (random.nextInt(depth > 0 ? 10 : 6)) {
      case 0 -> new EndStep(id, text(), one(List.of("done", "resolved", "a: b")));
      case 1 -> {
        var form = many(3, () -> field("field"));
        form.forEach(field -> data.put(field.name(), field.type()));
        yield new DoStep(
            id,
            text(),
            chance() ? text() : "",
            one(
                List.of(
                    new DoStep.Assignee.Team("a-1"),
                    new DoStep.Assignee.Queue("a-1"),
                    new DoStep.Assignee.Responsible())),
            chance() ? span() : null,
            form,
            many(3, this::text),
            chance(),
            handlers(id, depth));
      }
      case 2 ->
          new RunStep(
              id,
              text(),
              "ticket.update",
              arguments(),
              Map.of(),
              chance() ? new RunStep.Retry(random.nextInt(1, 9), span(), 1.5) : null,
              handlers(id, depth));
      case 3 ->
          new WaitStep(
              id,
              text(),
              List.of(),
              null,
              span(),
              chance() ? term("=ticket.openedAt") : null,
              null,
              List.of(),
              handlers(id, depth));
      case 4 ->
          new CallStep(
              id,
              text(),
              "other",
              Map.of(
                  "word", Term.of(one(List.of("3", "true", "x y", "2026-01-01T00:00:00Z"))),
                  "whole", Term.of(3L),
                  "yes", Term.of(true),
                  "share", Term.of(0.5),
                  "number", term("=ticket.number")),
              chance() ? Map.of("level", "outcome", "share", "other_share") : Map.of(),
              handlers(id, depth));
      case 5 -> table(id, depth);
      case 6 -> {
        var name = "answer_" + names++;
        var type = type();
        data.put(name, type);
        yield new AskStep(
            id,
            text(),
            one(List.of("acknowledge", "Dear {{ customer.name }}: what?", "two\nlines")),
            name,
            type,
            random.nextInt(1, 5),
            span(),
            steps(id + ".else.", depth - 1),
            handlers(id, depth));
      }
      case 7 -> {
        var events = chance() ? EVENTS : List.of(one(EVENTS));
        var since = since();
        yield new WaitStep(
            id,
            text(),
            events,
            chance() ? when("ticket.answered") : null,
            span(),
            chance() ? term("=ticket.openedAt") : null,
            since,
            steps(id + ".else.", depth - 1),
            handlers(id, depth));
      }
      case 8 -> {
        var body = steps(id + ".", depth - 1);
        yield body.isEmpty()
            ? new EndStep(id, "Done", "done")
            : new RepeatStep(
                id,
                text(),
                random.nextInt(1, 1000),
                when("ticket.answered"),
                body,
                steps(id + ".else.", depth - 1),
                handlers(id, depth));
      }
      default -> chance() ? decide(id, depth) : together(id, depth);
    };
  }

  private Step decide(String id, int depth) {
    var branches = new ArrayList<DecideStep.Branch>();
    var conditions = CONDITIONS.subList(0, random.nextInt(1, CONDITIONS.size()));
    for (int i = 0; i < conditions.size(); i++) {
      branches.add(
          new DecideStep.Branch(
              when(conditions.get(i)), steps(id + "." + (i + 1) + ".", depth - 1)));
    }
    if (chance()) {
      branches.add(new DecideStep.Branch(Condition.ALWAYS, steps(id + ".otherwise.", depth - 1)));
    }
    return new DecideStep(id, text(), branches, null, handlers(id, depth));
  }

  private Step table(String id, int depth) {
    var rules =
        new ArrayList<>(
            CONDITIONS.subList(0, random.nextInt(1, CONDITIONS.size())).stream()
                .map(it -> new DecideStep.Table.Rule(when(it), set()))
                .toList());
    rules.add(new DecideStep.Table.Rule(Condition.ALWAYS, set()));
    var table = new DecideStep.Table(rules, DecideStep.Table.Hit.FIRST);
    return new DecideStep(id, text(), List.of(), table, handlers(id, depth));
  }

  private Step together(String id, int depth) {
    var branches =
        IntStream.rangeClosed(1, random.nextInt(2, 4))
            .mapToObj(branch -> steps(id + "." + branch + ".", depth - 1))
            .toList();
    return new TogetherStep(
        id,
        text(),
        chance() ? TogetherStep.Join.ALL : TogetherStep.Join.ANY,
        branches,
        handlers(id, depth));
  }

  private List<Handler> handlers(String id, int depth) {
    var handlers = new ArrayList<Handler>();
    var prefix = id.isEmpty() ? "on." : id + ".on.";
    for (int i = 1; depth > 0 && left > 0 && random.nextInt(4) == 0; i++) {
      var trigger =
          one(
              List.<Handler.Trigger>of(
                  new Handler.Trigger.After(span()),
                  new Handler.Trigger.OnFailure(),
                  new Handler.Trigger.OnEvent(EVENTS, chance() ? when("ticket.answered") : null)));
      handlers.add(
          new Handler(
              prefix + i,
              trigger,
              chance() ? when("ticket.answered") : null,
              chance(),
              steps(prefix + i + ".", depth - 1)));
    }
    return handlers;
  }

  /// The id of a step before whose title is its own.
  private @Nullable String since() {
    var titles = before.stream().map(Step::title).toList();
    return before.stream()
        .filter(step -> titles.stream().filter(step.title()::equals).count() == 1)
        .map(Step::id)
        .findFirst()
        .orElse(null);
  }

  private Map<String, Term> arguments() {
    var arguments = new TreeMap<String, Term>();
    if (chance()) {
      arguments.put("category", Term.of(one(TEXTS.stream().filter(it -> !it.isBlank()).toList())));
    }
    if (chance()) {
      arguments.put("tries", chance() ? Term.of(7L) : term("=ticket.number + 1"));
    }
    if (chance()) {
      arguments.put("answered", chance() ? Term.of(true) : term("=ticket.answered"));
    }
    return arguments;
  }

  private Map<String, Term> set() {
    return chance()
        ? Map.of("level", Term.of(one(List.of("low", "true", "9"))))
        : Map.of("share", chance() ? Term.of(0.25) : term("=ticket.sentiment"));
  }

  private DoStep.Field field(String kind) {
    var name = kind + "_" + names++;
    return new DoStep.Field(
        name, chance() ? FieldReader.label(name) : "Say: " + name, type(), chance());
  }

  private ValueType type() {
    return one(
        List.of(
            new ValueType.Text(),
            new ValueType.Flag(),
            new ValueType.Whole(),
            new ValueType.Decimal(),
            new ValueType.Moment(),
            new ValueType.Choice(List.of("yes", "no, thanks", "3"))));
  }

  private Span span() {
    return chance()
        ? new Span(random.nextInt(1, 200), one(List.of(Span.Unit.values())), chance())
        : new Span(random.nextInt(1, 14_400_000), Span.Unit.MINUTES, chance());
  }

  private Condition when() {
    return chance() ? Condition.ALWAYS : when(one(CONDITIONS));
  }

  private static Condition when(String source) {
    return new Condition(source, _ -> true);
  }

  private static Term term(String source) {
    return new Term(source, _ -> 1L);
  }

  private String text() {
    return one(TEXTS);
  }

  private boolean chance() {
    return random.nextBoolean();
  }

  private <T> List<T> many(int most, Supplier<T> made) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(_ -> made.get()).toList();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
