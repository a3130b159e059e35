package dev.evergreen.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.evergreen.server.channel.mail.MailServers;
import dev.evergreen.server.faults.Effort;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.TicketId;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
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
  private static final String CLAIMS = "claims@imap.example";
  private static final String FOLDER = "Claims";
  private static final int MANY = Effort.of(100, 500);

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
  @Autowired Files files;
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

    assertThat(mailbox("help@imap.example").progress().problem()).isEmpty();
    assertThat(mailbox("help@imap.example").progress().polledAt()).isNotNull();
    stopReading("help@imap.example");
  }

  /// Another client deletes what we have, while we take over the rest; later the server has to
  /// build its index anew, with all of it, under numbers of another time.
  @Test
  @Timeout(300)
  void mails_that_others_delete_and_a_server_rebuilds_are_taken_over_once()
      throws MessagingException, InterruptedException {
    PEER.setUser(CLAIMS, CLAIMS, "secret");
    var mails = new ArrayList<MimeMessage>();
    for (int number = 1; number <= MANY; number++) {
      mails.add(mail("%d of many".formatted(number)));
    }
    long before = put(mails);
    var server =
        new Mailbox.Server(
            "127.0.0.1", PEER.getImap().getPort(), Mailbox.Security.NONE, CLAIMS, FOLDER);
    mailboxes.add(CLAIMS, server, "secret").expected();

    do {
      servers.watch(); // as a node does every second
      Thread.sleep(250);
    } while (fetched() < MANY);
    assertThat(deleteWhatWeHave()).isEqualTo(MANY);
    servers.stop();
    long after = put(mails);
    do {
      servers.watch();
      Thread.sleep(250);
    } while (fetched() < 2L * MANY);

    assertThat(after).as("the validity of the server's numbers").isNotEqualTo(before);
    assertThat(arrivals(CLAIMS)).isEqualTo(MANY);
    intake.readWaiting();
    assertThat(
            database
                .sql("select count(distinct subject) from ticket where subject like '% of many'")
                .query(Long.class)
                .single())
        .isEqualTo(MANY);
    stopReading(CLAIMS);
  }

  /// Begins the folder anew with these mails; the validity of the numbers that they have now.
  private static long put(List<MimeMessage> mails) throws MessagingException {
    try (var store = PEER.getImap().createStore()) {
      store.connect(CLAIMS, "secret");
      try (Folder folder = store.getFolder(FOLDER)) {
        if (folder.exists()) {
          folder.delete(true);
        }
        folder.create(Folder.HOLDS_MESSAGES);
        folder.appendMessages(mails.toArray(MimeMessage[]::new));
        folder.open(Folder.READ_ONLY);
        return ((UIDFolder) folder).getUIDValidity();
      }
    }
  }

  /// How many mails we have; they are deleted on the server.
  private int deleteWhatWeHave() throws MessagingException {
    List<Long> ours =
        database
            .sql(
                """
                select uid from fetched join mailbox on mailbox.id = fetched.mailbox
                where mailbox.address = :address
                """)
            .param("address", CLAIMS)
            .query((row, _) -> row.getLong("uid"))
            .list();
    try (var store = PEER.getImap().createStore()) {
      store.connect(CLAIMS, "secret");
      try (Folder folder = store.getFolder(FOLDER)) {
        folder.open(Folder.READ_WRITE);
        var uids = ours.stream().mapToLong(Long::longValue).toArray();
        for (var taken : ((UIDFolder) folder).getMessagesByUID(uids)) {
          if (taken != null) {
            taken.setFlag(Flags.Flag.DELETED, true);
          }
        }
        folder.expunge();
      }
    }
    return ours.size();
  }

  private Mailbox mailbox(String address) {
    return mailboxes.all().stream()
        .filter(mailbox -> mailbox.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private void stopReading(String address) {
    servers.stop();
    mailboxes.remove(mailbox(address).id());
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

  /// RFC 2046 and 2387: what is attached around the two forms of the words, and around the
  /// formatted one the image that it shows.
  @Test
  void formatting_images_and_files_arrive_as_mail_programs_expect_them()
      throws IOException, MessagingException {
    intake.accept(
        new ByteArrayInputStream(
            "From: Kim <kim@formatted.example>\nSubject: Hello\n\nHi"
                .getBytes(StandardCharsets.UTF_8)),
        Envelope.delivered("kim@formatted.example", List.of("support@localhost")));
    intake.readWaiting();
    long ticket = database.sql("select max(id) from ticket").query(Long.class).single();
    var agent =
        agents
            .add(new NewAgent("Bo", "bo@ours.example", Role.AGENT, List.of()), Actor.SYSTEM)
            .expected();
    var words =
        Written.of(
            "", "<p>See <strong>here</strong>: <img src=\"cid:p1@evergreen\" alt=\"p\"></p>");
    var files =
        List.of(
            stored("label.png", "image/png", "p1@evergreen"),
            stored("Rücksendung.pdf", "application/pdf", null));

    correspondence.reply(new TicketId(ticket), new Reply(words, files), agent);
    assertThat(servers.send()).isEqualTo(1);

    var received = PEER.getReceivedMessagesForDomain("formatted.example")[0];
    var mixed = (MimeMultipart) received.getContent();
    assertThat(received.getContentType()).startsWith("multipart/mixed");
    var alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
    assertThat(alternative.getContentType()).startsWith("multipart/alternative");
    assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("See here: [p]");
    var related = (MimeMultipart) alternative.getBodyPart(1).getContent();
    assertThat(related.getContentType()).startsWith("multipart/related");
    assertThat(related.getBodyPart(0).getContentType()).startsWith("text/html");
    assertThat((String) related.getBodyPart(0).getContent())
        .contains("<strong>here</strong>", "src=\"cid:p1@evergreen\"");
    var image = (MimeBodyPart) related.getBodyPart(1);
    assertThat(image.getContentID()).isEqualTo("<p1@evergreen>");
    assertThat(image.getDisposition()).isEqualTo("inline");
    assertThat(image.getContentType()).startsWith("image/png");
    assertThat(mixed.getBodyPart(1).getDisposition()).isEqualTo("attachment");
    assertThat(MimeUtility.decodeText(mixed.getBodyPart(1).getFileName()))
        .isEqualTo("Rücksendung.pdf");
    assertThat(mixed.getCount()).isEqualTo(2);
  }

  private NewAttachment stored(String name, String type, @Nullable String contentId) {
    byte[] content = name.getBytes(StandardCharsets.UTF_8);
    return new NewAttachment(
        files.store(new ByteArrayInputStream(content)), name, type, content.length, contentId);
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

  private long fetched() {
    return database
        .sql(
            """
            select count(*) from fetched join mailbox on mailbox.id = fetched.mailbox
            where mailbox.address = :address
            """)
        .param("address", CLAIMS)
        .query(Long.class)
        .single();
  }

  private long arrivals(String mailbox) {
    return database
        .sql("select count(*) from arrival where mailbox = :mailbox")
        .param("mailbox", mailbox)
        .query(Long.class)
        .single();
  }

  private long tickets() {
    return database
        .sql("select count(*) from arrival where mailbox = 'help@imap.example' and state = 'done'")
        .query(Long.class)
        .single();
  }
}
