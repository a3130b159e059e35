package dev.evergreen.language;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.WaitStep;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What formulas, actions, events and lengths of time say, for people who have never seen a
/// formula. One for a definition: answers are told by the questions that they are given to.
public final class Plain {
  /// What is named rather than said: an address or a sentence stays as it is.
  private static final Pattern CODE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]*");

  private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z])[A-Z](?=[a-z])");

  private final Map<String, String> questions = new HashMap<>();

  private Plain() {}

  public static Plain of(Definition definition) {
    var plain = new Plain();
    plain.collect(definition.steps());
    definition.handlers().forEach(handler -> plain.collect(handler.steps()));
    return plain;
  }

  /// A condition in words, where nothing is known of the questions that are asked before it.
  public static String conditionAlone(String formula) {
    return new Plain().condition(formula);
  }

  private void collect(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof DoStep ask) {
        ask.form().stream()
            .filter(field -> field.label().endsWith("?"))
            .forEach(field -> questions.putIfAbsent(field.name(), field.label()));
      }
      step.parts().forEach(this::collect);
      for (Handler handler : step.handlers()) {
        collect(handler.steps());
      }
    }
  }

  /// A condition in words: `category is technical and the ticket is not assigned`. One that has
  /// none stays as it is written.
  ///
  /// @param formula in CEL
  public String condition(String formula) {
    return condition(formula, "");
  }

  /// The same under a heading that asks the question: then the answer says it all.
  public String condition(String formula, String heading) {
    String words = new FormulaWords(questions, heading).of(formula);
    return words == null ? formula : words;
  }

  /// `message.send` with a template is “send a message: ask for details”.
  ///
  /// @param about the kind of subject of the run, of which there is only one
  public static String action(RunStep step, String about) {
    var with = new TreeMap<String, String>();
    step.with().forEach((name, value) -> with.put(name, value.source()));
    return action(step.action(), with, about);
  }

  /// The same of one that is only written yet, in the order in which it is.
  ///
  /// @param with what it is done with, as written
  public static String action(String action, Map<String, String> with, String about) {
    String[] name = action.split("\\.", 2);
    String does =
        name.length < 2
            ? words(action)
            : "%s %s %s"
                .formatted(words(name[1]), name[0].equals(about) ? "the" : "a", words(name[0]));
    String what =
        with.entrySet().stream()
            .map(one -> given(one.getKey(), one.getValue()))
            .collect(Collectors.joining(", "));
    return what.isEmpty() ? does : does + ": " + what;
  }

  private static String given(String name, String value) {
    if (value.startsWith("=")) {
      return words(name);
    }
    String said = CODE.matcher(value).matches() ? words(value) : value;
    return name.equals("template") ? "“" + said + "”" : words(name) + " " + said;
  }

  /// `ticket.customer-replied` and `ticket.closed` are “customer replied or closed”.
  public static String anyOf(List<String> events) {
    return alternatives(
        events.stream()
            .map(event -> words(event.substring(event.indexOf('.') + 1)))
            .distinct()
            .toList());
  }

  /// How long a wait for time alone lasts: `For 3 days`, `Until follow up on, at most 30 days`.
  public static String pause(WaitStep step) {
    return step.until() == null
        ? "For " + span(step.atMost())
        : "Until %s, at most %s".formatted(moment(step.until()), span(step.atMost()));
  }

  /// How long an event is waited for: `At most 3 days`, `At most 3 days, until agreed at`.
  public static String patience(WaitStep step) {
    return step.until() == null
        ? "At most " + span(step.atMost())
        : "At most %s, until %s".formatted(span(step.atMost()), moment(step.until()));
  }

  /// The name of a moment that is worked out: `=agreed_at` is “agreed at”.
  public static String moment(Term term) {
    return words(term.source().replaceFirst("^=", "").strip());
  }

  /// `2 business days`; empty for none.
  public static String span(@Nullable Span span) {
    return span == null ? "" : Spans.written(span);
  }

  /// A name as people read it: `enough_information` is “enough information”.
  public static String words(String code) {
    return INNER_CAPITAL
        .matcher(code)
        .replaceAll(capital -> " " + capital.group().toLowerCase(Locale.ROOT))
        .replaceAll("[_.-]", " ");
  }

  /// “a”, “a or b”, “a, b or c”.
  static String alternatives(List<String> words) {
    int last = words.size() - 1;
    return last <= 0
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
