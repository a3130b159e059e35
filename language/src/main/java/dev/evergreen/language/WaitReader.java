package dev.evergreen.language;

import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `wait` steps: for events with an end, or for time to pass.
record WaitReader(Reading reading, StepReader steps, HandlerReader handlers) {

  Optional<Step> read(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.WAIT, reading.findings());
    if (section.tree("wait") instanceof Tree.Scalar scalar
        && !scalar.text().isEmpty()
        && Character.isDigit(scalar.text().charAt(0))) {
      return pause(section, scalar, id);
    }
    if (section.tree("wait") instanceof Tree.Scalar moment && Reading.isComputed(moment)) {
      return appointment(section, mapping, moment, id);
    }
    var events = section.scalars("wait");
    if (section.tree("wait") instanceof Tree.Sequence && events.isEmpty()) {
      section.missing("wait");
    }
    events.forEach(event ->
        EventChecks.check(event, reading.about(), reading.catalogue(), reading.findings()));
    var when = reading.condition(section, "when", EventChecks.scope(events, reading));
    var until = section.scalar("until");
    var moment = until == null ? null : moment(until, "until");
    var since = since(section);
    var atMost = end(section, mapping, events);
    var otherwise = steps.steps(section.tree("else"), id + ".else.");
    var kinds = events.stream().map(Tree.Scalar::text).toList();
    var inside = handlers.read(section, id);
    return Optional.ofNullable(atMost)
        .filter(_ -> !kinds.isEmpty())
        .map(it ->
            new WaitStep(
                id, title(section, kinds), kinds, when, it, moment, since, otherwise, inside));
  }

  private Optional<Step> pause(Section section, Tree.Scalar text, String id) {
    alone(section, List.of("when", "since", "until", "at most", "else"));
    var title = section.optional("title", "Wait " + text.text());
    var inside = handlers.read(section, id);
    return Optional.ofNullable(
            new SpanReader(reading.findings()).span(text, "wait", "`wait: 3 days`"))
        .map(it -> new WaitStep(id, title, List.of(), null, it, null, null, List.of(), inside));
  }

  /// A wait for a moment that run data or facts name; it has an end like any other.
  private Optional<Step> appointment(
      Section section, Tree.Mapping mapping, Tree.Scalar text, String id) {
    alone(section, List.of("when", "since", "until", "else"));
    var moment = moment(text, "wait");
    var title = section.optional("title", "Wait until " + text.text().substring(1).strip());
    var atMost = end(section, mapping, List.of());
    var inside = handlers.read(section, id);
    return Optional.ofNullable(atMost)
        .filter(_ -> moment != null)
        .map(it -> new WaitStep(id, title, List.of(), null, it, moment, null, List.of(), inside));
  }

  private void alone(Section section, List<String> keys) {
    for (var key : keys) {
      if (section.has(key)) {
        reading
            .findings()
            .error(
                section.spotOf(key),
                "%s in a wait for time alone".formatted(Wording.quoted(key)),
                "nothing more than the time",
                "take it out, or name the event to wait for");
      }
    }
  }

  private @Nullable Term moment(Tree.Scalar text, String key) {
    return reading.term(text, Parameter.of(key, "", new ValueType.Moment())).orElse(null);
  }

  /// The id of the step above that has the title.
  private @Nullable String since(Section section) {
    var title = section.scalar("since");
    if (title == null) {
      return null;
    }
    var id = reading.notes().idOf(title.text());
    if (id.isEmpty()) {
      var known = reading.notes().titles();
      var shared = reading.notes().isShared(title.text());
      reading
          .findings()
          .error(
              title.at(),
              shared
                  ? "%s, the title of several steps".formatted(Wording.quoted(title.text()))
                  : "%s, which no step above is called".formatted(Wording.quoted(title.text())),
              "the title of one step above",
              Wording.nearest(title.text(), known)
                  .filter(_ -> !shared)
                  .map(near -> "did you mean %s?".formatted(Wording.quoted(near)))
                  .orElse("write its title as it stands there, or give it one of its own"));
    }
    return id.orElse(null);
  }

  private @Nullable Span end(Section section, Tree.Mapping mapping, List<Tree.Scalar> events) {
    if (!section.has("at most")) {
      reading
          .findings()
          .error(
              mapping.at(),
              "a wait without an end",
              "`at most:` with the longest time to wait",
              "add, for example, " + section.example("at most"));
      return null;
    }
    if (!section.has("else") && !events.isEmpty()) {
      var after = Wording.quoted(section.optional("at most", "the time"));
      reading
          .findings()
          .warning(
              mapping.at(),
              isForCustomer(events)
                  ? "no rule for a customer who goes dark"
                  : "no rule for when nothing comes",
              "`else:` with what happens when %s has passed".formatted(after),
              "add `else:` with steps, for example a reminder, or `- end: silent`");
    }
    return new SpanReader(reading.findings()).span(section, "at most");
  }

  private boolean isForCustomer(List<Tree.Scalar> events) {
    return events.stream()
        .flatMap(event -> reading.catalogue().event(event.text()).stream())
        .anyMatch(EventType::byCustomer);
  }

  private static String title(Section section, List<String> events) {
    return section.optional(
        "title", events.stream().collect(Collectors.joining(" or ", "Wait for ", "")));
  }
}
