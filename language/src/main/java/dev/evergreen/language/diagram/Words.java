package dev.evergreen.language.diagram;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Plain;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a card says of its step: the kind, what it is called, and one quieter sentence.
///
/// @param about empty when the title says it all
record Words(Icon icon, String title, String about) {
  /// What the words of one workflow are made with.
  ///
  /// @param about the kind of subject of its runs
  record Scheme(Plain plain, String about) {
    static Scheme of(Definition definition) {
      return new Scheme(Plain.of(definition), definition.about());
    }
  }

  /// The same in the reader's language. Only beginning and end have titles of ours.
  Words said(UnaryOperator<String> said) {
    boolean isOurs = icon == Icon.START || icon == Icon.END;
    return new Words(icon, isOurs ? said.apply(title) : title, said.apply(about));
  }

  static Words of(Step step, Scheme scheme) {
    return switch (step) {
      case DoStep it -> new Words(Icon.PERSON, it.title(), asked(it));
      case RunStep it ->
          new Words(Icon.ACTION, it.title(), sentence(Plain.action(it, scheme.about())));
      case AskStep it ->
          new Words(
              Icon.QUESTION,
              it.title(),
              "Asks the customer for %s · at most %s, %s"
                  .formatted(
                      it.into().replace('_', ' '), times(it.attempts()), Plain.span(it.atMost())));
      case DecideStep it -> new Words(Icon.DECISION, it.title(), decided(it.table()));
      case TogetherStep it ->
          new Words(
              Icon.TOGETHER,
              it.title(),
              switch (it.join()) {
                case ALL -> "At the same time, until all are over";
                case ANY -> "At the same time, until the first is over";
              });
      case RepeatStep it ->
          new Words(
              Icon.REPEAT,
              it.title(),
              "At most %s, until %s"
                  .formatted(times(it.atMost()), scheme.plain().condition(it.until().source())));
      case WaitStep it -> new Words(Icon.WAIT, it.title(), waits(it));
      case CallStep it ->
          new Words(
              Icon.CALL, it.title(), "By the workflow “%s”".formatted(Plain.words(it.workflow())));
      case EndStep it ->
          new Words(
              Icon.END,
              Plain.words(it.title()).endsWith(Plain.words(it.outcome()))
                  ? "End: " + Plain.words(it.outcome())
                  : it.title(),
              "");
    };
  }

  /// What starts a run.
  static Words start(List<Definition.Trigger> triggers, Scheme scheme) {
    var when =
        triggers.stream()
            .map(one ->
                one.when().source().equals("true")
                    ? event(one.event())
                    : event(one.event()) + ", if " + scheme.plain().condition(one.when().source()))
            .collect(Collectors.joining("; "));
    return new Words(Icon.START, "Start", when);
  }

  /// `ticket.customer-replied` and `ticket.closed` are “Customer replied or closed”.
  static String anyOf(List<String> events) {
    return sentence(Plain.anyOf(events));
  }

  static String times(int rounds) {
    return rounds == 1 ? "1 time" : rounds + " times";
  }

  private static String event(String event) {
    return Plain.words(event);
  }

  private static String asked(DoStep step) {
    var within = step.within();
    return Stream.of(
            Assignees.inWords(step.by()),
            within == null ? "" : "within " + Plain.span(within),
            counted(step.checklist().size(), "check"),
            counted(step.form().size(), "answer"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  private static String decided(DecideStep.@Nullable Table table) {
    if (table == null) {
      return "";
    }
    var sets =
        table.rules().stream()
            .flatMap(rule -> rule.set().keySet().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "By %s, %s · sets %s"
        .formatted(
            counted(table.rules().size(), "rule"),
            switch (table.hit()) {
              case FIRST -> "the first that holds";
              case UNIQUE -> "the one that holds";
            },
            sets.replace('_', ' '));
  }

  /// What makes a handler fire.
  static String fires(Handler handler, Scheme scheme) {
    var trigger =
        switch (handler.trigger()) {
          case Handler.Trigger.OnEvent(var events, var when) ->
              when == null
                  ? anyOf(events)
                  : anyOf(events) + ", if " + scheme.plain().condition(when.source());
          case Handler.Trigger.After(var span) -> "After " + Plain.span(span);
          case Handler.Trigger.OnFailure() -> "If it fails";
        };
    var unless =
        handler.unless() == null
            ? ""
            : ", unless " + scheme.plain().condition(handler.unless().source());
    return trigger + unless + (handler.alongside() ? " · alongside" : "");
  }

  private static String waits(WaitStep step) {
    if (step.events().isEmpty()) {
      return Plain.pause(step);
    }
    return step.otherwise().isEmpty()
        ? "%s for: %s"
            .formatted(Plain.patience(step), anyOf(step.events()).toLowerCase(Locale.ROOT))
        : Plain.patience(step);
  }

  private static String counted(int count, String what) {
    return count == 0 ? "" : count == 1 ? "1 " + what : "%d %ss".formatted(count, what);
  }

  static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
