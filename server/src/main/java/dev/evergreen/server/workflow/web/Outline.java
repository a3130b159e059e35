package dev.evergreen.server.workflow.web;

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
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The steps of a workflow as sentences, one inside the other.
///
/// @param id where the step stands in its version
/// @param about who does it, by when, with what: a second, quieter sentence
public record Outline(String id, String title, String about, String icon, List<Part> parts) {
  public Outline {
    parts = List.copyOf(parts);
  }

  /// Steps that are gone through in one case, which `when` says; `condition` is its formula, and
  /// empty when the words say it all.
  public record Part(String when, String condition, List<Outline> steps) {
    public Part {
      steps = List.copyOf(steps);
    }
  }

  /// All that a workflow does once it has started.
  public static List<Outline> of(Definition definition) {
    return of(definition.steps());
  }

  /// What is done at any time of a run, beside its steps.
  public static List<Part> atAnyTime(Definition definition) {
    return definition.handlers().stream().map(Outline::handler).toList();
  }

  public static List<Outline> of(List<Step> steps) {
    return steps.stream().map(Outline::of).toList();
  }

  private static Outline of(Step step) {
    var parts = new ArrayList<>(parts(step));
    step.handlers().forEach(handler -> parts.add(handler(handler)));
    return new Outline(step.id(), title(step), about(step), icon(step), parts);
  }

  private static String title(Step step) {
    return step instanceof EndStep ? "End" : step.title();
  }

  private static String about(Step step) {
    return switch (step) {
      case DoStep it -> asked(it);
      case RunStep it -> "By itself: " + performed(it);
      case DecideStep it -> it.table() == null ? "" : rules(it.table());
      case RepeatStep it -> "At most %d times, until %s".formatted(it.atMost(), it.until());
      case WaitStep it -> waits(it);
      case AskStep it ->
          "The customer, at most %s and %s"
              .formatted(it.attempts() == 1 ? "once" : it.attempts() + " times", span(it.atMost()));
      case TogetherStep it ->
          switch (it.join()) {
            case ALL -> "Side by side, until all are over";
            case ANY -> "Side by side, until the first is over";
          };
      case CallStep it -> "By the workflow " + it.workflow();
      case EndStep it -> "With the outcome “" + words(it.outcome()) + "”";
    };
  }

  /// The picture of a step's kind.
  public static String icon(Step step) {
    return switch (step) {
      case DoStep _ -> "user";
      case RunStep _ -> "robot";
      case DecideStep it -> it.table() == null ? "git-branch" : "table";
      case RepeatStep _ -> "repeat";
      case WaitStep _ -> "hourglass";
      case AskStep _ -> "message-question";
      case TogetherStep _ -> "arrows-split-2";
      case CallStep _ -> "route";
      case EndStep _ -> "circle-check";
    };
  }

  private static List<Part> parts(Step step) {
    return switch (step) {
      case DecideStep it ->
          it.branches().stream()
              .map(branch -> part(branch.when().source(), branch.steps()))
              .toList();
      case RepeatStep it ->
          Stream.concat(
                  Stream.of(new Part("Each time", "", of(it.steps()))),
                  otherwise("If that was not enough", it.otherwise()).stream())
              .toList();
      case WaitStep it -> otherwise("If nothing comes", it.otherwise());
      case AskStep it -> otherwise("If no answer comes that fits", it.otherwise());
      case TogetherStep it ->
          it.branches().stream()
              .map(branch -> new Part("Beside the others", "", of(branch)))
              .toList();
      case DoStep _, RunStep _, CallStep _, EndStep _ -> List.of();
    };
  }

  /// `Meanwhile, after 4 business hours`: what is done while the block goes on, or instead of the
  /// rest of it.
  private static Part handler(Handler handler) {
    String occasion =
        switch (handler.trigger()) {
          case Handler.Trigger.OnEvent it -> "when this comes: " + anyOf(it.events());
          case Handler.Trigger.After it -> "after " + span(it.span());
          case Handler.Trigger.OnFailure _ -> "when a step cannot go on";
        };
    Condition when = handler.trigger() instanceof Handler.Trigger.OnEvent it ? it.when() : null;
    String condition =
        Stream.of(
                when == null ? "" : when.source(),
                handler.unless() == null ? "" : "unless " + handler.unless().source())
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining(", "));
    return new Part(
        (handler.alongside() ? "Meanwhile, " : "Instead, ") + occasion,
        condition,
        of(handler.steps()));
  }

  private static String rules(DecideStep.Table table) {
    return "%d rule%s, the %s"
        .formatted(
            table.rules().size(),
            table.rules().size() == 1 ? "" : "s",
            table.hit() == DecideStep.Table.Hit.FIRST ? "first that holds" : "one that holds");
  }

  /// What is worked out anew each time is not told here.
  private static String written(String source) {
    return source.startsWith("=") ? "" : " " + words(source);
  }

  private static List<Part> otherwise(String when, List<Step> steps) {
    return steps.isEmpty() ? List.of() : List.of(new Part(when, "", of(steps)));
  }

  private static Part part(String condition, List<Step> steps) {
    return condition.equals("true")
        ? new Part("Otherwise", "", of(steps))
        : new Part("When", condition, of(steps));
  }

  /// `message.send, template acknowledge`: the action and what is written down for it.
  private static String performed(RunStep step) {
    var given =
        step.with().entrySet().stream()
            .map(one -> ", " + one.getKey() + written(one.getValue().source()))
            .sorted()
            .collect(Collectors.joining());
    return step.action() + given;
  }

  private static String asked(DoStep step) {
    String who =
        switch (step.by()) {
          case DoStep.Assignee.Team team -> "Team " + team.key();
          case DoStep.Assignee.Responsible _ -> "Whoever is responsible";
          case DoStep.Assignee.Person _ -> "One person";
        };
    return step.within() == null ? who : who + ", within " + span(step.within());
  }

  private static String waits(WaitStep step) {
    return step.events().isEmpty()
        ? "For " + span(step.atMost())
        : "At most %s for: %s".formatted(span(step.atMost()), anyOf(step.events()));
  }

  /// `ticket.customer-replied` and `ticket.closed` are “customer replied or closed”.
  static String anyOf(List<String> events) {
    var words =
        events.stream()
            .map(event -> event.substring(event.indexOf('.') + 1).replace('-', ' '))
            .toList();
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String span(@Nullable Span span) {
    if (span == null) {
      return "";
    }
    String unit = span.unit().name().toLowerCase(Locale.ROOT);
    return "%d %s%s"
        .formatted(
            span.amount(),
            span.business() ? "business " : "",
            span.amount() == 1 ? unit.substring(0, unit.length() - 1) : unit);
  }

  private static String words(String code) {
    return NextStep.Field.words(code);
  }
}
