package dev.evergreen.language;

import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads `run` steps: an action of the catalogue with its arguments, and how often it is tried.
record ActionReader(Reading reading, HandlerReader handlers) {
  private static final Span PAUSE = new Span(1, Span.Unit.MINUTES, false);
  private static final double GROWTH = 2;
  private static final int MOST_RETRIES = 100;

  Optional<Step> read(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.RUN, reading.findings());
    var name = section.required("run");
    var found = reading.catalogue().action(name);
    if (found.isEmpty() && !name.isEmpty()) {
      var known = reading.catalogue().actions().stream().map(ActionType::name).toList();
      reading.findings().unknown(section.spotOf("run"), "action %s", name, known);
    }
    var title = section.optional("title", name);
    var given = section.mapping("with");
    var arguments = given == null ? new Tree.Mapping(List.of(), section.spotOf("run")) : given;
    var terms = found.map(type -> terms(type, arguments)).orElse(Map.of());
    var into = found.map(type -> into(type, section)).orElse(Map.of());
    var retry = retry(section);
    found.ifPresent(type -> repetition(type, retry, section));
    found.ifPresent(type ->
        type.outcome().stream()
            .filter(parameter -> !parameter.isOpen())
            .forEach(parameter -> reading.set().add(parameter.name())));
    var inside = handlers.read(section, id);
    return found.map(_ -> new RunStep(id, title, name, terms, into, retry, inside));
  }

  private Map<String, Term> terms(ActionType type, Tree.Mapping arguments) {
    var terms = new LinkedHashMap<String, Term>();
    for (var entry : arguments.entries()) {
      var name = entry.key().text();
      type.inputs().stream()
          .filter(it -> it.covers(name))
          .findFirst()
          .ifPresentOrElse(
              parameter ->
                  (parameter.isOpen()
                          ? reading.anyTerm(name, entry.value()).map(Reading.Typed::term)
                          : reading.term(entry.value(), parameter))
                      .ifPresent(term -> terms.put(name, term)),
              () ->
                  reading
                      .findings()
                      .unknown(
                          entry.key().at(),
                          "argument %s of " + Wording.quoted(type.name()),
                          name,
                          type.inputs().stream().map(Parameter::name).toList()));
    }
    for (var parameter : type.inputs()) {
      if (parameter.required() && arguments.entry(parameter.name()).isEmpty()) {
        reading
            .findings()
            .error(
                arguments.at(),
                "%s without %s"
                    .formatted(Wording.quoted(type.name()), Wording.quoted(parameter.name())),
                Types.described(parameter.type()),
                "add `%s:` under `with:`".formatted(parameter.name()));
      }
    }
    return terms;
  }

  /// Declared run data by what of the outcome fills it.
  private Map<String, String> into(ActionType type, Section section) {
    var names = new LinkedHashMap<String, String>();
    var into = section.mapping("into");
    if (into != null) {
      for (var entry : into.entries()) {
        var there = entry.value() instanceof Tree.Scalar text ? text.text() : "";
        if (type.outcome().stream().noneMatch(it -> it.covers(there))) {
          reading
              .findings()
              .unknown(
                  entry.value().at(),
                  "outcome %s of " + Wording.quoted(type.name()),
                  there,
                  type.outcome().stream().map(Parameter::name).toList());
        }
        reading.declared(entry.key());
        reading.set().add(entry.key().text());
        names.put(entry.key().text(), there);
      }
    }
    return names;
  }

  private RunStep.@Nullable Retry retry(Section section) {
    if (!(section.tree("retry") instanceof Tree.Mapping mapping)) {
      var times =
          section.scalar("retry") == null
              ? 0
              : new SpanReader(reading.findings()).times(section, "retry", MOST_RETRIES);
      return times < 1 ? null : new RunStep.Retry(times, PAUSE, GROWTH);
    }
    var inner = Section.of(mapping, StepGrammar.RETRY, reading.findings());
    var spans = new SpanReader(reading.findings());
    int times = spans.times(inner, "at most", MOST_RETRIES);
    var pause = inner.has("after") ? spans.span(inner, "after") : PAUSE;
    var factor = factor(inner);
    return times < 1 || pause == null || factor.isEmpty()
        ? null
        : new RunStep.Retry(times, pause, factor.get());
  }

  private Optional<Double> factor(Section section) {
    var text = section.scalar("factor");
    if (text == null) {
      return Optional.of(GROWTH);
    }
    var factor =
        Types.constant(text.text(), new ValueType.Decimal())
            .map(Double.class::cast)
            .filter(it -> it >= 1 && it <= 100);
    if (factor.isEmpty()) {
      reading
          .findings()
          .error(
              text.at(),
              "%s for `factor`".formatted(Wording.quoted(text.text())),
              "a number from 1 to 100",
              "write, for example, " + section.example("factor"));
    }
    return factor;
  }

  /// What the outside cannot tell from its first time must not be done a second time unasked.
  private void repetition(ActionType type, RunStep.@Nullable Retry retry, Section section) {
    if (retry != null && !type.repeatable()) {
      reading
          .findings()
          .error(
              section.spotOf("retry"),
              "%s tried again, which would show twice".formatted(Wording.quoted(type.name())),
              "no `retry` for an action that cannot be told from its first time",
              "take `retry` out, and say in `on:` what is done on a `failure`");
    }
  }
}
