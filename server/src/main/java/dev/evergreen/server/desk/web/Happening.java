package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An entry of the ledger as a sentence between the messages: who did what. Entries that the
/// messages themselves show, or that only machines care about, are left out.
///
/// @param until a time that the sentence ends with; null when it ends by itself
public record Happening(String icon, String who, String what, @Nullable Instant until) {

  Happening(String icon, String who, String what) {
    this(icon, who, what, null);
  }

  public static @Nullable Happening of(Ledger.Entry entry, Names names) {
    Map<String, Object> data = entry.data();
    String by = entry.by().name();
    return switch (entry.kind()) {
      case "ticket.assigned" -> new Happening("user-check", by, assigned(entry, names));
      case "ticket.updated" -> new Happening("adjustments", by, updated(data));
      case "ticket.customer-changed" ->
          new Happening("users", by, "gave it to another record of the customer");
      case "ticket.field-changed" -> new Happening("forms", by, filled(data));
      case "ticket.tagged" -> new Happening("tag", by, tagged(data));
      case "ticket.status-changed" ->
          new Happening(
              "arrows-exchange",
              by,
              "put it from “%s” to “%s”".formatted(data.get("before"), data.get("name")));
      case "ticket.change-undone" -> new Happening("arrow-back-up", by, undone(data));
      case "ticket.imported" ->
          new Happening(
              "download",
              by,
              "took it over from %s, where it was #%s"
                  .formatted(data.get("source"), data.get("number")));
      case "ticket.archived" -> new Happening("archive", by, "archived it");
      case "ticket.solved" ->
          new Happening(
              "circle-check", by, "put it to “%s”%s".formatted(data.get("name"), reason(data)));
      case "ticket.not-settled" ->
          new Happening(
              "alert-triangle", "It", "was not settled with what was sent: " + data.get("reason"));
      case "ticket.closed" -> new Happening("lock", by, "closed it" + reason(data));
      case "ticket.reopened" -> new Happening("rotate", by, "reopened it");
      case "ticket.solution-confirmed" -> new Happening("circle-check", by, "says that it helped");
      case "ticket.solution-rejected" -> new Happening("circle-x", by, "says that it did not help");
      case "ticket.merged" -> new Happening("git-merge", by, "merged it into" + ticket(data));
      case "ticket.took-over" ->
          new Happening("git-merge", by, "merged" + ticket(data) + " into it");
      case "ticket.unmerged" ->
          new Happening("git-merge", by, "took the merge into" + ticket(data) + " back");
      case "ticket.gave-back" ->
          new Happening("git-merge", by, "took the merge of" + ticket(data) + " back");
      case "ticket.split" -> new Happening("git-branch", by, "split off" + ticket(data));
      case "ticket.split-off" ->
          new Happening("git-branch", by, "split it off from" + ticket(data));
      case "ticket.linked" -> new Happening("link", by, "linked" + ticket(data));
      case "ticket.unlinked" ->
          new Happening("link", by, "took the link to" + ticket(data) + " away");
      case "ticket.follow-up-set", "ticket.follow-up-changed" -> comesBack(entry);
      case "ticket.promise-kept" ->
          new Happening("circle-check", by, "kept what was promised" + promise(data));
      case "ticket.follow-up-canceled" ->
          new Happening(
              "calendar-due",
              by,
              data.containsKey("promise")
                  ? "took back what was promised" + promise(data)
                  : "brought it back before its time");
      case "ticket.came-back" -> new Happening("calendar-due", "It", "came back" + promise(data));
      case "ticket.continued" ->
          new Happening(
              "repeat", by, "wrote again after it was closed; that is" + ticket(data) + " now");
      case "ticket.continues" -> new Happening("repeat", by, "goes on from" + ticket(data));
      case "ticket.stranger-answered" ->
          new Happening(
              "alert-triangle",
              "Somebody else",
              "answered our mail; that is ticket #" + data.get("ticket") + " now");
      case "ticket.answers-another" ->
          new Happening(
              "alert-triangle",
              by,
              "answered a mail that went to another customer, on ticket #" + data.get("ticket"));
      case "ticket.forwarded" ->
          new Happening(
              "mail",
              by,
              "forwarded %s to %s"
                  .formatted(
                      data.get("messages") instanceof Number many && many.intValue() > 1
                          ? many + " messages"
                          : "a message",
                      data.get("partner")));
      case "ticket.side-begun" ->
          new Happening("mail", by, "wrote to %s, aside".formatted(data.get("partner")));
      case "ticket.side-written" ->
          new Happening("mail", by, "wrote on to %s, aside".formatted(data.get("partner")));
      case "ticket.side-answered" -> new Happening("mail-opened", by, "answered aside");
      case "ticket.side-automatic-mail" ->
          new Happening("mail-opened", by, "had a machine answer aside");
      case "ticket.side-closed" ->
          new Happening(
              "mail", by, "closed the side conversation with %s".formatted(data.get("partner")));
      case "ticket.side-reopened" ->
          new Happening(
              "mail",
              by,
              "opened the side conversation with %s again".formatted(data.get("partner")));
      case "ticket.side-bounced" ->
          new Happening(
              "alert-triangle",
              "Our mail",
              "to %s could not be delivered".formatted(data.get("partner")));
      case "ticket.task-given" ->
          new Happening("list-check", by, "asked %s: “%s”".formatted(data.get("to"), text(data)));
      case "ticket.task-done" ->
          new Happening("circle-check", by, "did “%s”%s".formatted(text(data), noted(data)));
      case "ticket.task-declined" ->
          new Happening("circle-x", by, "declined “%s”%s".formatted(text(data), noted(data)));
      case "ticket.task-withdrawn" ->
          new Happening("list-check", by, "no longer wants “%s”".formatted(text(data)));
      case "ticket.task-late" ->
          new Happening("clock", "A task", "is late: “%s”".formatted(text(data)));
      case "ticket.consulted" ->
          new Happening("message-question", by, "asks %s".formatted(data.get("to")));
      case "ticket.consultation-answered" ->
          new Happening("message-question", by, "answers %s".formatted(data.get("to")));
      case "ticket.consultation-withdrawn" ->
          new Happening(
              "message-question", by, "took the question to %s back".formatted(data.get("to")));
      case "ticket.handed-over" -> new Happening("user-check", by, "handed it over with a note");
      case "ticket.hand-over-read" -> new Happening("eye", by, "read the note of handing over");
      case "ticket.macro-applied" ->
          new Happening("bolt", by, "used the macro “" + data.get("macro") + "”");
      case "message.scheduled" -> new Happening("clock", by, "wrote an answer to be sent later");
      case "message.unscheduled" -> new Happening("clock", by, "took an answer back");
      case "message.held-back" ->
          new Happening(
              "alert-triangle", "Evergreen", "held an answer back: the customer has written since");
      case "message.bounced" ->
          new Happening("alert-triangle", "Our mail", "could not be delivered");
      case "feedback.survey-sent" -> new Happening("star", "Evergreen", "asked how it went");
      case "feedback.survey-answered" ->
          new Happening("star-filled", by, "gave " + data.get("score") + " of 5");
      default -> null;
    };
  }

  /// Names by id, of those who may be told about.
  public interface Names {
    String team(long id);

    String agent(long id);
  }

  private static String assigned(Ledger.Entry entry, Names names) {
    Map<String, Object> data = entry.data();
    String team = data.get("team") instanceof Number id ? names.team(id.longValue()) : null;
    if (data.get("agent") instanceof Number id) {
      boolean isOwn =
          entry.by().kind().equals("agent") && Long.valueOf(id.longValue()).equals(entry.by().id());
      String to = isOwn ? "took it" : "assigned it to " + names.agent(id.longValue());
      return team == null ? to : to + (isOwn ? " for " : " of ") + team;
    }
    return team == null ? "assigned it to nobody" : "gave it to " + team;
  }

  private static String updated(Map<String, Object> data) {
    var before = data.get("before") instanceof Map<?, ?> was ? was : Map.of();
    var changes =
        data.entrySet().stream()
            .filter(change -> change.getValue() instanceof String)
            .filter(change -> !change.getKey().equals("solution"))
            .map(change ->
                "the %s %s"
                    .formatted(
                        change.getKey().replace('_', ' '),
                        became(before.get(change.getKey()), change.getValue())))
            .sorted()
            .toList();
    return changes.isEmpty() ? "offered a solution" : "set " + String.join(" and ", changes);
  }

  private static Happening comesBack(Ledger.Entry entry) {
    return new Happening(
        "calendar-due",
        entry.by().name(),
        entry.data().get("promise") instanceof String promise
            ? "promised “" + promise + "” for"
            : "put it aside until",
        Instant.parse(String.valueOf(entry.data().get("at"))));
  }

  private static String promise(Map<String, Object> data) {
    return data.get("promise") instanceof String promise ? ": “" + promise + "”" : "";
  }

  private static String text(Map<String, Object> data) {
    return String.valueOf(data.get("text")).lines().findFirst().orElse("");
  }

  private static String noted(Map<String, Object> data) {
    return data.get("note") instanceof String note ? ": " + note : "";
  }

  private static String ticket(Map<String, Object> data) {
    return " #" + data.get("ticket");
  }

  private static String filled(Map<String, Object> data) {
    return "set %s %s".formatted(data.get("label"), became(data.get("before"), data.get("after")));
  }

  /// `from minor to major`; nothing is said of what was not there.
  private static String became(@Nullable Object before, @Nullable Object after) {
    var was = before == null ? "" : before.toString();
    var is = after == null ? "" : after.toString();
    return (was.isEmpty() ? "" : "from " + was + " ") + (is.isEmpty() ? "to nothing" : "to " + is);
  }

  private static String tagged(Map<String, Object> data) {
    return data.containsKey("added")
        ? "tagged it " + data.get("added")
        : "took the tag " + data.get("removed") + " off";
  }

  private static String undone(Map<String, Object> data) {
    var changed =
        data.get("changed") instanceof List<?> columns
            ? columns.stream()
                .map(column -> column.toString().replace("_id", "").replace('_', ' '))
                .filter(column -> !column.startsWith("priority "))
                .collect(Collectors.joining(", "))
            : "";
    return changed.isEmpty() ? "took a change back" : "took back: " + changed;
  }

  private static String reason(Map<String, Object> data) {
    return data.get("outcome") instanceof String outcome ? ": " + outcome : "";
  }
}
