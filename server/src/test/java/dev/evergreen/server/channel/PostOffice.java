package dev.evergreen.server.channel;

import dev.evergreen.language.Call;
import dev.evergreen.server.channel.Letter.OutboxId;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Customers and agents who write to one another, for tests of mail that share a database and keep
/// apart by address. Import it beside the application.
record PostOffice(
    MailIntake intake,
    Correspondence correspondence,
    Outbox outbox,
    Tickets tickets,
    Agents agents,
    Passwords passwords,
    Founding founding,
    JdbcClient database) {
  static final String SUPPORT = "support@localhost";
  private static final String NAME = "Ines Sørensen";
  static final String PASSWORD = "four quiet green tents";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  static String unique(String name) {
    return name + "-" + NUMBER.incrementAndGet() + "@post.example";
  }

  static String mail(String from, String to, String subject, String text) {
    return """
    From: %s
    To: %s
    Subject: %s
    Message-ID: <p-%d@post.example>
    Date: Mon, 2 Mar 2026 10:00:00 +0000
    Content-Type: text/plain; charset=utf-8

    %s
    """
        .formatted(from, to, subject, NUMBER.incrementAndGet(), text);
  }

  void deliver(String raw) throws IOException {
    accept(raw, "sender@post.example", SUPPORT);
    intake.readWaiting();
  }

  /// Keeps a mail that is not read yet.
  void accept(String raw, String sender, String recipient) throws IOException {
    var _ =
        intake.accept(
            new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)),
            Envelope.delivered(sender, List.of(recipient)));
  }

  /// A first mail and the ticket it opened.
  TicketId open(String from, String subject, String text) throws IOException {
    deliver(mail(from, SUPPORT, subject, text));
    return latestOf(from);
  }

  Letter answer(TicketId ticket, String text, NewAttachment... attachments) {
    var _ = correspondence.reply(ticket, new Reply(text, List.of(attachments)), writer());
    return latestLetter(ticket);
  }

  /// Whether a machine may thank for the mail, and has.
  boolean acknowledge(TicketId ticket) {
    var call = new Call("ticket", ticket.value(), unique("effect"), Instant.EPOCH);
    return correspondence.send(ticket, "acknowledge", Map.of(), call);
  }

  Letter latestLetter(TicketId ticket) {
    long id =
        database
            .sql("select max(id) from outbox where ticket = :ticket")
            .param("ticket", ticket.value())
            .query(Long.class)
            .single();
    return outbox.withId(new OutboxId(id)).orElseThrow();
  }

  /// The newest ticket of whoever writes from this address.
  TicketId latestOf(String address) {
    return ticketsOf(address).getLast();
  }

  /// The tickets of whoever writes from this address, oldest first.
  List<TicketId> ticketsOf(String address) {
    return database
        .sql(
            """
            select ticket.id
            from ticket
            join customer_address on customer_address.customer = ticket.customer_id
            where customer_address.address = :address
            order by ticket.id
            """)
        .param("address", address)
        .query((row, _) -> new TicketId(row.getLong("id")))
        .list();
  }

  /// What was written on a ticket, in its order.
  List<String> texts(TicketId ticket) {
    return database
        .sql("select text from message where ticket_id = :ticket order by revision")
        .param("ticket", ticket.value())
        .query((row, _) -> row.getString("text"))
        .list();
  }

  long messages(TicketId ticket) {
    return texts(ticket).size();
  }

  /// What was sent to this address, the newest first.
  List<Letter> lettersTo(String address) {
    return outbox.kept(Long.MAX_VALUE, 500).stream()
        .filter(letter -> letter.to().address().toString().equals(address))
        .toList();
  }

  Ticket ticket(TicketId id) {
    return tickets.withId(id).orElseThrow();
  }

  List<String> ledgerKinds(TicketId ticket) {
    return database
        .sql(
            """
            select kind from ledger
            where subject_kind = 'ticket' and subject_id = :ticket
            order by id
            """)
        .param("ticket", ticket.value())
        .query((row, _) -> row.getString("kind"))
        .list();
  }

  /// Whoever answers customers.
  private Agent writer() {
    return agents.active().stream()
        .filter(agent -> agent.name().equals(NAME) && agent.role().equals(Role.AGENT))
        .findFirst()
        .orElseGet(() -> agent(Role.AGENT));
  }

  Agent agent(Role role) {
    if (!founding.isDone()) {
      var charter = new Founding.Charter("Ridgeline", "Ada", "ada@shop.example", PASSWORD, SUPPORT);
      var _ = founding.found(charter).expected();
    }
    var agent =
        agents.add(new NewAgent(NAME, unique("ines"), role, List.of()), Actor.SYSTEM).expected();
    var _ = passwords.set(agent.id(), PASSWORD, Actor.SYSTEM).expected();
    return agent;
  }

  Visitor signedIn(Role role, int port) {
    var visitor = new Visitor(port);
    var answer = visitor.signIn(agent(role).email(), PASSWORD);
    if (answer.statusCode() != 302) {
      throw new IllegalStateException("expected to sign in, but found " + answer.statusCode());
    }
    var _ = visitor.get("/settings");
    return visitor;
  }
}
