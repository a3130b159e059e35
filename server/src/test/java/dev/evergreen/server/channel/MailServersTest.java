package dev.evergreen.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.evergreen.server.channel.mail.MailServers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.TicketId;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Mail over other people's servers: a mailbox read by IMAP, letters handed to a relay.
@SpringBootTest
@OnTestDatabase
class MailServersTest {
  private static final GreenMail PEER =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
          });

  @Autowired Mailboxes mailboxes;
  @Autowired MailServers servers;
  @Autowired MailIntake intake;
  @Autowired Correspondence correspondence;
  @Autowired Agents agents;
  @Autowired JdbcClient database;

  @DynamicPropertySource
  static void peer(DynamicPropertyRegistry settings) {
    PEER.start();
    settings.add("evergreen.mail.relay", () -> "smtp://127.0.0.1:" + PEER.getSmtp().getPort());
  }

  @AfterAll
  static void stop() {
    PEER.stop();
  }

  @Test
  @Timeout(90)
  void a_mailbox_is_read_once_whatever_others_do_to_its_flags()
      throws IOException, MessagingException, InterruptedException {
    GreenMailUser user = PEER.setUser("help@imap.example", "help@imap.example", "secret");
    user.deliver(mail("one"));
    user.deliver(mail("two"));
    seenByAnotherClient();
    var server =
        new Mailbox.Server(
            "127.0.0.1", PEER.getImap().getPort(), Mailbox.Security.NONE, "help@imap.example", "");
    mailboxes.add("help@imap.example", server, "secret").expected();

    servers.watch();
    awaitTickets(2);
    user.deliver(mail("three"));
    awaitTickets(3);

    assertThat(mailboxes.all().getFirst().progress().problem()).isEmpty();
    assertThat(mailboxes.all().getFirst().progress().polledAt()).isNotNull();
    servers.stop();
    database.sql("update fetched set uid_validity = uid_validity + 1").update();
    servers.watch();
    awaitFetched(6);
    intake.readWaiting();
    assertThat(tickets()).isEqualTo(3);
    servers.stop();
  }

  @Test
  void a_letter_is_handed_over_under_the_id_of_its_row() throws IOException, MessagingException {
    intake.accept(
        new ByteArrayInputStream(
            "From: Zoe <zoe@relay.example>\nSubject: Hello\nMessage-ID: <z1@relay.example>\n\nHi"
                .getBytes(StandardCharsets.UTF_8)),
        Envelope.delivered("zoe@relay.example", List.of("support@localhost")));
    intake.readWaiting();
    long ticket = database.sql("select max(id) from ticket").query(Long.class).single();
    Agent agent =
        agents
            .add(new NewAgent("Ada", "ada@ours.example", Role.AGENT, List.of()), Actor.SYSTEM)
            .expected();
    correspondence.reply(new TicketId(ticket), new Reply("Good day.", List.of()), agent);

    assertThat(servers.send()).isEqualTo(1);
    assertThat(servers.send()).isZero();

    MimeMessage received = PEER.getReceivedMessagesForDomain("relay.example")[0];
    assertThat(received.getMessageID()).matches("<\\d+\\.[a-z2-7]{36}@localhost>");
    assertThat(received.getHeader("In-Reply-To", null)).isEqualTo("<z1@relay.example>");
    assertThat(received.getHeader("Reply-To", null)).contains("reply+");
    assertThat(received.getSubject()).isEqualTo("Re: Hello");
  }

  private static MimeMessage mail(String name) throws MessagingException {
    var mail = new MimeMessage(Session.getInstance(new Properties()));
    mail.setFrom("customer@imap.example");
    mail.setSubject("Mail " + name);
    mail.setText("Words of " + name);
    mail.saveChanges();
    return mail;
  }

  private static void seenByAnotherClient() throws MessagingException {
    try (var store = PEER.getImap().createStore()) {
      store.connect("help@imap.example", "secret");
      try (Folder inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_WRITE);
        inbox.setFlags(inbox.getMessages(), new Flags(Flags.Flag.SEEN), true);
      }
    }
  }

  private void awaitTickets(int count) throws InterruptedException {
    while (tickets() < count) {
      Thread.sleep(100);
      intake.readWaiting();
    }
    assertThat(tickets()).isEqualTo(count);
  }

  private void awaitFetched(int count) throws InterruptedException {
    while (database.sql("select count(*) from fetched").query(Long.class).single() < count) {
      Thread.sleep(100);
    }
  }

  private long tickets() {
    return database
        .sql("select count(*) from arrival where mailbox = 'help@imap.example' and state = 'done'")
        .query(Long.class)
        .single();
  }
}
