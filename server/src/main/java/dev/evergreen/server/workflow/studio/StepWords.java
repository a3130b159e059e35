package dev.evergreen.server.workflow.studio;

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
import dev.evergreen.engine.Term;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Plain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Everything that a step says about itself, label by label: what a difference compares.
final class StepWords {
  private StepWords() {}

  /// @param definition that the step is of
  static Map<String, String> of(Step step, Plain plain, Definition definition) {
    var words = new LinkedHashMap<String, String>();
    switch (step) {
      case DoStep it -> {
        say(words, "Who", Assignees.inWords(it.by()));
        say(words, "Within", Plain.span(it.within()));
        say(words, "Instructions", it.instructions().strip());
        say(words, "Fills in", it.form().stream().map(StepWords::field).toList());
        say(words, "Checks", it.checklist());
        say(words, "Evidence", it.evidence() ? "asked for" : "");
      }
      case RunStep it -> {
        say(words, "Does", Plain.action(it.action(), Map.of(), definition.about()));
        say(words, "With", terms(it.with()));
        say(words, "Gives back", it.into().isEmpty() ? "" : new TreeMap<>(it.into()).toString());
        if (it.retries() != null) {
          say(
              words,
              "Tries",
              it.retries().times() + " times, first after " + Plain.span(it.retries().first()));
        }
      }
      case DecideStep it -> {
        for (int i = 0; i < it.branches().size(); i++) {
          say(words, "Branch " + (i + 1), condition(it.branches().get(i).when().source(), plain));
        }
        if (it.table() != null) {
          say(words, "Rules", it.table().rules().stream().map(rule -> rule(rule, plain)).toList());
        }
      }
      case RepeatStep it -> {
        say(words, "At most", it.atMost() + " times");
        say(words, "Until", plain.condition(it.until().source()));
      }
      case WaitStep it -> {
        say(words, "For", it.events().isEmpty() ? "" : Plain.anyOf(it.events()));
        say(words, "That", it.when() == null ? "" : plain.condition(it.when().source()));
        say(words, "Looks back to", it.since() == null ? "" : definition.titleOf(it.since()));
        say(words, "Until", it.until() == null ? "" : Plain.moment(it.until()));
        say(words, "At most", Plain.span(it.atMost()));
      }
      case AskStep it -> {
        say(words, "Asks", it.question());
        say(words, "Answer", it.into() + " (" + it.type().inWords() + ")");
        say(words, "Attempts", String.valueOf(it.attempts()));
        say(words, "At most", Plain.span(it.atMost()));
      }
      case TogetherStep it -> {
        say(
            words,
            "Until",
            it.join() == TogetherStep.Join.ALL ? "all are over" : "the first is over");
        say(words, "Branches", String.valueOf(it.branches().size()));
      }
      case CallStep it -> {
        say(words, "Calls", Plain.words(it.workflow()));
        say(words, "With", terms(it.with()));
        say(words, "Gives back", new TreeMap<>(it.into()).toString());
      }
      case EndStep it -> say(words, "Outcome", Heads.words(it.outcome()));
    }
    for (Handler handler : step.handlers()) {
      say(words, handler.alongside() ? "Meanwhile" : "Instead", occasion(handler));
    }
    return words;
  }

  /// What kind of step it is, in a word.
  static String kind(Step step) {
    String name = step.getClass().getSimpleName();
    return name.substring(0, name.length() - "Step".length()).toLowerCase(Locale.ROOT);
  }

  private static String occasion(Handler handler) {
    return switch (handler.trigger()) {
      case Handler.Trigger.OnEvent it -> "on “%s”".formatted(Plain.anyOf(it.events()));
      case Handler.Trigger.After it -> "after " + Plain.span(it.span());
      case Handler.Trigger.OnFailure _ -> "on a failure";
    };
  }

  private static String rule(DecideStep.Table.Rule rule, Plain plain) {
    return condition(rule.when().source(), plain) + ": " + String.join(", ", terms(rule.set()));
  }

  private static String condition(String source, Plain plain) {
    return source.equals("true") ? "otherwise" : "when " + plain.condition(source);
  }

  private static String field(DoStep.Field field) {
    return "%s (%s%s)"
        .formatted(
            field.label(), field.type().inWords(), field.required() ? "" : ", may be left out");
  }

  private static List<String> terms(Map<String, Term> terms) {
    return terms.entrySet().stream()
        .map(term -> term.getKey() + " " + term.getValue().source())
        .sorted()
        .toList();
  }

  private static void say(Map<String, String> words, String label, List<String> list) {
    say(words, label, list.stream().collect(Collectors.joining("; ")));
  }

  private static void say(Map<String, String> words, String label, String text) {
    if (!text.isEmpty()) {
      words.put(label, text);
    }
  }
}
