package dev.evergreen.language;

import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `call` steps. What the called workflow takes and gives is looked at when all files have
/// been read; the meaning of this file never depends on another.
record CallReader(Reading reading, HandlerReader handlers) {
  private static final List<ValueType> BY_LOOK =
      List.of(
          new ValueType.Flag(),
          new ValueType.Whole(),
          new ValueType.Decimal(),
          new ValueType.Moment());

  Optional<Step> read(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, Grammar.CALL, reading.findings());
    var workflow = section.required("call");
    var title = section.optional("title", "Go through " + workflow);
    var given = new LinkedHashMap<String, ValueType>();
    var with = with(section, given);
    var into = into(section);
    var inside = handlers.read(section, id);
    if (workflow.isEmpty()) {
      return Optional.empty();
    }
    var step = new CallStep(id, title, workflow, with, into, inside);
    reading.notes().call(new Notes.Call(step, mapping, given));
    return Optional.of(step);
  }

  private Map<String, Term> with(Section section, Map<String, ValueType> given) {
    var terms = new LinkedHashMap<String, Term>();
    var with = section.mapping("with");
    if (with != null) {
      for (var entry : with.entries()) {
        if (entry.value() instanceof Tree.Scalar text && !text.text().isBlank()) {
          term(entry.key().text(), text, terms, given);
        } else {
          reading
              .findings()
              .error(
                  entry.value().at(),
                  "%s for %s".formatted(entry.value().shape(), Wording.quoted(entry.key().text())),
                  "a value",
                  "write a value, or `=` and the name of one");
        }
      }
    }
    return terms;
  }

  private void term(
      String name, Tree.Scalar text, Map<String, Term> terms, Map<String, ValueType> given) {
    if (!Reading.isComputed(text)) {
      var type = typeByLook(text);
      given.put(name, type);
      Types.constant(text.text(), type).map(Term::of).ifPresent(term -> terms.put(name, term));
      return;
    }
    reading
        .computed(text)
        .ifPresent(compiled ->
            compiled
                .type()
                .ifPresentOrElse(
                    type -> {
                      given.put(name, type);
                      terms.put(name, Expressions.asTerm(text, 1, compiled, type));
                    },
                    () ->
                        reading
                            .findings()
                            .error(
                                text.at(),
                                "no plain value for %s".formatted(Wording.quoted(name)),
                                "text, a boolean, a number or a moment",
                                "give such a value")));
  }

  /// `3` is a number, `true` a boolean; in quotes both are texts.
  private static ValueType typeByLook(Tree.Scalar text) {
    return text.quoted()
        ? new ValueType.Text()
        : BY_LOOK.stream()
            .filter(type -> Types.constant(text.text(), type).isPresent())
            .findFirst()
            .orElseGet(ValueType.Text::new);
  }

  private Map<String, String> into(Section section) {
    var names = new LinkedHashMap<String, String>();
    var into = section.mapping("into");
    if (into != null) {
      for (var entry : into.entries()) {
        if (entry.value() instanceof Tree.Scalar there && !there.text().isBlank()) {
          reading.declared(entry.key());
          reading.set().add(entry.key().text());
          names.put(entry.key().text(), there.text());
        } else {
          reading
              .findings()
              .error(
                  entry.value().at(),
                  "%s for %s".formatted(entry.value().shape(), Wording.quoted(entry.key().text())),
                  "a name of the called workflow's data, or `outcome`",
                  "write, for example, " + section.example("into"));
        }
      }
    }
    return names;
  }
}
