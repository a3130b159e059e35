package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Assignees;
import dev.evergreen.language.Plain;
import dev.evergreen.language.WorkflowText.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a step in a text looks like, whether it is right or not, and what a new one of each kind
/// begins as.
public final class StepSketch {
  private StepSketch() {}

  /// A kind of step as people choose it.
  public record Kind(String name, String label, String icon, Map<String, Object> beginning) {}

  private static final Map<String, Object> A_TASK =
      values("do", "Answer the customer", "by", "responsible", "within", "4 business hours");

  public static final List<Kind> KINDS =
      List.of(
          new Kind("do", "A person does something", "user", A_TASK),
          new Kind(
              "run",
              "Evergreen does something",
              "robot",
              values(
                  "run", "ticket.update",
                  "title", "Update the ticket",
                  "with", values("priority", "high"))),
          new Kind(
              "decide",
              "A decision",
              "git-branch",
              values(
                  "decide",
                  "Is it urgent?",
                  "when ticket.priority == \"urgent\"",
                  List.of(A_TASK))),
          new Kind(
              "table",
              "A table of rules",
              "table",
              values(
                  "decide",
                  "How urgent is it?",
                  "table",
                  List.of(
                      values(
                          "when",
                          "ticket.priority in [\"high\", \"urgent\"]",
                          "set",
                          values("urgent", "true")),
                      values("otherwise", values("urgent", "false"))))),
          new Kind(
              "wait",
              "A wait",
              "hourglass",
              values(
                  "wait", "ticket.customer-replied",
                  "title", "Wait for the customer's reply",
                  "at most", "3 business days")),
          new Kind(
              "ask",
              "A question to the customer",
              "message-question",
              values(
                  "ask", "May we help you with anything else?",
                  "into", values("more_help", "boolean"),
                  "at most", "3 business days")),
          new Kind(
              "repeat",
              "Rounds, until something holds",
              "repeat",
              values(
                  "repeat", "Work on it until it is solved",
                  "at most", "3 times",
                  "until", "solved",
                  "steps",
                      List.of(
                          values(
                              "do", "Answer the customer",
                              "by", "responsible",
                              "within", "4 business hours",
                              "form", values("solved", "boolean"))))),
          new Kind(
              "together",
              "Several things at once",
              "arrows-split-2",
              values(
                  "together",
                  "Prepare the answer",
                  "until",
                  "all",
                  "branch one",
                  List.of(A_TASK),
                  "branch two",
                  List.of(A_TASK))),
          new Kind("call", "Another workflow", "route", values("call", "name-of-a-workflow")),
          new Kind("end", "The end", "circle-check", values("end", "resolved")));

  /// A handler that speaks up when something takes too long.
  static final Map<String, Object> HANDLER =
      values(
          "after", "4 business hours",
          "alongside", "true",
          "steps",
              List.of(
                  values(
                      "do", "Look why it takes so long",
                      "by", "team frontline",
                      "within", "2 business hours")));

  static String icon(Part part) {
    return switch (part.kind()) {
      case "workflow" -> "bolt";
      case "on" -> "flag";
      case "decide" -> part.values().containsKey("table") ? "table" : "git-branch";
      default ->
          KINDS.stream()
              .filter(kind -> kind.name().equals(part.kind()))
              .map(Kind::icon)
              .findFirst()
              .orElse("alert-circle");
    };
  }

  static String title(Part part) {
    String title =
        switch (part.kind()) {
          case "workflow" -> "Starts " + starts(part.values().get("start"));
          case "on" -> occasion(part);
          case "do", "decide", "together", "repeat" -> text(part, part.kind());
          case "end" -> "End";
          case "call" ->
              text(part, "title").isEmpty()
                  ? Names.capital(Heads.words(text(part, "call")))
                  : text(part, "title");
          case "wait" ->
              text(part, "title").isEmpty()
                  ? "Wait " + (awaitsEvent(part) ? "until " : "") + awaited(part)
                  : text(part, "title");
          default -> text(part, "title").isEmpty() ? text(part, part.kind()) : text(part, "title");
        };
    return title.isBlank() ? "A step without a title" : title;
  }

  /// @param subject the kind of subject that the workflow is about
  static String about(Part part, String subject) {
    return switch (part.kind()) {
      case "workflow" -> text(part, "purpose");
      case "do" -> joined(who(text(part, "by")), within(text(part, "within")));
      case "run" -> "By itself: " + Plain.action(text(part, "run"), with(part), subject);
      case "decide" -> rules(part.values().get("table"));
      case "together" ->
          text(part, "until").equals("any")
              ? "Side by side, until the first is over"
              : "Side by side, until all are over";
      case "repeat" ->
          "At most %s, until %s"
              .formatted(text(part, "at most"), Plain.conditionAlone(text(part, "until")));
      case "wait" -> waits(part);
      case "ask" -> "The customer, at most " + text(part, "at most");
      case "call" -> "By the workflow “" + Heads.words(text(part, "call")) + "”";
      case "end" -> "With the outcome “%s”".formatted(Heads.words(text(part, "end")));
      case "on" ->
          text(part, "unless").isEmpty()
              ? ""
              : "Unless " + Plain.conditionAlone(text(part, "unless"));
      default -> "";
    };
  }

  private static String waits(Part part) {
    String most = text(part, "at most");
    if (most.isEmpty()) {
      return text(part, "title").isEmpty() ? "" : "For " + awaited(part);
    }
    return text(part, "title").isEmpty()
        ? "At most " + most
        : awaited(part).startsWith("until ")
            ? "%s, at most %s".formatted(Names.capital(awaited(part)), most)
            : "At most %s, for: %s".formatted(most, awaited(part));
  }

  private static boolean awaitsEvent(Part part) {
    return text(part, "wait").contains(".");
  }

  /// `customer replied or closed`, `until follow up`, or the time.
  private static String awaited(Part part) {
    String awaited = text(part, "wait");
    if (awaitsEvent(part)) {
      return events(part.values().get("wait"));
    }
    return awaited.startsWith("=") ? "until " + Heads.words(awaited.substring(1)) : awaited;
  }

  private static String events(@Nullable Object events) {
    return Fields.list(events).stream()
        .map(event -> Heads.words(event.substring(event.indexOf('.') + 1)))
        .collect(Collectors.joining(" or "));
  }

  private static String rules(@Nullable Object table) {
    if (!(table instanceof List<?> rules)) {
      return "";
    }
    return rules.size() == 1 ? "By one rule" : "By %d rules".formatted(rules.size());
  }

  /// The lists of steps that a step of this kind can have.
  static List<String> lanesOf(Part part) {
    return switch (part.kind()) {
      case "wait" -> text(part, "at most").isEmpty() ? List.of() : List.of("else");
      case "ask" -> List.of("else");
      case "repeat" -> List.of("steps", "else");
      case "decide" -> part.values().get("table") == null ? List.of("otherwise") : List.of();
      case "on" -> List.of("steps");
      default -> List.of();
    };
  }

  /// A value as one line: lists with commas.
  static String text(Part part, String key) {
    return text(part.values().get(key));
  }

  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> list -> String.join(", ", list.stream().map(StepSketch::text).toList());
      case Map<?, ?> map ->
          String.join(
              ", ",
              map.entrySet().stream()
                  .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                  .toList());
      default -> value.toString();
    };
  }

  private static String starts(@Nullable Object start) {
    var events = new ArrayList<String>();
    if (start instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map && map.get("on") != null) {
          events.add("“" + text(map.get("on")).replaceAll("[.-]", " ") + "”");
        }
      }
    }
    return events.isEmpty() ? text(start) : "on " + String.join(" or ", events);
  }

  private static String occasion(Part part) {
    String way = text(part, "alongside").equals("true") ? "Meanwhile, " : "Instead, ";
    if (part.values().containsKey("after")) {
      return way + "after " + text(part, "after");
    }
    return part.values().containsKey("failure")
        ? way + "when a step cannot go on"
        : way + "when this comes: " + events(part.values().get("event"));
  }

  private static String who(String by) {
    return Assignees.read(by).map(Assignees::inWords).orElse(by);
  }

  private static String within(String span) {
    return span.isEmpty() ? "" : "within " + span;
  }

  private static Map<String, String> with(Part part) {
    var with = new LinkedHashMap<String, String>();
    if (part.values().get("with") instanceof Map<?, ?> written) {
      written.forEach((name, value) -> with.put(String.valueOf(name), text(value)));
    }
    return with;
  }

  private static String joined(String one, String two) {
    return two.isEmpty() ? one : one + ", " + two;
  }

  /// Keys and values in their order.
  private static Map<String, Object> values(Object... keysAndValues) {
    var values = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(values);
  }
}
