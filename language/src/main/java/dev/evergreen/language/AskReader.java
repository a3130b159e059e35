package dev.evergreen.language;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Step;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `ask` steps: a question to the customer.
record AskReader(Reading reading, StepReader steps, HandlerReader handlers) {
  private static final int ATTEMPTS = 3;
  private static final int MOST_ATTEMPTS = 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

  Optional<Step> read(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.ASK, reading.findings());
    var question = section.required("ask").strip();
    question(section, question);
    var title = section.optional("title", question);
    var field = field(section);
    field.ifPresent(it -> reading.set().add(it.name()));
    var spans = new SpanReader(reading.findings());
    int attempts =
        section.has("attempts") ? spans.times(section, "attempts", MOST_ATTEMPTS) : ATTEMPTS;
    if (!section.has("at most")) {
      reading
          .findings()
          .error(
              mapping.at(),
              "a question without an end",
              "`at most:` with the longest time to wait",
              "add, for example, " + section.example("at most"));
    }
    if (!section.has("else")) {
      reading
          .findings()
          .warning(
              mapping.at(),
              "no rule for a customer who goes dark",
              "`else:` with what happens when no answer fits in time",
              "add `else:` with steps, for example a reminder, or `- end: silent`");
    }
    var atMost = spans.span(section, "at most");
    var otherwise = steps.steps(section.tree("else"), id + ".else.");
    var inside = handlers.read(section, id);
    if (atMost == null || attempts < 1) {
      return Optional.empty();
    }
    return field.map(it ->
        new AskStep(
            id, title, question, it.name(), it.type(), attempts, atMost, otherwise, inside));
  }

  private void question(Section section, String question) {
    if (reading.catalogue().hasText(question) && section.tree("ask") instanceof Tree.Scalar name) {
      new Texts(reading).check(name);
    } else if (NAME.matcher(question).matches()) {
      reading
          .findings()
          .unknown(
              section.spotOf("ask"), "message text %s", question, reading.catalogue().textNames());
    } else if (section.tree("ask") instanceof Tree.Scalar text) {
      new Texts(reading).check(text, question);
    }
  }

  private Optional<DoStep.Field> field(Section section) {
    var into = section.mapping("into");
    if (into == null) {
      if (!section.has("into")) {
        section.missing("into");
      }
      return Optional.empty();
    }
    if (into.entries().size() != 1) {
      reading
          .findings()
          .error(
              into.at(),
              "%d fields for one answer".formatted(into.entries().size()),
              "one field",
              "write, for example, " + section.example("into"));
    }
    return reading.runData().fields(into).stream().findFirst();
  }
}
