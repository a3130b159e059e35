package dev.evergreen.server.channel;

import dev.evergreen.server.channel.Arrivals.Arrival;
import dev.evergreen.server.channel.Arrivals.Place;
import dev.evergreen.server.channel.Letter.OutboxId;
import dev.evergreen.server.channel.mime.Address;
import dev.evergreen.server.channel.mime.AutomaticMail;
import dev.evergreen.server.channel.mime.DeliveryReport;
import dev.evergreen.server.channel.mime.Headers;
import dev.evergreen.server.channel.mime.HtmlSanitizer;
import dev.evergreen.server.channel.mime.MailRefused;
import dev.evergreen.server.channel.mime.ParsedMail;
import dev.evergreen.server.channel.mime.QuotedText;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Verification;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.reopening.Returns;
import dev.evergreen.server.ticket.side.NewSideMessage;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.side.SideConversations;
import dev.evergreen.server.ticket.side.SideId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Brings a mail where it belongs: to the ticket or side conversation whose door it opens (see
/// [Doors]), else to a ticket of its own. What a machine wrote joins a ticket without a sound.
@Component
class Reception {
  private static final int LONGEST_SUBJECT = 250;
  private static final int MOST_COPIED = 20;

  private final Arrivals arrivals;
  private final Outbox outbox;
  private final OwnAddresses own;
  private final Doors doors;
  private final LoopMark mark;
  private final Customers customers;
  private final Tickets tickets;
  private final Conversations conversations;
  private final Returns returns;
  private final SideConversations sides;

  Reception(
      Arrivals arrivals,
      Outbox outbox,
      OwnAddresses own,
      Doors doors,
      LoopMark mark,
      Customers customers,
      Tickets tickets,
      Conversations conversations,
      Returns returns,
      SideConversations sides) {
    this.arrivals = arrivals;
    this.outbox = outbox;
    this.own = own;
    this.doors = doors;
    this.mark = mark;
    this.customers = customers;
    this.tickets = tickets;
    this.conversations = conversations;
    this.returns = returns;
    this.sides = sides;
  }

  /// Brings a mail to its ticket, in the caller's transaction.
  ///
  /// @throws MailRefused when a person must look at it first
  void receive(Arrival arrival, ParsedMail mail) {
    if (mail.headers().first(LoopMark.HEADER).filter(mark.value()::equals).isPresent()) {
      throw new MailRefused("it is one of our own mails that came back");
    }
    DeliveryReport report = mail.report();
    if (report != null) {
      returned(arrival, mail, report);
      return;
    }
    Sender sender = senderOf(mail.headers(), arrival.envelope());
    if (own.isOwn(sender.address())) {
      throw new MailRefused(
          "it says it is from " + sender.address() + ", which is our own address");
    }
    String returnPath = arrival.envelope().sender();
    String local = sender.address().local();
    boolean machine = AutomaticMail.isWritten(mail.headers(), returnPath, local);
    Supplier<Customer> customer =
        SingletonSupplier.of(() -> customers.recognize(sender.address(), sender.name()));
    Door door = doors.of(arrival.envelope(), mail.headers(), sender.address(), customer);
    Place place = place(door, arrival, mail, new Writer(sender.address(), customer, machine));
    boolean unanswerable = AutomaticMail.isUnanswerable(mail.headers(), returnPath, local);
    arrivals.done(arrival.id(), place, sender.address().toString(), unanswerable);
  }

  /// Whoever wrote a mail. A customer they become only where the mail is one of a customer's.
  private record Writer(EmailAddress address, Supplier<Customer> customer, boolean isMachine) {}

  private Place place(Door door, Arrival arrival, ParsedMail mail, Writer by) {
    return switch (door) {
      case Door.Own(TicketId ticket) when by.isMachine() ->
          placeOf(conversations.hear(ticket, message(arrival, mail, by.customer().get())));
      case Door.Own(TicketId ticket) -> {
        customers.verify(by.address(), Verification.MAIL_REPLY);
        yield placeOf(returns.receive(ticket, message(arrival, mail, by.customer().get())));
      }
      case Door.Strange(TicketId ticket) -> {
        Ticket opened = open(arrival, mail, by.customer().get());
        tellBoth(ticket, opened.id(), by.customer().get());
        yield placeOf(opened);
      }
      case Door.Side(SideConversation side) -> aside(side, mail, by.isMachine());
      case Door.None _ -> placeOf(open(arrival, mail, by.customer().get()));
    };
  }

  /// A partner wrote: it stands in the side conversation, they become no customer by it, and the
  /// ticket's own conversation hears nothing.
  private Place aside(SideConversation side, ParsedMail mail, boolean machine) {
    var files = mail.attachments().stream().map(Reception::attachment).toList();
    sides.hear(side.id(), new NewSideMessage(mail.text(), foldOf(mail.text()), files), machine);
    return new Place(side.ticket().value(), null, side.id().value());
  }

  private static Place placeOf(Message message) {
    return new Place(message.ticket().value(), message.revision());
  }

  private static Place placeOf(Returns.Place came) {
    return new Place(came.ticket().value(), came.revision());
  }

  private static Place placeOf(Ticket opened) {
    return new Place(opened.id().value(), opened.revision());
  }

  private record Sender(EmailAddress address, @Nullable String name) {}

  /// From names the sender; where it cannot be read as an address, Sender or the return path must
  /// do.
  private static Sender senderOf(Headers headers, Envelope envelope) {
    Stream<Address> named = headers.addresses("From", "Sender").stream();
    return Stream.concat(named, Stream.of(new Address("", envelope.sender())))
        .flatMap(written ->
            EmailAddress.parse(written.address())
                .map(address -> new Sender(address, written.name()))
                .stream())
        .findFirst()
        .orElseThrow(() -> new MailRefused("no address of a sender can be read in it"));
  }

  private Ticket open(Arrival arrival, ParsedMail mail, Customer customer) {
    NewMessage first = message(arrival, mail, customer);
    return tickets.open(new NewTicket(subjectOf(mail), customer.id(), "email", first, null));
  }

  /// Somebody was passed our mail on, or took it: agents see both ends, the writer sees neither.
  private void tellBoth(TicketId answered, TicketId opened, Customer stranger) {
    tickets.record(
        answered, "ticket.stranger-answered", Actor.SYSTEM, Map.of("ticket", opened.value()));
    tickets.record(
        opened, "ticket.answers-another", stranger.actor(), Map.of("ticket", answered.value()));
  }

  private static String subjectOf(ParsedMail mail) {
    String subject = mail.headers().text("Subject");
    String shown = subject.isEmpty() ? mail.text().lines().findFirst().orElse("").strip() : subject;
    String some = shown.isEmpty() ? "(no subject)" : shown;
    return some.length() <= LONGEST_SUBJECT
        ? some
        : some.substring(0, some.offsetByCodePoints(0, LONGEST_SUBJECT / 2)) + "…";
  }

  private NewMessage message(Arrival arrival, ParsedMail mail, Customer customer) {
    String html = mail.html();
    return new NewMessage(
        customer.actor(),
        mail.text(),
        html == null ? null : HtmlSanitizer.sanitize(html),
        mail.attachments().stream().map(Reception::attachment).toList(),
        arrival.arrivedAt(),
        new NewMessage.Mail(
            mail.headers().messageId().isEmpty() ? null : mail.headers().messageId(),
            copied(mail.headers(), customer)),
        foldOf(mail.text()));
  }

  /// Whom else a mail says that it went to. It lets nobody in: an agent sees it and decides.
  private List<String> copied(Headers headers, Customer sender) {
    return headers.addresses("To", "Cc").stream()
        .filter(written -> OwnAddresses.tokenIn(written.address()).isEmpty())
        .flatMap(written -> EmailAddress.parse(written.address()).stream())
        .filter(address -> !own.isOwn(address))
        .map(EmailAddress::toString)
        .filter(address -> !sender.addresses().contains(address))
        .distinct()
        .limit(MOST_COPIED)
        .toList();
  }

  private static @Nullable Integer foldOf(String text) {
    int fold = QuotedText.splitOf(text);
    return fold == text.length() ? null : fold;
  }

  private static NewAttachment attachment(ParsedMail.Part part) {
    return new NewAttachment(part.file(), part.name(), part.type(), part.size(), part.contentId());
  }

  /// A delivery report belongs to the letter whose Message-ID, token and all, it returns.
  private void returned(Arrival arrival, ParsedMail mail, DeliveryReport report) {
    Letter letter =
        Stream.concat(report.ids().stream(), mail.headers().ids("References").stream())
            .map(Doors.OUR_ID::matcher)
            .filter(Matcher::matches)
            .map(this::letterOf)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(
                () -> new MailRefused("it reports on the delivery of a mail we did not send"));
    Long ticket = letter.ticket();
    Long side = letter.about().side();
    boolean bounced =
        report.failed() && outbox.bounced(letter.id(), "returned with status " + report.status());
    if (bounced && side != null) {
      sides.bounced(new SideId(side));
    } else if (bounced && ticket != null) {
      tickets.record(
          new TicketId(ticket),
          "message.bounced",
          Actor.SYSTEM,
          Map.of("letter", letter.id().value(), "status", report.status()));
    }
    arrivals.done(arrival.id(), ticket == null ? null : new Place(ticket, null, side), "", true);
  }

  private @Nullable Letter letterOf(Matcher id) {
    return outbox
        .withId(new OutboxId(Long.parseLong(id.group(1))))
        .filter(letter -> outbox.tokenOf(letter).equalsIgnoreCase(id.group(2)))
        .orElse(null);
  }
}
