package dev.evergreen.server.ticket.relation;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.Messages;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketWriting;
import dev.evergreen.server.ticket.Tickets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Some of what was said on a ticket becomes a ticket of its own: for a customer who asked two
/// things in one mail, or somebody who answered on another's ticket. The original keeps every word
/// and a pointer; the new one begins with copies, said by whom and when they were said, and its
/// workflow starts as for any ticket.
@Component
public class Splits {
  private final Tickets tickets;
  private final Messages messages;
  private final Merges merges;
  private final Links links;
  private final TicketWriting writing;

  Splits(Tickets tickets, Messages messages, Merges merges, Links links, TicketWriting writing) {
    this.tickets = tickets;
    this.messages = messages;
    this.merges = merges;
    this.links = links;
    this.writing = writing;
  }

  /// @param seen the revision of the original, as the person saw it
  /// @param chosen messages shown in its conversation; the first must be a customer's, whose ticket
  ///   the new one is
  @Transactional
  public Outcome<Ticket> split(
      TicketId from, long seen, Set<MessageId> chosen, String subject, Agent by) {
    var original = writing.locked(from);
    if (original.revision() != seen) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Ticket %s has changed since you looked; nothing was split off. Look again."
              .formatted(from));
    }
    var said = said(from, chosen);
    if (said.size() != chosen.size() || said.isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected one or more messages of this conversation to split off.");
    }
    var first = said.getFirst();
    if (!first.incoming()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected the first of the chosen messages to be the customer's; a ticket begins with"
              + " what somebody asks.");
    }
    var opened =
        tickets.open(
            new NewTicket(
                subject,
                customerOf(first).orElse(original.customer()),
                original.origin().channel(),
                copy(first),
                null));
    said.stream().skip(1).forEach(message -> takeOver(opened.id(), message, by));
    links.keep(from, opened.id(), Link.Kind.SPLIT);
    writing.append(
        writing.bump(from), "ticket.split", by.actor(), Map.of("ticket", opened.id().value()));
    var linked = writing.bump(opened.id());
    writing.append(linked, "ticket.split-off", by.actor(), Map.of("ticket", from.value()));
    return Outcome.accepted(linked);
  }

  private List<Message> said(TicketId from, Set<MessageId> chosen) {
    var said = new ArrayList<Message>();
    for (var id : chosen) {
      messages
          .withId(id)
          .filter(message -> merges.current(message.ticket()).equals(from))
          .ifPresent(said::add);
    }
    said.sort(Comparator.comparing(Message::at).thenComparingLong(message -> message.id().value()));
    return said;
  }

  private static Optional<CustomerId> customerOf(Message message) {
    var author = message.author();
    return author.kind().equals("customer")
        ? Optional.ofNullable(author.id()).map(CustomerId::new)
        : Optional.empty();
  }

  private void takeOver(TicketId into, Message message, Agent by) {
    var said =
        writing.say(
            TicketWriting.BUMP, Map.of("id", into.value()), copy(message), message.incoming());
    writing.append(said, "ticket.message-taken-over", by.actor());
  }

  private static NewMessage copy(Message message) {
    var body = message.body();
    return new NewMessage(
        message.author(),
        body.text(),
        body.html(),
        body.attachments().stream()
            .map(file ->
                new NewAttachment(
                    file.file(), file.name(), file.type(), file.size(), file.contentId()))
            .toList(),
        message.at(),
        new NewMessage.Mail(null, body.copied()),
        body.foldAt());
  }
}
