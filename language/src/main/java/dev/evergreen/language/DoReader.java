package dev.evergreen.language;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Step;
import java.util.List;
import java.util.Optional;

/// Reads `do` steps: what a person does.
record DoReader(Reading reading, HandlerReader handlers) {
  Optional<Step> read(Tree.Mapping mapping, String id) {
    var findings = reading.findings();
    var section = Section.of(mapping, StepGrammar.DO, findings);
    var title = section.required("do");
    if (!title.isEmpty()) {
      Titles.check(title, section.spotOf("do"), findings);
    }
    var by = assignee(section, mapping);
    if (!section.has("within")) {
      findings.warning(
          mapping.at(),
          "a `do` step without `within`",
          "the time within which it is to be done",
          "add, for example, " + section.example("within"));
    }
    var within = new SpanReader(findings).span(section, "within");
    var form = section.mapping("form");
    var fields = form == null ? List.<DoStep.Field>of() : reading.runData().fields(form);
    fields.forEach(field -> reading.set().add(field.name()));
    var checklist = section.scalars("checklist").stream().map(Tree.Scalar::text).toList();
    var instructions = section.optional("instructions", "");
    var evidence = section.has("evidence") && section.word("evidence").equals("required");
    var inside = handlers.read(section, id);
    return by.map(
        it -> new DoStep(id, title, instructions, it, within, fields, checklist, evidence, inside));
  }

  private Optional<DoStep.Assignee> assignee(Section section, Tree.Mapping mapping) {
    if (!section.has("by")) {
      reading
          .findings()
          .error(
              mapping.at(),
              "a step that nobody owns",
              "`by:` with a team, a queue, or `responsible`",
              "add, for example, " + section.example("by"));
      return Optional.empty();
    }
    var written = section.required("by");
    var by = Assignees.read(written);
    by.ifPresent(it -> reading.notes().asked(it, section.spotOf("by")));
    if (by.isEmpty() && !written.isEmpty()) {
      reading
          .findings()
          .error(
              section.spotOf("by"),
              "%s for `by`".formatted(Wording.quoted(written)),
              Form.Plain.ASSIGNEE.inWords(),
              "write, for example, " + section.example("by"));
    }
    return by;
  }
}
