package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
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
import org.jspecify.annotations.Nullable;

/// The steps of a workflow as sentences, one inside the other.
///
/// @param about who does it, by when, with what: a second, quieter sentence
public record Outline(String title, String about, String icon, List<Part> parts) {
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

  static List<Outline> of(List<Step> steps) {
    return steps.stream().map(Outline::of).toList();
  }

  private static Outline of(Step step) {
    return switch (step) {
      case DoStep it -> new Outline(it.title(), asked(it), "user", List.of());
      case RunStep it -> new Outline(it.title(), "By itself: " + performed(it), "robot", List.of());
      case DecideStep it ->
          new Outline(
              it.title(),
              "",
              "route",
              it.branches().stream()
                  .map(branch -> part(branch.when().source(), branch.steps()))
                  .toList());
      case RepeatStep it -> repeat(it);
      case WaitStep it ->
          new Outline(
              it.title(), waits(it), "clock", otherwise("If nothing comes", it.otherwise()));
      case AskStep it ->
          new Outline(
              it.title(),
              "The customer, at most " + span(it.atMost()),
              "message-question",
              otherwise("If no answer comes that fits", it.otherwise()));
      case TogetherStep it ->
          new Outline(
              it.title(),
              switch (it.join()) {
                case ALL -> "Side by side, until all are over";
                case ANY -> "Side by side, until the first is over";
              },
              "arrows-split",
              it.branches().stream()
                  .map(branch -> new Part("Beside the others", "", of(branch)))
                  .toList());
      case CallStep it ->
          new Outline(it.title(), "By the workflow " + it.workflow(), "route", List.of());
      case EndStep it ->
          new Outline(
              "End", "With the outcome “" + words(it.outcome()) + "”", "circle-check", List.of());
    };
  }

  private static Outline repeat(RepeatStep it) {
    var parts = new ArrayList<Part>();
    parts.add(new Part("Each time", "", of(it.steps())));
    parts.addAll(otherwise("If that was not enough", it.otherwise()));
    return new Outline(
        it.title(),
        "At most %d times, until %s".formatted(it.atMost(), it.until()),
        "refresh",
        parts);
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
