package dev.evergreen.server.channel;

import dev.evergreen.server.channel.Letter.Attachment;
import dev.evergreen.server.channel.Letter.Content;
import dev.evergreen.server.channel.Letter.Correspondent;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.side.NewSideMessage;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.side.SideConversations;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What we write to partners and other departments: what is said in a side conversation and the
/// letter that carries it, in one transaction. The letter holds what an agent wrote and handed
/// along, and nothing else of the ticket; its reply address opens the side conversation alone.
@Component
public class SideCorrespondence {
  private final SideConversations sides;
  private final Customers customers;
  private final OwnAddresses own;
  private final Outbox outbox;
  private final House house;
  private final JdbcClient database;

  SideCorrespondence(
      SideConversations sides,
      Customers customers,
      OwnAddresses own,
      Outbox outbox,
      House house,
      JdbcClient database) {
    this.sides = sides;
    this.customers = customers;
    this.own = own;
    this.outbox = outbox;
    this.house = house;
    this.database = database;
  }

  /// To whom an agent writes first, and about what.
  public record Opening(String address, String name, String subject) {}

  /// Begins a side conversation on a ticket, which the caller has found for this agent.
  @Transactional
  public Outcome<SideConversation> begin(
      Ticket ticket, Opening opening, String text, List<NewAttachment> files, Agent by) {
    Optional<EmailAddress> address = EmailAddress.parse(opening.address());
    if (address.isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected one mail address such as repairs@partner.example, but found “"
              + opening.address().strip()
              + "”.");
    }
    return problem(address.get(), ticket)
        .<Outcome<SideConversation>>map(said -> Outcome.rejected(Reason.INVALID, said))
        .orElseGet(() ->
            sides.begin(
                ticket.id(),
                new SideConversation.Partner(address.get(), opening.name().strip()),
                opening.subject(),
                new NewSideMessage(text.strip(), null, files),
                by))
        .map(side -> send(side, side.subject(), text, files, by));
  }

  /// Writes on in one that the caller has found for this agent.
  @Transactional
  public Outcome<SideConversation> write(
      SideConversation side, String text, List<NewAttachment> files, Agent by) {
    return sides
        .say(side.id(), new NewSideMessage(text.strip(), null, files), by)
        .map(written -> send(written, "Re: " + side.subject(), text, files, by));
  }

  private Optional<String> problem(EmailAddress address, Ticket ticket) {
    if (own.isOwn(address)) {
      return Optional.of(
          "%s is our own address. To ask a colleague, use a question or a task instead."
              .formatted(address));
    }
    return customers
        .withId(ticket.customer())
        .map(Customer::addresses)
        .filter(addresses -> addresses.contains(address.toString()))
        .map(_ -> "%s is the customer of this ticket: reply to them instead.".formatted(address));
  }

  private SideConversation send(
      SideConversation side, String subject, String text, List<NewAttachment> files, Agent by) {
    outbox.put(
        new Letter.About(side.ticket().value(), side.id().value()),
        new Correspondent(side.partner().address(), side.partner().name()),
        house.nameOf(by),
        new Content(
            subject.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(),
            text.strip(),
            null,
            files.stream()
                .map(file -> new Attachment(file.file(), file.name(), file.type(), null))
                .toList(),
            false),
        thread(side),
        null);
    return side;
  }

  /// Answers the partner's last mail and names our own earlier ones.
  private Letter.Threading thread(SideConversation side) {
    var earlier =
        database
            .sql(
                """
                select id from (
                  select id from outbox
                  where side_conversation = :side
                  order by id desc
                  limit 5) as newest
                order by id
                """)
            .param("side", side.id().value())
            .query((row, _) -> row.getLong("id"))
            .list();
    var heard =
        database
            .sql(
                """
                select identity from arrival
                where side_conversation = :side
                order by id desc
                limit 1
                """)
            .param("side", side.id().value())
            .query((row, _) -> row.getString("identity"))
            .optional();
    return Hearing.thread(
        heard, Optional.empty(), outbox.messageIds(side.id(), side.partner().address(), earlier));
  }
}
