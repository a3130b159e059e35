package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.WaitStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `wait` steps: for events with an end, or for time to pass.
final class WaitReader {
  private static final List<String> KEYS = List.of("wait", "title", "when", "at most", "else");

  private final Reading reading;
  private final Findings findings;
  private final StepReader steps;

  WaitReader(Reading reading, StepReader steps) {
    this.reading = reading;
    this.findings = reading.findings();
    this.steps = steps;
  }

  Optional<Step> read(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, "a `wait` step", KEYS, findings);
    if (section.tree("wait") instanceof Tree.Scalar scalar
        && !scalar.text().isEmpty()
        && Character.isDigit(scalar.text().charAt(0))) {
      return pause(section, scalar, id);
    }
    var events = section.scalars("wait", "ticket.customer-replied");
    if (section.tree("wait") instanceof Tree.Sequence && events.isEmpty()) {
      section.missing(mapping.at(), "wait", "ticket.customer-replied");
    }
    events.forEach(this::check);
    var when = when(section, events);
    var atMost = end(section, mapping, events);
    var otherwise = steps.steps(section.tree("else"), id + ".else.");
    var kinds = events.stream().map(Tree.Scalar::text).toList();
    return Optional.ofNullable(atMost)
        .map(it ->
            new WaitStep(id, title(section, kinds), kinds, when, it, null, otherwise, List.of()));
  }

  private Optional<Step> pause(Section section, Tree.Scalar text, String id) {
    for (var key : List.of("when", "at most", "else")) {
      if (section.tree(key) != null) {
        findings.error(
            section.spotOf(key),
            "%s in a wait for time alone".formatted(Wording.quoted(key)),
            "nothing more than the time",
            "take it out, or name the event to wait for");
      }
    }
    var span = new SpanReader(findings).span(section, "wait");
    return Optional.ofNullable(span)
        .map(it ->
            new WaitStep(
                id,
                section.optional("title", "Give it a day", "Wait " + text.text()),
                List.of(),
                null,
                it,
                null,
                List.of(),
                List.of()));
  }

  private void check(Tree.Scalar event) {
    EventChecks.check(event, reading.about(), reading.catalogue(), findings);
  }

  private @Nullable Span end(Section section, Tree.Mapping mapping, List<Tree.Scalar> events) {
    if (section.tree("at most") == null) {
      findings.error(
          mapping.at(),
          "a wait without an end",
          "`at most:` with the longest time to wait",
          "add, for example, `at most: 3 business days`");
      return null;
    }
    if (section.tree("else") == null && !events.isEmpty()) {
      findings.warning(
          mapping.at(),
          "no rule for when nothing comes",
          "`else:` with what happens when %s has passed"
              .formatted(Wording.quoted(section.optional("at most", "3 days", "the time"))),
          "add `else:` with steps, for example a reminder, or `- end: silent`");
    }
    return new SpanReader(findings).span(section, "at most");
  }

  /// The condition may read the data that all of the events have.
  private @Nullable Condition when(Section section, List<Tree.Scalar> events) {
    var text = section.scalar("when", "event.score < 3");
    if (text == null) {
      return null;
    }
    var data =
        events.stream()
            .flatMap(event -> reading.catalogue().event(event.text()).stream())
            .map(EventType::data)
            .reduce((some, others) -> some.stream().filter(others::contains).toList())
            .orElse(List.of());
    return reading
        .expressions()
        .condition(text, 0, reading.scope().with("event", data))
        .map(compiled -> Expressions.asCondition(text, 0, compiled))
        .orElse(null);
  }

  private static String title(Section section, List<String> events) {
    return section.optional(
        "title",
        "Wait for the customer",
        events.stream().collect(Collectors.joining(" or ", "Wait for ", "")));
  }
}
