package dev.evergreen.server.channel;

import dev.evergreen.language.Call;
import dev.evergreen.server.channel.Letter.Attachment;
import dev.evergreen.server.channel.Letter.Content;
import dev.evergreen.server.channel.Letter.Correspondent;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.composing.MacroUses;
import dev.evergreen.server.ticket.side.SideConversations;
import dev.evergreen.server.ticket.side.SideId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What we write to customers: each message and the letter that carries it, in one transaction.
@Component
public class Correspondence {
  private final Tickets tickets;
  private final Conversations conversations;
  private final Customers customers;
  private final Outbox outbox;
  private final Hearing hearing;
  private final MessageTexts texts;
  private final House house;
  private final MacroUses macros;
  private final Participants participants;
  private final SideConversations sides;
  private final Signatures signatures;

  Correspondence(
      Tickets tickets,
      Conversations conversations,
      Customers customers,
      Outbox outbox,
      Hearing hearing,
      MessageTexts texts,
      House house,
      MacroUses macros,
      Participants participants,
      SideConversations sides,
      Signatures signatures) {
    this.tickets = tickets;
    this.conversations = conversations;
    this.customers = customers;
    this.outbox = outbox;
    this.hearing = hearing;
    this.texts = texts;
    this.house = house;
    this.macros = macros;
    this.participants = participants;
    this.sides = sides;
    this.signatures = signatures;
  }

  /// An agent answers: the message on the ticket, the letter to the customer, and one to each who
  /// gets a copy. Nothing that was said before goes with it.
  @Transactional
  public Message reply(TicketId id, Reply reply, Agent agent) {
    Ticket ticket = ticket(id);
    Customer customer = customer(ticket);
    Written words = reply.words();
    Hearing.Way way = hearing.to(id, customer);
    Copies copies = reply.copies() == null ? Copies.NONE : reply.copies().beside(way.address());
    Message message =
        conversations.reply(
            id, message(agent.actor(), words, reply.attachments(), copies), agent.actor());
    var attachments =
        reply.attachments().stream()
            .map(file -> new Attachment(file.file(), file.name(), file.type(), file.contentId()))
            .toList();
    Written signed = signatures.under(id, words, agent);
    var content =
        new Content(
            "Re: " + oneLine(ticket.subject()), signed.text(), signed.html(), attachments, false);
    var to = new Correspondent(way.address(), customer.name());
    var posting = new Posting(message, content, house.nameOf(agent));
    if (copies.all().isEmpty()) {
      outbox.put(
          Letter.About.ticket(id.value()), to, posting.senderName(), content, way.thread(), null);
    } else {
      put(posting, to, Letter.Part.TO, way.thread());
      copies.cc().forEach(one -> copy(posting, one, Letter.Part.CC));
      copies.bcc().forEach(one -> copy(posting, one, Letter.Part.BCC));
    }
    if (reply.copies() != null) {
      participants.decide(id, copies);
    }
    if (reply.macro() != null) {
      tell(id, macros.perform(id, reply.macro(), agent), agent);
    }
    return message;
  }

  /// What was written has gone out by now: whoever wrote it hears that the rest was not done, where
  /// everybody sees it.
  private void tell(TicketId id, MacroUses.Done done, Agent agent) {
    if (!done.unsettled().isEmpty()) {
      tickets.record(
          id,
          "ticket.not-settled",
          Actor.SYSTEM,
          Map.of("reason", done.unsettled(), "tell", List.of(agent.id().value())));
    }
  }

  /// What goes to several people at once.
  private record Posting(Message message, Content content, String senderName) {}

  private void copy(Posting posting, EmailAddress to, Letter.Part part) {
    var thread = hearing.threadOf(posting.message().ticket(), to);
    put(posting, new Correspondent(to, ""), part, thread);
  }

  private void put(Posting posting, Correspondent to, Letter.Part part, Letter.Threading thread) {
    var share = new Letter.Share(posting.message().revision(), part);
    outbox.put(
        Letter.About.ticket(posting.message().ticket().value()),
        new Outbox.Addressed(to, posting.senderName(), share),
        posting.content(),
        thread,
        null);
  }

  /// A workflow writes one of the message texts, filled in with the facts of the ticket and with
  /// `variables`. Not sent, with false, when a machine may not write now: to a robot, or to an
  /// address that has had its share. Asked twice for one effect, it is sent once.
  @Transactional
  public boolean send(TicketId id, String template, Map<String, Object> variables, Call call) {
    Ticket ticket = ticket(id);
    Customer customer = customer(ticket);
    if (customer.addresses().isEmpty()) {
      return false;
    }
    Hearing.Way way = hearing.to(id, customer);
    if (!way.machineMayWrite()) {
      return false;
    }
    MessageTexts.Rendered words = texts.render(template, id, variables, way.proven());
    boolean first =
        outbox
            .put(
                Letter.About.ticket(id.value()),
                new Correspondent(way.address(), way.proven() ? customer.name() : ""),
                house.name(),
                new Content(oneLine(words.subject()), words.text(), null, List.of(), true),
                way.thread(),
                call.effectId())
            .isPresent();
    if (first) {
      Actor by = new Actor("workflow", null, house.name());
      conversations.reply(
          id, message(by, new Written(words.text(), null), List.of(), Copies.NONE), by);
    }
    return true;
  }

  /// Gives a letter up that cannot be delivered, and says so where it belongs.
  @Transactional
  public void giveUp(Outbox.Sending sending, String problem) {
    Long ticket = sending.letter().ticket();
    Long side = sending.letter().about().side();
    if (!outbox.failed(sending, problem)) {
      return;
    }
    if (side != null) {
      sides.bounced(new SideId(side));
    } else if (ticket != null) {
      tickets.record(
          new TicketId(ticket),
          "message.bounced",
          Actor.SYSTEM,
          Map.of("letter", sending.letter().id().value(), "status", "refused"));
    }
  }

  private NewMessage message(
      Actor by, Written words, List<NewAttachment> attachments, Copies copies) {
    var mail = new NewMessage.Mail(null, copies.cc().stream().map(EmailAddress::toString).toList());
    return new NewMessage(by, words.text(), words.html(), attachments, hearing.now(), mail, null);
  }

  private Ticket ticket(TicketId id) {
    return tickets
        .withId(id)
        .orElseThrow(() -> new IllegalStateException("expected a ticket " + id.value()));
  }

  private Customer customer(Ticket ticket) {
    return customers
        .withId(ticket.customer())
        .orElseThrow(
            () -> new IllegalStateException("expected a customer for ticket " + ticket.id()));
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
