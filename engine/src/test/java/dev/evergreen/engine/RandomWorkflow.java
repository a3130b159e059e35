package dev.evergreen.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes definitions of every block, nested, with conditions that hold, do not, and break.
final class RandomWorkflow {
  private static final List<Condition> CONDITIONS =
      List.of(
          Condition.ALWAYS,
          new Condition("false", _ -> false),
          Steps.is("solved", true),
          Steps.is("category", "refund"),
          new Condition(
              "now is even",
              values ->
                  values.get("now") instanceof Instant now
                      && now.getEpochSecond() / 3_600 % 2 == 0),
          new Condition(
              "count > 3", values -> values.get("count") instanceof Long count && count > 3));

  private final RandomGenerator random;
  private int left;

  private RandomWorkflow(RandomGenerator random, int size) {
    this.random = random;
    this.left = size;
  }

  /// A definition of about `size` steps.
  static Definition of(RandomGenerator random, int size) {
    var steps = new RandomWorkflow(random, size).sequence("", 0, size);
    return new Definition(
        "random", 1, "Random", "ticket", List.of(), Steps.DATA, Set.of(), steps, List.of());
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
    return switch (left > 0 ? random.nextInt(12) : random.nextInt(5)) {
      case 0, 5 -> Steps.task(id, random.nextBoolean() ? span() : null, form());
      case 1, 6 -> new RunStep(id, id, "message.send", Map.of("text", term()), null, List.of());
      case 2 -> Steps.pause(id, span());
      case 3 -> random.nextInt(4) == 0 ? Steps.end(id, "early") : Steps.action(id);
      case 4, 7 -> await(id);
      case 8, 9 -> decide(id);
      default ->
          new RepeatStep(
              id,
              id,
              1 + random.nextInt(3),
              condition(),
              sequence(id + ".", 1, 3),
              sequence(id + ".else.", 0, 2),
              List.of());
    };
  }

  private Step await(String id) {
    return new WaitStep(
        id,
        id,
        List.of("ticket.replied", "ticket.closed").subList(0, 1 + random.nextInt(2)),
        maybeCondition(),
        span(),
        null,
        sequence(id + ".else.", 0, 2),
        List.of());
  }

  private Step decide(String id) {
    var branches =
        IntStream.range(0, 1 + random.nextInt(3))
            .mapToObj(i -> new DecideStep.Branch(condition(), sequence(id + "." + i + ".", 0, 3)))
            .toList();
    return new DecideStep(id, id, branches, null, List.of());
  }

  private DoStep.Field[] form() {
    return Steps.DATA.keySet().stream()
        .sorted()
        .filter(_ -> random.nextBoolean())
        .map(name -> Steps.field(name, random.nextInt(4) > 0))
        .toArray(DoStep.Field[]::new);
  }

  private Condition condition() {
    return CONDITIONS.get(random.nextInt(CONDITIONS.size()));
  }

  private @Nullable Condition maybeCondition() {
    return random.nextBoolean() ? condition() : null;
  }

  private Term term() {
    return random.nextInt(3) > 0
        ? Term.of("hello")
        : new Term(
            "note",
            values -> {
              if (values.get("note") instanceof String note) {
                return note;
              }
              throw new IllegalArgumentException("no note");
            });
  }

  private Span span() {
    var units = Span.Unit.values();
    return new Span(1 + random.nextInt(5), units[random.nextInt(3)], random.nextBoolean());
  }
}
