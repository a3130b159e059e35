package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowText.Part;
import dev.evergreen.server.workflow.studio.Field.Label;
import dev.evergreen.server.workflow.studio.Field.Option;
import dev.evergreen.server.workflow.studio.Field.Pairs.Columns;
import dev.evergreen.server.workflow.studio.Field.Starts.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The form of a workflow as a whole: what it is for, what starts it, who answers for it. An SOP
/// says more about itself than a service workflow has to.
public final class HeadForm {
  public static final String EVENTS = "events";

  private static final List<Option> KINDS =
      Stream.of(
              "service",
              "administrative",
              "operational",
              "enforcement",
              "escalation",
              "complaint",
              "follow-up")
          .map(kind ->
              new Option(
                  kind,
                  kind.equals("service")
                      ? "Service workflow"
                      : Names.capital(Heads.words(kind)) + " SOP"))
          .toList();

  private HeadForm() {}

  /// @param starts what starts it
  static List<Field> fields(Part head, Field starts, List<Option> teams) {
    var fields =
        new ArrayList<Field>(
            List.of(
                Fields.line(head, "title", "Title"),
                Fields.prose(head, "purpose", "What is better for the customer afterwards?"),
                starts,
                new Field.Choices(
                    Label.of("approval", "Who agrees to a change?"),
                    Fields.list(head.values().get("approval")),
                    teams),
                Fields.choice(head, "kind", "Kind", KINDS, "service")));
    if (isSop(head)) {
      fields.add(sop(head, "reviewed"));
      fields.add(sop(head, "scope"));
      fields.add(sop(head, "roles"));
      fields.add(sop(head, "exceptions"));
    }
    return fields;
  }

  /// @param processes that it can serve
  static List<Field> more(Part head, List<Option> processes) {
    var fields =
        new ArrayList<Field>(
            List.of(
                Fields.line(head, "owner", "Who keeps it true?"),
                Fields.line(head, "process", "Which process does it serve?", processes),
                Fields.span(head, "review every", "Reviewed every"),
                Fields.pairs(
                    head,
                    new Label("promise", "What is promised", "From the start of a case."),
                    new Columns("Milestone", "By when"),
                    List.of(new Option(WorkflowFile.RESOLUTION, "the case is closed"))),
                Fields.answers(
                    head,
                    "data",
                    new Label("data", "What it works out by itself", "Tables and calls set it.")),
                Fields.answers(
                    head,
                    "inputs",
                    new Label("inputs", "What it is given", "By a workflow that calls it."))));
    if (!isSop(head)) {
      fields.add(3, sop(head, "reviewed"));
      Stream.of("scope", "roles", "exceptions")
          .filter(head.values()::containsKey)
          .forEach(key -> fields.add(sop(head, key)));
    }
    return fields;
  }

  private static boolean isSop(Part head) {
    String kind = StepSketch.text(head, "kind");
    return !kind.isEmpty() && !kind.equals("service");
  }

  private static Field sop(Part head, String key) {
    return switch (key) {
      case "scope" -> Fields.prose(head, key, "What it covers, and what not");
      case "roles" ->
          Fields.pairs(
              head,
              Label.of(key, "Who takes part, and what for"),
              new Columns("Role", "What for"),
              List.of());
      case "exceptions" ->
          Fields.lines(head, key, "When it is not followed, and what is done then");
      default -> Fields.line(head, key, "Found right last on (2026-03-31)");
    };
  }

  static Field.Starts starts(Part head, List<Option> events, NamesOf names) {
    var rows = new ArrayList<Start>();
    Object start = head.values().get("start");
    for (Object item : start instanceof List<?> list ? list : List.of()) {
      String event = item instanceof Map<?, ?> map ? StepSketch.text(map.get("on")) : "";
      String when = item instanceof Map<?, ?> map ? StepSketch.text(map.get("when")) : "";
      rows.add(start(rows.size(), event, when, names));
    }
    rows.add(start(rows.size(), "", "", names));
    return new Field.Starts(Label.of("start", "What starts it?"), manner(start), rows, events);
  }

  private static Start start(int number, String event, String when, NamesOf names) {
    return new Start(
        event, ConditionForm.of("start." + number + ".when", when, names.at(List.of(event))));
  }

  /// `events`, or the text that says another manner.
  static String manner(@Nullable Object start) {
    return start == null || start instanceof List<?> ? EVENTS : StepSketch.text(start);
  }

  /// What conditions can read when one of these events happens.
  interface NamesOf {
    Names at(List<String> events);
  }
}
