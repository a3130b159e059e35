package dev.evergreen.server.channel;

import dev.evergreen.server.channel.mime.TextHtml;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.composing.Draft;
import dev.evergreen.server.ticket.composing.DraftFiles;
import dev.evergreen.server.ticket.composing.Drafts;
import dev.evergreen.server.workflow.Tasks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Replies between the click that sends them and the moment they go out. Each is a row with a due
/// time by the database's clock: whichever node fires it makes the message and the letter and
/// removes the row in one transaction, so that a crash neither loses nor doubles it. Who takes one
/// back and the firing both take the due time first and the row then.
@Component
public class HeldReplies implements DueReaction {
  private static final String KIND = "reply.held";

  private final HeldReplyRows rows;
  private final Due due;
  private final Correspondence correspondence;
  private final Tickets tickets;
  private final Tasks tasks;
  private final Agents agents;
  private final Drafts drafts;
  private final DraftFiles draftFiles;

  HeldReplies(
      HeldReplyRows rows,
      Due due,
      Correspondence correspondence,
      Tickets tickets,
      Tasks tasks,
      Agents agents,
      Drafts drafts,
      DraftFiles draftFiles) {
    this.rows = rows;
    this.due = due;
    this.correspondence = correspondence;
    this.tickets = tickets;
    this.tasks = tasks;
    this.agents = agents;
    this.drafts = drafts;
    this.draftFiles = draftFiles;
  }

  /// Keeps a reply until its time, in the caller's transaction.
  @Transactional
  public HeldReply.Id hold(Ticket ticket, Reply reply, HeldReply.Plan plan, Agent by) {
    HeldReply.Id id = rows.insert(ticket, reply, plan, by.id());
    setDue(id, plan.sendAt());
    if (plan.isScheduled()) {
      record(ticket.id(), "message.scheduled", by.actor(), id, plan.sendAt());
    }
    return id;
  }

  /// What waits on a ticket: everybody sees what is scheduled, and each what they can still undo.
  public List<HeldReply> of(TicketId ticket, Agent reader) {
    return rows.of(ticket).stream()
        .filter(held -> held.plan().isScheduled() || held.writer().equals(reader.id()))
        .toList();
  }

  /// Gives the words and the files back to the draft of whoever asks.
  @Transactional
  public Outcome<String> takeBack(TicketId ticket, HeldReply.Id id, Agent by) {
    due.clear(KIND, key(id));
    return found(ticket, id, by)
        .map(held -> {
          rows.delete(id);
          drafts.keep(ticket, by.id(), joined(held.reply(), ticket, by));
          held.reply().attachments().forEach(file -> draftFiles.putBack(ticket, by.id(), file));
          if (held.plan().isScheduled()) {
            record(ticket, "message.unscheduled", by.actor(), id, held.plan().sendAt());
          }
          return Outcome.accepted("Taken back: it is in the composer again.");
        })
        .orElseGet(HeldReplies::gone);
  }

  /// Sends it now, whatever was said meanwhile.
  @Transactional
  public Outcome<String> sendNow(TicketId ticket, HeldReply.Id id, Agent by) {
    due.clear(KIND, key(id));
    return found(ticket, id, by)
        .map(held -> {
          send(held);
          return Outcome.accepted("Sent.");
        })
        .orElseGet(HeldReplies::gone);
  }

  /// Gives it another time; whoever does so has read what was said until now.
  @Transactional
  public Outcome<String> reschedule(Ticket ticket, HeldReply.Id id, Instant at, Agent by) {
    due.clear(KIND, key(id));
    return found(ticket.id(), id, by)
        .filter(held -> held.plan().isScheduled())
        .map(held -> {
          rows.move(id, at, ticket.revision());
          setDue(id, at);
          record(ticket.id(), "message.scheduled", by.actor(), id, at);
          return Outcome.accepted("Scheduled.");
        })
        .orElseGet(HeldReplies::gone);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void fire(Due.Item item) {
    rows.locked(new HeldReply.Id(Long.parseLong(item.key())))
        .ifPresent(held -> {
          if (held.isHeldBack()) {
            record(
                held.ticket(), "message.held-back", Actor.SYSTEM, held.id(), held.plan().sendAt());
          } else {
            send(held);
          }
        });
  }

  private void send(HeldReply held) {
    Agent writer =
        agents
            .withId(held.writer())
            .orElseThrow(
                () -> new IllegalStateException("expected agent " + held.writer().value()));
    rows.delete(held.id());
    var _ = correspondence.reply(held.ticket(), held.reply(), writer);
    HeldReply.Answer answer = held.plan().completion();
    if (answer != null) {
      // What was written stands whatever becomes of the step: a colleague may have been faster.
      var _ = tasks.complete(answer.task(), answer.fields(), answer.zone(), writer);
    }
  }

  private Optional<HeldReply> found(TicketId ticket, HeldReply.Id id, Agent by) {
    return rows.locked(id)
        .filter(held -> held.ticket().equals(ticket))
        .filter(held -> held.plan().isScheduled() || held.writer().equals(by.id()));
  }

  /// What is given back stands before what was begun since.
  private Draft joined(Reply reply, TicketId ticket, Agent by) {
    Written words = reply.words();
    Copies given = reply.copies();
    var copies =
        given == null
            ? Draft.Copies.UNDECIDED
            : new Draft.Copies(Copies.typed(given.cc()), Copies.typed(given.bcc()));
    Optional<Draft> begun =
        drafts.of(ticket, by.id()).filter(draft -> draft.kind() == Draft.Kind.REPLY);
    if (begun.isEmpty()) {
      String html = words.html();
      return new Draft(Draft.Kind.REPLY, words.text(), html == null ? "" : html, copies);
    }
    Draft since = begun.get();
    return new Draft(
        Draft.Kind.REPLY,
        words.text() + "\n\n" + since.text(),
        formatted(words.text(), words.html() == null ? "" : words.html())
            + formatted(since.text(), since.html()),
        copies);
  }

  private static String formatted(String text, String html) {
    return html.isEmpty() ? TextHtml.fragment(text) : html;
  }

  private void setDue(HeldReply.Id id, Instant at) {
    due.set(KIND, key(id), at, Map.of());
  }

  private void record(TicketId ticket, String kind, Actor by, HeldReply.Id id, Instant at) {
    tickets.record(ticket, kind, by, Map.of("reply", id.value(), "at", at.toString()));
  }

  private static String key(HeldReply.Id id) {
    return String.valueOf(id.value());
  }

  private static Outcome<String> gone() {
    return Outcome.rejected(Reason.OUTDATED, "It has gone out already, or was taken back.");
  }
}
