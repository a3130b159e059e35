package dev.evergreen.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Short ways to write trees in tests.
final class Steps {
  static final Map<String, ValueType> DATA =
      Map.of(
          "solved", new ValueType.Flag(),
          "category", new ValueType.Choice(List.of("simple", "refund")),
          "count", new ValueType.Whole(),
          "note", new ValueType.Text());

  private Steps() {}

  static Definition workflow(Step... steps) {
    return new Definition(
        "issue-resolution",
        1,
        "Resolve an issue",
        "ticket",
        List.of(),
        DATA,
        Set.of(),
        List.of(steps),
        List.of());
  }

  static DoStep task(String id) {
    return task(id, (Span) null);
  }

  /// A task under the watch of handlers.
  static DoStep task(String id, Handler... handlers) {
    return task(id, "Do " + id, null, List.of(), List.of(handlers));
  }

  static DoStep task(String id, @Nullable Span within, DoStep.Field... form) {
    return task(id, "Do " + id, within, List.of(form), List.of());
  }

  static DoStep task(
      String id,
      String title,
      @Nullable Span within,
      List<DoStep.Field> form,
      List<Handler> handlers) {
    return new DoStep(
        id, title, "", new DoStep.Assignee.Responsible(), within, form, List.of(), false, handlers);
  }

  static DoStep.Field field(String name, boolean required) {
    return new DoStep.Field(name, "The " + name, data(name), required);
  }

  static RunStep action(String id, Handler... handlers) {
    return new RunStep(
        id,
        "Run " + id,
        "message.send",
        Map.of("template", Term.of("thanks")),
        Map.of(),
        null,
        List.of(handlers));
  }

  static DecideStep decide(String id, DecideStep.Branch... branches) {
    return new DecideStep(id, "Decide " + id, List.of(branches), null, List.of());
  }

  static DecideStep.Branch when(Condition condition, Step... steps) {
    return new DecideStep.Branch(condition, List.of(steps));
  }

  static RepeatStep repeat(String id, int atMost, Condition until, Step body, Step... otherwise) {
    return new RepeatStep(
        id, "Repeat " + id, atMost, until, List.of(body), List.of(otherwise), List.of());
  }

  static WaitStep pause(String id, Span span) {
    return new WaitStep(id, "Wait " + id, List.of(), null, span, null, null, List.of(), List.of());
  }

  static WaitStep await(
      String id, String event, @Nullable Condition when, Span span, Step... otherwise) {
    return new WaitStep(
        id, "Wait " + id, List.of(event), when, span, null, null, List.of(otherwise), List.of());
  }

  static AskStep ask(String id, int attempts, Step... otherwise) {
    return new AskStep(
        id,
        "Ask " + id,
        "how-many",
        "count",
        new ValueType.Whole(),
        attempts,
        days(2),
        List.of(otherwise),
        List.of());
  }

  static CallStep call(String id, Map<String, String> into) {
    return new CallStep(
        id, "Call " + id, "escalate", Map.of("note", Term.of("angry")), into, List.of());
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  static TogetherStep together(String id, TogetherStep.Join join, List<Step>... branches) {
    return new TogetherStep(id, "Together " + id, join, List.of(branches), List.of());
  }

  /// A workflow whose whole is under the watch of handlers.
  static Definition watched(List<Handler> handlers, Step... steps) {
    return new Definition(
        "issue-resolution",
        1,
        "Resolve an issue",
        "ticket",
        List.of(),
        DATA,
        Set.of(),
        List.of(steps),
        handlers);
  }

  static Handler on(String id, String event, boolean alongside, Step... steps) {
    return handler(id, new Handler.Trigger.OnEvent(List.of(event), null), alongside, steps);
  }

  static Handler after(String id, Span span, boolean alongside, Step... steps) {
    return handler(id, new Handler.Trigger.After(span), alongside, steps);
  }

  static Handler onFailure(String id, boolean alongside, Step... steps) {
    return handler(id, new Handler.Trigger.OnFailure(), alongside, steps);
  }

  static Handler unless(Condition unless, Handler handler) {
    return new Handler(
        handler.id(), handler.trigger(), unless, handler.alongside(), handler.steps());
  }

  private static Handler handler(
      String id, Handler.Trigger trigger, boolean alongside, Step... steps) {
    return new Handler(id, trigger, null, alongside, List.of(steps));
  }

  static EndStep end(String id, String outcome) {
    return new EndStep(id, "End", outcome);
  }

  static Span days(int amount) {
    return new Span(amount, Span.Unit.DAYS, false);
  }

  static Span businessHours(int amount) {
    return new Span(amount, Span.Unit.HOURS, true);
  }

  static Condition is(String name, Object value) {
    return new Condition(
        name + " == " + value,
        values -> {
          Object found = values.get(name);
          if (found == null) {
            throw new IllegalArgumentException("nothing known as " + name);
          }
          return found.equals(value);
        });
  }

  private static ValueType data(String name) {
    ValueType type = DATA.get(name);
    if (type == null) {
      throw new IllegalArgumentException("expected one of " + DATA.keySet() + ", found " + name);
    }
    return type;
  }
}
