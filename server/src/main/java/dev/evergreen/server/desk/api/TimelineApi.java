package dev.evergreen.server.desk.api;

import dev.evergreen.server.channel.Copies;
import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.channel.Written;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.platform.api.Cursor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.Conversation;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.Note;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What was said, noted and done on a ticket, for programs, and what they add to it.
@RestController
class TimelineApi {
  private static final int LONGEST = 100_000;

  private final TicketFinder finder;
  private final Tickets tickets;
  private final Conversations conversations;
  private final Correspondence correspondence;
  private final HiddenLinks links;
  private final ApiCalls calls;
  private final OwnAddresses own;

  TimelineApi(
      TicketFinder finder,
      Tickets tickets,
      Conversations conversations,
      Correspondence correspondence,
      HiddenLinks links,
      ApiCalls calls,
      OwnAddresses own) {
    this.finder = finder;
    this.tickets = tickets;
    this.conversations = conversations;
    this.correspondence = correspondence;
    this.links = links;
    this.calls = calls;
    this.own = own;
  }

  /// One thing that happened.
  ///
  /// @param revision its place in the timeline
  /// @param kind such as `ticket.opened`, `ticket.customer-replied`, `ticket.assigned`
  /// @param data what else is known of it, by kind
  /// @param message what was said to or by the customer; null when nothing was
  /// @param note what was noted among colleagues; null when nothing was
  record EntryJson(
      long revision,
      String kind,
      Instant at,
      ActorJson by,
      Map<String, Object> data,
      @Nullable MessageJson message,
      @Nullable String note) {}

  /// @param kind `agent`, `customer`, `workflow` or `system`
  record ActorJson(String kind, @Nullable Long id, String name) {
    static ActorJson of(Actor actor) {
      return new ActorJson(actor.kind(), actor.id(), actor.name());
    }
  }

  /// @param direction `in` from the customer, `out` to them
  /// @param repeated what it only repeats of earlier messages; empty when nothing
  /// @param cc who got it too, for everybody to see
  record MessageJson(
      long id,
      String direction,
      String text,
      String repeated,
      List<String> cc,
      List<AttachmentJson> attachments) {}

  record AttachmentJson(long id, String name, String type, long size) {
    static AttachmentJson of(Attachment attachment) {
      return new AttachmentJson(
          attachment.id(), attachment.name(), attachment.type(), attachment.size());
    }
  }

  @Operation(
      summary = "What happened on a ticket, in order; the newest 50, or those before a cursor",
      tags = "Timeline")
  @GetMapping("/api/v1/tickets/{number}/timeline")
  ApiPage<EntryJson> show(
      @PathVariable long number,
      @Parameter(description = "the next of the page before") @RequestParam(required = false)
          @Nullable String cursor,
      @Parameter(hidden = true) Agent agent) {
    var ticket = finder.find(number, agent);
    var before = Cursor.read(cursor, it -> it.number(0));
    var conversation =
        tickets
            .visibleTo(agent)
            .conversation(ticket, before == null ? Stretch.NEWEST : Stretch.before(before));
    var first = conversation.entries().isEmpty() ? 0 : conversation.entries().getFirst().id();
    return new ApiPage<>(
        entries(conversation), conversation.hasEarlier() ? Cursor.of(first).text() : null);
  }

  private List<EntryJson> entries(Conversation conversation) {
    Map<Long, Message> messages = byRevision(conversation.messages(), Message::revision);
    Map<Long, Note> notes = byRevision(conversation.notes(), Note::revision);
    return conversation.entries().stream()
        .map(entry -> entry(entry, messages.get(entry.revision()), notes.get(entry.revision())))
        .toList();
  }

  private static <T> Map<Long, T> byRevision(List<T> items, Function<T, Long> revision) {
    return items.stream().collect(Collectors.toMap(revision, Function.identity()));
  }

  private EntryJson entry(Ledger.Entry entry, @Nullable Message message, @Nullable Note note) {
    return new EntryJson(
        entry.revision(),
        entry.kind(),
        entry.at(),
        ActorJson.of(entry.by()),
        entry.data(),
        message == null ? null : json(message),
        note == null ? null : note.text());
  }

  /// A customer's own links (to confirm, to rate) are theirs: nobody else reads them.
  private MessageJson json(Message message) {
    var body = message.body();
    return new MessageJson(
        message.id().value(),
        message.incoming() ? "in" : "out",
        links.hidden(body.news()),
        links.hidden(body.repeated()),
        body.copied(),
        body.attachments().stream().map(AttachmentJson::of).toList());
  }

  record WordsJson(String text) {}

  /// @param cc addresses of those who get it too and whose answers join from then on; null or left
  ///   out when it goes to the customer alone and nothing is decided about the others
  /// @param bcc the same for those whom nobody is to see; told to no one, here either
  record AnswerJson(String text, @Nullable List<String> cc, @Nullable List<String> bcc) {
    Outcome<Reply> reply(OwnAddresses own) {
      if (!isText(text)) {
        return Outcome.rejected(Reason.INVALID, "Expected `text` to have 1 to 100,000 characters.");
      }
      var words = new Written(text.strip(), null);
      return cc == null && bcc == null
          ? Outcome.accepted(new Reply(words, List.of()))
          : Copies.read(typed(cc), typed(bcc), own::isOwn)
              .map(copies -> new Reply(words, List.of(), copies, null))
              .fold(
                  Outcome::accepted,
                  refused ->
                      Outcome.rejected(
                          refused.reason(),
                          "Expected `cc` and `bcc` to be addresses: " + refused.detail()));
    }

    private static String typed(@Nullable List<String> addresses) {
      return addresses == null ? "" : String.join(",", addresses);
    }
  }

  /// @param message the id of the message
  record SentJson(long message) {}

  @Operation(
      summary = "Answer the customer",
      description =
          "With an Idempotency-Key, a call sent twice is one mail. An unassigned ticket becomes"
              + " the agent's, and it waits for the customer. Those in `cc` and `bcc` each get a"
              + " mail of their own.",
      tags = "Timeline")
  @PostMapping("/api/v1/tickets/{number}/messages")
  @ResponseStatus(HttpStatus.CREATED)
  SentJson reply(
      @PathVariable long number,
      @RequestBody AnswerJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var seen = finder.find(number, agent).id();
    if (!agent.may(Permission.ANSWER)) {
      throw ApiRefusal.forbidden(
          "Your role writes notes; to customers write those who answer for them.");
    }
    var id = finder.find(seen.value(), agent, Permission.ANSWER).id();
    return calls.once(
        Callers.call(request, agent),
        body,
        SentJson.class,
        () ->
            body.reply(own)
                .map(reply -> new SentJson(correspondence.reply(id, reply, agent).id().value())));
  }

  @Operation(summary = "Note something among colleagues", tags = "Timeline")
  @PostMapping("/api/v1/tickets/{number}/notes")
  @ResponseStatus(HttpStatus.CREATED)
  TicketJson note(
      @PathVariable long number,
      @RequestBody WordsJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var id = finder.find(number, agent, Permission.NOTE).id();
    return calls.once(
        Callers.call(request, agent),
        body,
        TicketJson.class,
        () ->
            isText(body.text())
                ? conversations.note(id, body.text(), agent).map(finder::json)
                : Outcome.rejected(
                    Reason.INVALID, "Expected `text` to have 1 to 100,000 characters."));
  }

  private static boolean isText(@Nullable String text) {
    return text != null && !text.isBlank() && text.length() <= LONGEST;
  }
}
