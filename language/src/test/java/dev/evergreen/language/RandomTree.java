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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes trees of every block from a seed, with ids as the reader of files gives them and with
/// texts that are short, long, foreign and hostile.
public final class RandomTree {
  private static final List<String> TITLES =
      List.of(
          "Answer",
          "Tell the customer that we have their message",
          "Agree with the customer, the technician and the warehouse how to go on from here",
          "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
          "返品の手続きを確認してお客様にご連絡する",
          "<b>&\"quoted\"</b> ]]> \u0001 😀",
          "Повернути гроші");
  private static final List<String> CONDITIONS =
      List.of(
          "solved",
          "ticket.priority == \"high\" && !solved",
          "customer.organization.agreement.responseTimeInBusinessHoursOfTheContract < 4",
          "a < b");
  private static final List<DoStep.Assignee> ASKED =
      List.of(
          new DoStep.Assignee.Responsible(),
          new DoStep.Assignee.Team("frontline"),
          new DoStep.Assignee.Queue("frontline"));

  private final RandomGenerator random;
  private int left;

  private RandomTree(long seed, int size) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.left = size;
  }

  /// A definition of about `size` steps.
  public static Definition of(long seed, int size) {
    var made = new RandomTree(seed, size);
    var data =
        Map.<String, ValueType>of(
            "solved",
            new ValueType.Flag(),
            "category",
            new ValueType.Choice(List.of("simple", "refund")));
    var starts =
        List.of(
            new Definition.Trigger("ticket.opened", Condition.ALWAYS),
            new Definition.Trigger("ticket.reopened", condition("ticket.open")));
    return new Definition(
        "random",
        1,
        made.one(TITLES),
        "ticket",
        starts.subList(0, made.random.nextInt(3)),
        data,
        Set.of(),
        made.sequence("", 1, size),
        made.handlers(""));
  }

  private List<Handler> handlers(String step) {
    if (left <= 0 || random.nextInt(4) > 0) {
      return List.of();
    }
    var prefix = step.isEmpty() ? "on." : step + ".on.";
    return IntStream.rangeClosed(1, 1 + random.nextInt(3))
        .mapToObj(i -> handler(prefix + i))
        .toList();
  }

  private Handler handler(String id) {
    var trigger =
        switch (random.nextInt(3)) {
          case 0 ->
              new Handler.Trigger.OnEvent(
                  List.of("ticket.customer-replied"),
                  random.nextBoolean() ? null : condition("event.size > 3"));
          case 1 -> new Handler.Trigger.After(span());
          default -> new Handler.Trigger.OnFailure();
        };
    var unless = random.nextInt(3) > 0 ? null : condition("solved");
    return new Handler(id, trigger, unless, random.nextBoolean(), sequence(id + ".", 0, 2));
  }

  private List<Step> sequence(String prefix, int least, int most) {
    int length = least + random.nextInt(most - least + 1);
    var steps = new ArrayList<Step>();
    for (int i = 1; i <= length && (left > 0 || i <= least); i++) {
      left--;
      steps.add(step(prefix + i));
      if (Paths.alwaysEnds(steps.getLast())) {
        return steps; // the checks would refuse what follows
      }
    }
    return steps;
  }

  private Step step(String id) {
    return switch (left > 0 ? random.nextInt(13) : random.nextInt(4)) {
      case 0, 4 -> task(id);
      case 1 ->
          new RunStep(id, one(TITLES), "message.send", with(), Map.of(), retries(), handlers(id));
      case 2 ->
          new WaitStep(
              id, one(TITLES), List.of(), null, span(), until(), null, List.of(), handlers(id));
      case 3 -> random.nextInt(4) == 0 ? new EndStep(id, "End: early", "early") : task(id);
      case 5 -> await(id);
      case 6, 7 -> decide(id);
      case 8 -> ask(id);
      case 9, 10 -> together(id);
      case 11 ->
          new CallStep(
              id,
              one(TITLES),
              "escalate",
              with(),
              random.nextBoolean() ? Map.of() : Map.of("category", "outcome"),
              handlers(id));
      default -> repeat(id);
    };
  }

  private Step repeat(String id) {
    var body = sequence(id + ".", 1, 3);
    return new RepeatStep(
        id,
        one(TITLES),
        1 + random.nextInt(5),
        condition(one(CONDITIONS)),
        body,
        Paths.anyAlwaysEnds(body) ? List.of() : sequence(id + ".else.", 0, 2),
        handlers(id));
  }

  private Step task(String id) {
    return new DoStep(
        id,
        one(TITLES),
        random.nextBoolean() ? "" : "Say *what* happens next.\n\n- first\n- then",
        one(ASKED),
        random.nextBoolean() ? null : span(),
        random.nextBoolean()
            ? List.of()
            : List.of(
                new DoStep.Field("solved", "Is it solved?", new ValueType.Flag(), true),
                new DoStep.Field(
                    "category",
                    "Category",
                    new ValueType.Choice(List.of("simple", "refund")),
                    false)),
        random.nextBoolean() ? List.of() : List.of("Greet by name", "Say what happens next"),
        random.nextBoolean(),
        handlers(id));
  }

  private RunStep.@Nullable Retry retries() {
    return random.nextBoolean() ? null : new RunStep.Retry(1 + random.nextInt(5), span(), 2);
  }

  private Step ask(String id) {
    return new AskStep(
        id,
        one(TITLES),
        "which-order",
        "category",
        new ValueType.Choice(List.of("simple", "refund")),
        1 + random.nextInt(3),
        span(),
        sequence(id + ".else.", 0, 2),
        handlers(id));
  }

  private Step together(String id) {
    var branches =
        IntStream.rangeClosed(1, 2 + random.nextInt(2))
            .mapToObj(i -> sequence(id + "." + i + ".", 0, 3))
            .toList();
    var join = random.nextBoolean() ? TogetherStep.Join.ALL : TogetherStep.Join.ANY;
    return new TogetherStep(id, one(TITLES), join, branches, handlers(id));
  }

  private Map<String, Term> with() {
    return random.nextBoolean()
        ? Map.of()
        : Map.of(
            "template", Term.of("acknowledge"), "category", new Term("=category", _ -> "simple"));
  }

  private Step await(String id) {
    var events = List.of("ticket.customer-replied", "ticket.closed");
    return new WaitStep(
        id,
        one(TITLES),
        events.subList(0, 1 + random.nextInt(2)),
        random.nextBoolean() ? null : condition("event.size > 3"),
        span(),
        until(),
        random.nextInt(4) > 0 ? null : "1",
        sequence(id + ".else.", 0, 2),
        handlers(id));
  }

  private @Nullable Term until() {
    return random.nextInt(4) > 0 ? null : new Term("=agreed_at", _ -> Instant.EPOCH);
  }

  private Step decide(String id) {
    var branches = new ArrayList<DecideStep.Branch>();
    IntStream.rangeClosed(1, 1 + random.nextInt(3))
        .forEach(i ->
            branches.add(
                new DecideStep.Branch(
                    condition(one(CONDITIONS)), sequence(id + "." + i + ".", 0, 3))));
    if (random.nextBoolean()) {
      branches.add(new DecideStep.Branch(Condition.ALWAYS, sequence(id + ".otherwise.", 1, 2)));
    }
    if (random.nextInt(4) == 0) {
      var rules =
          List.of(
              new DecideStep.Table.Rule(
                  condition("ticket.priority == \"high\""), Map.of("category", Term.of("simple"))),
              new DecideStep.Table.Rule(Condition.ALWAYS, Map.of("category", Term.of("refund"))));
      return new DecideStep(
          id,
          one(TITLES),
          List.of(),
          new DecideStep.Table(rules, DecideStep.Table.Hit.FIRST),
          handlers(id));
    }
    return new DecideStep(id, one(TITLES), branches, null, handlers(id));
  }

  private Span span() {
    var units = Span.Unit.values();
    return new Span(1 + random.nextInt(5), units[random.nextInt(3)], random.nextBoolean());
  }

  private static Condition condition(String source) {
    return new Condition(source, _ -> true);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
