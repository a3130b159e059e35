package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.relation.Merges;
import java.util.ArrayList;
import java.util.List;

/// What a merge would do, in sentences, before anybody does it.
///
/// @param obstacle why it cannot be done; empty when it can
public record MergePreview(
    Ticket from, Ticket into, Merges.Contents contents, Asking asking, Work work, String obstacle) {

  /// Who asks on either.
  public record Asking(String from, String into) {}

  /// @param ends workflows that end, by title
  /// @param steps what they ask of people now
  /// @param goesOn workflows of the other ticket
  public record Work(List<String> ends, List<String> steps, List<String> goesOn) {
    public Work {
      ends = List.copyOf(ends);
      steps = List.copyOf(steps);
      goesOn = List.copyOf(goesOn);
    }
  }

  public boolean isPossible() {
    return obstacle.isEmpty();
  }

  /// Each consequence in a sentence.
  public List<String> consequences() {
    var said = new ArrayList<String>();
    said.add(
        "%s of %s %s in the conversation of %s, in the order in which they were said."
            .formatted(things(), from.id(), contents.total() == 1 ? "shows" : "show", into.id()));
    said.add(
        "%s closes as “merged” and leads to %s. Answers to its mails arrive there."
            .formatted(from.id(), into.id()));
    if (!from.customer().equals(into.customer())) {
      said.add(
          "The customers differ: what you answer on %s goes to %s, not to %s."
              .formatted(into.id(), asking.into(), asking.from()));
    }
    if (contents.followers() > 0) {
      said.add("Who follows %s follows %s then.".formatted(from.id(), into.id()));
    }
    said.add(workflows());
    return List.copyOf(said);
  }

  private String things() {
    var parts = new ArrayList<String>();
    parts.add(counted(contents.messages(), "message"));
    if (contents.notes() > 0) {
      parts.add(counted(contents.notes(), "note"));
    }
    if (contents.attachments() > 0) {
      parts.add(counted(contents.attachments(), "attachment"));
    }
    var last = parts.removeLast();
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  private static String counted(long count, String what) {
    return count + " " + (count == 1 ? what : what + "s");
  }

  private String workflows() {
    if (work.ends().isEmpty()) {
      return "No workflow is under way on %s, so none ends.".formatted(from.id());
    }
    var open =
        work.steps().isEmpty()
            ? ""
            : " and its open step " + quoted(work.steps()) + " is withdrawn";
    return "%s on %s ends%s; nothing more is sent by it. %s"
        .formatted(
            quoted(work.ends()),
            from.id(),
            open,
            work.goesOn().isEmpty()
                ? "No workflow is under way on %s.".formatted(into.id())
                : "%s on %s goes on.".formatted(quoted(work.goesOn()), into.id()));
  }

  private static String quoted(List<String> titles) {
    return "“" + String.join("”, “", titles) + "”";
  }
}
