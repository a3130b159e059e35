package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Originals;
import dev.evergreen.server.channel.Written;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Conversation;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.web.Milestones;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Weaves what was said, noted and done on a ticket, and what its workflows had people do, into one
/// timeline, in the order of the ledger.
@Component
final class Timelines {

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final Tickets tickets;
  private final Milestones milestones;
  private final Originals originals;
  private final HiddenLinks links;

  Timelines(Tickets tickets, Milestones milestones, Originals originals, HiddenLinks links) {
    this.tickets = tickets;
    this.milestones = milestones;
    this.originals = originals;
    this.links = links;
  }

  /// An entry of the page with its place: twice the id of its ledger entry, which leaves room for
  /// one before it.
  private record Placed(long place, Timeline.Entry entry) {}

  /// What is woven beside the conversation: the runs about the ticket, and the names of colleagues.
  record Beside(List<WorkflowRun> runs, Happening.Names names) {}

  Timeline of(Ticket ticket, Stretch stretch, Beside beside, Agent reader) {
    var conversation = tickets.visibleTo(reader).conversation(ticket, stretch);
    var first = conversation.entries().isEmpty() ? 0 : conversation.entries().getFirst().id();
    var placed = new ArrayList<Placed>();
    placed.addAll(spoken(ticket, conversation, reader));
    placed.addAll(happened(ticket, conversation, beside.names(), reader));
    milestones.of(beside.runs()).stream()
        .filter(one -> one.entry() > first && one.entry() < stretch.before())
        .map(one ->
            new Placed(
                placeOf(one, conversation),
                new Timeline.Entry.Happened(
                    "step-" + one.entry(),
                    one.at(),
                    one.icon(),
                    one.who(),
                    one.what(),
                    null,
                    null)))
        .forEach(placed::add);
    placed.sort(Comparator.comparingLong(Placed::place));
    return new Timeline(
        ticket.id().value(),
        placed.stream().map(Placed::entry).toList(),
        new Timeline.Reach(first, conversation.hasEarlier(), stretch.isUpToNow()));
  }

  /// A run writes its events down after what they caused. Its beginning, and what a person did for
  /// it, stand before what it then did at once.
  private static long placeOf(Milestones.Milestone one, Conversation conversation) {
    long place = one.entry();
    for (var entry : conversation.entries().reversed()) {
      if (entry.id() > one.entry()) {
        continue;
      }
      boolean isEffect =
          entry.by().kind().equals("workflow") && entry.at().isAfter(one.at().minus(AT_ONCE));
      if (!isEffect) {
        break;
      }
      place = entry.id();
    }
    return 2 * place - 1;
  }

  /// Where an entry of a conversation stands: on which ticket, at which revision.
  private record Spot(TicketId ticket, long revision) {}

  private static Spot spotOf(Ledger.Entry entry) {
    return new Spot(new TicketId(entry.subject().id()), entry.revision());
  }

  private List<Placed> spoken(Ticket ticket, Conversation conversation, Agent reader) {
    var mails = mails(conversation);
    var automatic = of(conversation, "ticket.automatic-mail");
    var openings = openings(conversation);
    Map<Spot, Long> places =
        conversation.entries().stream()
            .collect(Collectors.toMap(Timelines::spotOf, entry -> 2 * entry.id()));
    var spoken = new ArrayList<Placed>();
    for (var message : conversation.messages()) {
      var spot = new Spot(message.ticket(), message.revision());
      var speaker =
          new Timeline.Speaker(
              message.author(),
              openings.getOrDefault(spot, "by mail"),
              automatic.contains(spot),
              message.ticket().equals(ticket.id()) ? "" : "on " + message.ticket(),
              message.body().copied());
      spoken.add(
          new Placed(
              places.getOrDefault(spot, Long.MAX_VALUE),
              said(
                  domId(ticket, spot),
                  message,
                  speaker,
                  mails.contains(spot),
                  ticket.id(),
                  ticket.isFor(reader, Permission.ANSWER))));
    }
    for (var note : conversation.notes()) {
      var spot = new Spot(note.ticket(), note.revision());
      spoken.add(
          new Placed(
              places.getOrDefault(spot, Long.MAX_VALUE),
              new Timeline.Entry.Noted(
                  domId(ticket, spot), note.at(), note.author(), note.text())));
    }
    return spoken;
  }

  private static String domId(Ticket ticket, Spot spot) {
    return spot.ticket().equals(ticket.id())
        ? "entry-" + spot.revision()
        : "entry-%d-%d".formatted(spot.ticket().value(), spot.revision());
  }

  private List<Placed> happened(
      Ticket ticket, Conversation conversation, Happening.Names names, Agent reader) {
    var happened = new ArrayList<Placed>();
    for (var entry : conversation.entries()) {
      var happening = Happening.of(entry, names);
      if (happening != null && !isPartOfMacro(entry, conversation)) {
        var what = happening.what() + didWith(entry, conversation, names);
        var spot = spotOf(entry);
        var own = spot.ticket().equals(ticket.id());
        happened.add(
            new Placed(
                2 * entry.id(),
                new Timeline.Entry.Happened(
                    domId(ticket, spot),
                    entry.at(),
                    happening.icon(),
                    happening.who(),
                    own ? what : what + " · " + spot.ticket(),
                    happening.until(),
                    wayBack(entry, conversation, reader))));
      }
    }
    return happened;
  }

  /// Whoever used a macro takes all that it did back from its line, unless they have.
  private static @Nullable String wayBack(
      Ledger.Entry macro, Conversation conversation, Agent reader) {
    boolean isTheirs =
        macro.by().kind().equals("agent")
            && Long.valueOf(reader.id().value()).equals(macro.by().id());
    boolean isUndone =
        conversation.entries().stream()
            .anyMatch(later ->
                later.kind().equals("ticket.change-undone")
                    && later.subject().equals(macro.subject())
                    && later.data().get("entry") instanceof Number entry
                    && entry.longValue() == macro.revision() - 1);
    return isTheirs && !isUndone && macro.data().get("change") instanceof Number change
        ? "/tickets/%d/changes/%d/undoing".formatted(macro.subject().id(), change.longValue())
        : null;
  }

  /// What a macro did stands in its own line.
  private static boolean isPartOfMacro(Ledger.Entry entry, Conversation conversation) {
    return conversation.entries().stream().anyMatch(macro -> belongs(entry, macro));
  }

  private static boolean belongs(Ledger.Entry entry, Ledger.Entry macro) {
    return macro.kind().equals("ticket.macro-applied")
        && entry.subject().equals(macro.subject())
        && macro.data().get("first") instanceof Number first
        && entry.revision() >= first.longValue()
        && entry.revision() < macro.revision();
  }

  private static String didWith(
      Ledger.Entry macro, Conversation conversation, Happening.Names names) {
    String did =
        conversation.entries().stream()
            .filter(entry -> belongs(entry, macro))
            .map(entry -> Happening.of(entry, names))
            .filter(Objects::nonNull)
            .map(Happening::what)
            .collect(Collectors.joining(", "));
    var not =
        macro.data().get("refused") instanceof List<?> refused
            ? "; not done: "
                + refused.stream().map(String::valueOf).collect(Collectors.joining(" "))
            : "";
    return (did.isEmpty() ? "" : ": " + did) + not;
  }

  /// The ways the first words of tickets came; what follows comes by mail.
  private static Map<Spot, String> openings(Conversation conversation) {
    return conversation.entries().stream()
        .filter(entry -> entry.kind().equals("ticket.opened"))
        .collect(
            Collectors.toMap(
                Timelines::spotOf,
                entry -> Channels.by(String.valueOf(entry.data().get("channel")))));
  }

  /// Where something of this kind happened: machines wrote in the customer's place, for example.
  private static Set<Spot> of(Conversation conversation, String kind) {
    return conversation.entries().stream()
        .filter(entry -> entry.kind().equals(kind))
        .map(Timelines::spotOf)
        .collect(Collectors.toSet());
  }

  /// The messages of which there is the mail as it came.
  private Set<Spot> mails(Conversation conversation) {
    return conversation.messages().stream()
        .map(Message::ticket)
        .distinct()
        .flatMap(id -> originals.placesOn(id).stream().map(revision -> new Spot(id, revision)))
        .collect(Collectors.toSet());
  }

  private Timeline.Entry said(
      String domId,
      Message message,
      Timeline.Speaker speaker,
      boolean cameByMail,
      TicketId on,
      boolean mayForward) {
    var body = message.body();
    var html = message.incoming() ? null : body.html();
    return new Timeline.Entry.Said(
        domId,
        message.at(),
        speaker,
        new Timeline.Words(
            links.hidden(body.news()),
            links.hidden(body.repeated()),
            html == null ? null : links.hidden(Written.shown(html, id -> picture(message, id))),
            body.html() == null || html != null
                ? null
                : "/messages/" + message.id().value() + "/frame",
            cameByMail
                ? "/tickets/%d/entries/%d/original"
                    .formatted(message.ticket().value(), message.revision())
                : null,
            mayForward
                ? "/tickets/%d/forwarding?message=%d".formatted(on.value(), message.id().value())
                : null),
        body.attachments().stream()
            .filter(file -> html == null || file.contentId() == null)
            .map(Timeline.Attached::of)
            .toList());
  }

  private static String picture(Message message, String contentId) {
    return "/messages/%d/pictures/%s"
        .formatted(message.id().value(), URLEncoder.encode(contentId, StandardCharsets.UTF_8));
  }
}
