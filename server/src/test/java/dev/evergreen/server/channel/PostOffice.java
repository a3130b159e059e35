package dev.evergreen.server.channel;

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
import java.util.List;
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
    var _ =
        intake.accept(
            new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)),
            Envelope.delivered("sender@post.example", List.of(SUPPORT)));
    intake.readWaiting();
  }

  /// A first mail and the ticket it opened.
  TicketId open(String from, String subject, String text) throws IOException {
    deliver(mail(from, SUPPORT, subject, text));
    return latestOf(from);
  }

  Letter answer(TicketId ticket, String text, NewAttachment... attachments) {
    var _ = correspondence.reply(ticket, new Reply(text, List.of(attachments)), agent(Role.AGENT));
    return latestLetter(ticket);
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
    return new TicketId(
        database
            .sql(
                """
                select max(ticket.id)
                from ticket
                join customer_address on customer_address.customer = ticket.customer_id
                where customer_address.address = :address
                """)
            .param("address", address)
            .query(Long.class)
            .single());
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

  Agent agent(Role role) {
    if (!founding.isDone()) {
      var charter = new Founding.Charter("Ridgeline", "Ada", "ada@shop.example", PASSWORD, SUPPORT);
      var _ = founding.found(charter).expected();
    }
    var agent =
        agents
            .add(new NewAgent("Ines Sørensen", unique("ines"), role, List.of()), Actor.SYSTEM)
            .expected();
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
