package dev.evergreen.language;

import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads `call` steps. What the called workflow takes and gives is looked at when all files have
/// been read; the meaning of this file never depends on another.
record CallReader(Reading reading, HandlerReader handlers) {
  Optional<Step> read(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.CALL, reading.findings());
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
        var name = entry.key().text();
        reading
            .anyTerm(name, entry.value())
            .ifPresent(typed -> {
              terms.put(name, typed.term());
              given.put(name, typed.type());
            });
      }
    }
    return terms;
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
