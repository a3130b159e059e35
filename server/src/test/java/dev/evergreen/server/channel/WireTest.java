package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.SUPPORT;
import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.evergreen.server.channel.mail.MailServers;
import dev.evergreen.server.channel.mail.SmtpListener;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.PasswordLinks;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.TicketId;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// What senders and relays experience when things go wrong, on real sockets.
@SpringBootTest(webEnvironment = WebEnvironment.MOCK)
@OnTestDatabase
@Import(PostOffice.class)
@Timeout(120)
class WireTest {
  private static final ChoosyRelay RELAY = new ChoosyRelay();
  private static final Pattern LINK = Pattern.compile("/password/([\\w-]+)");

  @TempDir static Path folder;

  @Autowired PostOffice post;
  @Autowired Agents agents;
  @Autowired PasswordLinks links;
  @Autowired SmtpListener listener;
  @Autowired MailServers servers;
  @Autowired Files files;
  @Autowired HikariDataSource pool;
  @Autowired JdbcClient database;

  @DynamicPropertySource
  static void wires(DynamicPropertyRegistry settings) throws Exception {
    var identity = ServerIdentity.make(folder);
    settings.add("evergreen.mail.certificate", identity::certificate);
    settings.add("evergreen.mail.key", identity::key);
    settings.add("evergreen.mail.relay", () -> "smtp://127.0.0.1:" + RELAY.start());
  }

  @AfterAll
  static void stop() {
    RELAY.close();
  }

  @Test
  void mail_comes_in_over_a_protected_connection() throws Exception {
    String amara = unique("amara");
    try (var wire = wire()) {
      assertThat(wire.say("EHLO a.example")).contains("STARTTLS");
      assertThat(wire.say("STARTTLS")).startsWith("220");
      wire.protect(ServerIdentity.trusting(folder));
      assertThat(wire.say("EHLO a.example")).startsWith("250");
      assertThat(wire.hand(amara, SUPPORT, mail(amara, SUPPORT, "Tent", "In private.")))
          .startsWith("250");
    }
    post.intake().readWaiting();

    assertThat(post.ledgerKinds(post.latestOf(amara))).containsExactly("ticket.opened");
  }

  @Test
  void without_a_database_the_sender_is_asked_to_come_again() throws Exception {
    String amara = unique("amara");
    String mail = mail(amara, SUPPORT, "Tent", "It snapped.");
    var taken = new ArrayList<Connection>();
    try (var wire = wire()) {
      try {
        for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
          taken.add(pool.getConnection());
        }
        assertThat(wire.hand(amara, SUPPORT, mail)).startsWith("451");
      } finally {
        close(taken);
      }
      assertThat(wire.say("RSET")).startsWith("250");
      assertThat(wire.hand(amara, SUPPORT, mail)).startsWith("250");
      assertThat(wire.say("RSET")).startsWith("250");
      assertThat(wire.hand(amara, SUPPORT, mail)).startsWith("250").contains("already");
    }
    post.intake().readWaiting();

    assertThat(post.ledgerKinds(post.latestOf(amara))).containsExactly("ticket.opened");
  }

  @Test
  void a_mail_that_is_too_large_is_refused_with_advice() throws Exception {
    String amara = unique("amara");
    try (var wire = wire()) {
      String answer =
          wire.hand(
              amara,
              SUPPORT,
              mail(amara, SUPPORT, "Film", ("x".repeat(99) + "\n").repeat(375_000)));
      assertThat(answer).startsWith("552").contains("35 MB", "another way");
      assertThat(wire.say("RSET")).startsWith("250");
      assertThat(wire.hand(amara, SUPPORT, mail(amara, SUPPORT, "Tent", "Without it.")))
          .startsWith("250");
    }
  }

  /// Nobody else may read it: the outbox never sees it.
  @Test
  void a_link_to_set_a_password_goes_straight_to_its_reader()
      throws IOException, MessagingException, InterruptedException {
    String bo = unique("bo");
    var agent =
        agents.add(new NewAgent("Bo Li", bo, Role.AGENT, List.of()), Actor.SYSTEM).expected();

    assertThat(links.canReset()).isTrue();
    assertThat(links.sendReset(unique("nobody"), "192.0.2.7")).isTrue();
    assertThat(links.sendReset(bo.toUpperCase(Locale.ROOT), "192.0.2.7")).isTrue();
    for (int tries = 0; RELAY.takenFor(bo).isEmpty() && tries < 100; tries++) {
      Thread.sleep(100);
    }
    assertThat(RELAY.takenFor("nobody")).isEmpty();
    MimeMessage letter = RELAY.takenFor(bo).getFirst();
    var link = LINK.matcher(String.valueOf(letter.getContent()));
    assertThat(link.find()).isTrue();

    assertThat(letter.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(links.good(link.group(1))).hasValue(new PasswordLinks.Link(agent, false));
    assertThat(links.accept(link.group(1), "three quiet boots").expected()).isEqualTo(agent);
    assertThat(links.good(link.group(1))).isEmpty();
    var owed = database.sql("select count(*) from outbox where recipient = :bo").param("bo", bo);
    assertThat(owed.query(Long.class).single()).isZero();
  }

  @Test
  void files_go_and_come_byte_for_byte() throws IOException, MessagingException {
    String amara = unique("amara");
    TicketId ticket = post.open(amara, "Plan", "Send me the plan.");
    byte[] plan = bytes(300_000);
    var file =
        new NewAttachment(
            files.store(new ByteArrayInputStream(plan)),
            "Plän.pdf",
            "application/pdf",
            300_000,
            null);
    Letter letter = post.answer(ticket, "Here it is.", file);

    sendAll();

    MimeMessage received = RELAY.takenFor(amara).getLast();
    var parts = (MimeMultipart) received.getContent();
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(plan);
    assertThat(received.getHeader("Message-ID", null))
        .isEqualTo("<" + post.outbox().messageIdOf(letter) + ">");

    byte[] photo = bytes(200_000);
    post.deliver(
        """
        From: %s
        To: %s
        Message-ID: <%s>
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        And here is mine.
        --b
        Content-Type: image/jpeg; name=tent.jpg
        Content-Transfer-Encoding: base64

        %s
        --b--
        """
            .formatted(
                amara,
                post.outbox().replyToOf(letter),
                unique("photo"),
                Base64.getMimeEncoder().encodeToString(photo)));
    Attachment kept =
        post.tickets()
            .visibleTo(post.agent(Role.LEAD))
            .conversation(post.ticket(ticket))
            .messages()
            .getLast()
            .body()
            .attachments()
            .getFirst();
    assertThat(kept.name()).isEqualTo("tent.jpg");
    try (InputStream in = files.open(kept.file())) {
      assertThat(in.readAllBytes()).isEqualTo(photo);
    }
  }

  @Test
  void a_letter_refused_for_good_is_given_up_and_the_ticket_says_so() throws IOException {
    String gone = unique("gone");
    TicketId ticket = post.open(gone, "Plan", "Send me the plan.");
    Letter letter = post.answer(ticket, "Here it is.");

    sendAll();

    assertThat(stateOf(letter)).isEqualTo("failed");
    assertThat(post.ledgerKinds(ticket)).endsWith("message.bounced");
  }

  @Test
  void a_letter_refused_for_now_is_sent_later_under_the_same_id()
      throws IOException, MessagingException {
    String busy = unique("busy");
    TicketId ticket = post.open(busy, "Plan", "Send me the plan.");
    Letter letter = post.answer(ticket, "Here it is.");

    sendAll();

    assertThat(stateOf(letter)).isEqualTo("waiting");
    assertThat(RELAY.takenFor(busy)).isEmpty();
    assertThat(servers.send()).isZero();

    database
        .sql("update outbox set due_at = due_at - interval '1 minute' where id = :id")
        .param("id", letter.id().value())
        .update();
    sendAll();

    assertThat(stateOf(letter)).isEqualTo("sent");
    assertThat(RELAY.takenFor(busy).getLast().getHeader("Message-ID", null))
        .isEqualTo("<" + post.outbox().messageIdOf(letter) + ">");
    assertThat(post.ledgerKinds(ticket)).doesNotContain("message.bounced");
  }

  /// What a mail says of its subject and its sender is repeated in our answer to it.
  @Test
  void nothing_in_a_mail_becomes_a_header_of_ours() throws IOException, MessagingException {
    String amara = unique("amara");
    String smuggled = "=0D=0ABcc:_evil@evil.example=0D=0AX-Evil:_yes=0D=0A=0D=0AHi";
    post.deliver(
        mail("=?utf-8?Q?Amara%s?= <%s>".formatted(smuggled, amara), SUPPORT, "S", "Hello.")
            .replace("Subject: S", "Subject: =?utf-8?Q?Tent%s?=".formatted(smuggled))
            .replace("Message-ID: <", "Message-ID: <=0D=0ABcc:evil@evil.example="));
    post.answer(post.latestOf(amara), "Good day.");

    sendAll();

    MimeMessage received = RELAY.takenFor(amara).getLast();
    assertThat(received.getHeader("Bcc")).isNull();
    assertThat(received.getHeader("X-Evil")).isNull();
    assertThat(received.getSubject()).startsWith("Re: Tent").doesNotContain("\r", "\n");
    assertThat(received.getAllRecipients()).hasSize(1);
    assertThat(((MimeMultipart) received.getContent()).getBodyPart(0).getContent().toString())
        .startsWith("Good day.");
    assertThat(RELAY.takenFor("evil.example")).isEmpty();
  }

  private void sendAll() {
    while (servers.send() > 0) {
      // until nothing is due
    }
  }

  private String stateOf(Letter letter) {
    return database
        .sql("select state from outbox where id = :id")
        .param("id", letter.id().value())
        .query(String.class)
        .single();
  }

  private SmtpWire wire() throws IOException {
    return new SmtpWire(Objects.requireNonNull(listener.address()).getPort());
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static void close(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  /// A relay that refuses `gone` for good, and `busy` the first time.
  private static final class ChoosyRelay implements AutoCloseable {
    private final List<byte[]> taken = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final org.subethamail.smtp.server.SMTPServer server =
        org.subethamail.smtp.server.SMTPServer.port(0)
            .messageHandlerFactory(_ -> new Taking())
            .build();

    int start() {
      if (!server.isRunning()) {
        server.start();
      }
      return server.getPortAllocated();
    }

    List<MimeMessage> takenFor(String address) throws MessagingException {
      var found = new ArrayList<MimeMessage>();
      for (byte[] raw : taken) {
        var mail =
            new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        if (mail.getHeader("To", null).contains(address)) {
          found.add(mail);
        }
      }
      return found;
    }

    @Override
    public void close() {
      server.stop();
    }

    private final class Taking implements org.subethamail.smtp.MessageHandler {
      @Override
      public void from(String from) {}

      @Override
      public void recipient(String recipient) throws org.subethamail.smtp.RejectException {
        if (recipient.startsWith("gone")) {
          throw new org.subethamail.smtp.RejectException(550, "5.1.1 No such user");
        }
        if (recipient.startsWith("busy") && !seen.contains(recipient)) {
          seen.add(recipient);
          throw new org.subethamail.smtp.RejectException(450, "4.2.1 Try again");
        }
      }

      @Override
      public String data(InputStream data) throws IOException {
        taken.add(data.readAllBytes());
        return "2.0.0 Taken";
      }

      @Override
      public void done() {}
    }
  }
}
