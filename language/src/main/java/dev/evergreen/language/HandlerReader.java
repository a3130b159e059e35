package dev.evergreen.language;

import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Handler.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what stands under `on`: what is done when something happens meanwhile.
record HandlerReader(Reading reading, StepReader steps) {
  private static final List<String> TRIGGERS = List.of("event", "after", "failure");

  /// @param id of the block; empty for the whole workflow
  List<Handler> read(Section block, String id) {
    var handlers = new ArrayList<Handler>();
    var prefix = id.isEmpty() ? "on." : id + ".on.";
    // Counted by place, so that an id does not depend on what is wrong elsewhere.
    var number = new int[1];
    block.each(
        "on",
        StepGrammar.HANDLER,
        mapping -> {
          number[0]++;
          read(mapping, prefix + number[0]).ifPresent(handlers::add);
        });
    return handlers;
  }

  private Optional<Handler> read(Tree.Mapping mapping, String id) {
    var findings = reading.findings();
    reading.notes().step(id, mapping.at());
    var section = Section.of(mapping, StepGrammar.HANDLER, findings);
    var named = TRIGGERS.stream().filter(section::has).toList();
    if (named.size() != 1) {
      findings.error(
          mapping.at(),
          named.isEmpty()
              ? "a handler that nothing sets off"
              : "a handler of %s at once".formatted(String.join(" and ", named)),
          "one of %s".formatted(Wording.list(TRIGGERS)),
          "write, for example, " + section.example("event"));
      return Optional.empty();
    }
    var trigger = trigger(section, named.getFirst());
    var unless = reading.condition(section, "unless", reading.scope());
    var alongside = section.has("alongside") && section.word("alongside").equals("true");
    if (!section.has("steps")) {
      section.missing("steps");
    }
    var inside = steps.steps(section.tree("steps"), id + ".");
    return trigger.map(it -> new Handler(id, it, unless, alongside, inside));
  }

  private Optional<Trigger> trigger(Section section, String kind) {
    if (section.has("when") && !kind.equals("event")) {
      reading
          .findings()
          .error(
              section.spotOf("when"),
              "`when` in a handler without an event",
              "`when` beside `event`",
              "write `unless` with the opposite");
    }
    return switch (kind) {
      case "event" -> onEvent(section);
      case "after" ->
          Optional.ofNullable(new SpanReader(reading.findings()).span(section, "after"))
              .map(Trigger.After::new);
      default -> {
        section.word("failure");
        yield Optional.of(new Trigger.OnFailure());
      }
    };
  }

  private Optional<Trigger> onEvent(Section section) {
    var events = section.scalars("event");
    events.forEach(event ->
        EventChecks.check(event, reading.about(), reading.catalogue(), reading.findings()));
    var over = EventChecks.scope(events, reading);
    var when = reading.condition(section, "when", over);
    return events.isEmpty()
        ? Optional.empty()
        : Optional.of(new Trigger.OnEvent(events.stream().map(Tree.Scalar::text).toList(), when));
  }
}
