package dev.evergreen.language;

import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Reads `run` steps: an action of the catalogue with its arguments.
final class ActionReader {
  private final Reading reading;
  private final Findings findings;
  private final BiConsumer<Expressions.Compiled, Spot> isRead;

  ActionReader(Reading reading, BiConsumer<Expressions.Compiled, Spot> isRead) {
    this.reading = reading;
    this.findings = reading.findings();
    this.isRead = isRead;
  }

  /// @param set takes up the names that the action sets
  Optional<Step> read(Tree.Mapping mapping, String id, Set<String> set) {
    var section = Section.of(mapping, "a `run` step", List.of("run", "title", "with"), findings);
    var name = section.required("run", "message.send");
    var action = reading.catalogue().action(name);
    if (action.isEmpty()) {
      if (!name.isEmpty()) {
        var known = reading.catalogue().actions().stream().map(ActionType::name).toList();
        findings.unknown(section.spotOf("run"), "action %s", name, known);
      }
      return Optional.empty();
    }
    var type = action.get();
    var title = section.optional("title", "Tell the customer", name);
    var arguments = section.mapping("with", "with: {template: acknowledge}");
    var terms =
        terms(
            type,
            arguments == null ? new Tree.Mapping(List.of(), section.spotOf("run")) : arguments);
    type.outcome().forEach(parameter -> set.add(parameter.name()));
    return Optional.of(new RunStep(id, title, name, terms, null, List.of()));
  }

  private Map<String, Term> terms(ActionType type, Tree.Mapping arguments) {
    var terms = new LinkedHashMap<String, Term>();
    for (var entry : arguments.entries()) {
      var name = entry.key().text();
      type.inputs().stream()
          .filter(it -> it.name().equals(name))
          .findFirst()
          .ifPresentOrElse(
              parameter -> term(parameter, entry).ifPresent(term -> terms.put(name, term)),
              () ->
                  findings.unknown(
                      entry.key().at(),
                      "argument %s of " + Wording.quoted(type.name()),
                      name,
                      type.inputs().stream().map(Parameter::name).toList()));
    }
    for (var parameter : type.inputs()) {
      if (parameter.required() && arguments.entry(parameter.name()).isEmpty()) {
        findings.error(
            arguments.at(),
            "%s without %s"
                .formatted(Wording.quoted(type.name()), Wording.quoted(parameter.name())),
            Types.described(parameter.type()),
            "add `%s:` under `with:`".formatted(parameter.name()));
      }
    }
    return terms;
  }

  private Optional<Term> term(Parameter parameter, Tree.Entry entry) {
    if (!(entry.value() instanceof Tree.Scalar text) || text.text().isBlank()) {
      mismatch(entry.value(), parameter);
      return Optional.empty();
    }
    return text.text().startsWith("=") ? computed(parameter, text) : constant(parameter, text);
  }

  private Optional<Term> computed(Parameter parameter, Tree.Scalar text) {
    var compiled = reading.expressions().value(text, 1, reading.scope());
    if (compiled.isEmpty()) {
      return Optional.empty();
    }
    isRead.accept(compiled.get(), text.at());
    var type = compiled.get().type();
    if (type.filter(it -> Types.fits(it, parameter.type())).isEmpty()) {
      findings.error(
          text.at(),
          "%s for %s"
              .formatted(
                  type.map(Types::described).orElse("no plain value"),
                  Wording.quoted(parameter.name())),
          Types.described(parameter.type()),
          "give a value of that type");
    }
    return Optional.of(Expressions.asTerm(text, 1, compiled.get()));
  }

  private Optional<Term> constant(Parameter parameter, Tree.Scalar text) {
    if (parameter.text() && !reading.catalogue().texts().contains(text.text())) {
      findings.unknown(text.at(), "message text %s", text.text(), reading.catalogue().texts());
      return Optional.empty();
    }
    var value = Types.constant(text.text(), parameter.type());
    if (value.isEmpty()) {
      mismatch(text, parameter);
    }
    return value.map(Term::of);
  }

  private void mismatch(Tree value, Parameter parameter) {
    findings.error(
        value.at(),
        "%s for %s".formatted(value.shape(), Wording.quoted(parameter.name())),
        Types.described(parameter.type()),
        "write such a value, or `=` and the name of one");
  }
}
