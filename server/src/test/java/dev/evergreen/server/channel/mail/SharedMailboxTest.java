package dev.evergreen.server.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.evergreen.server.channel.MailProperties;
import dev.evergreen.server.channel.Mailbox;
import dev.evergreen.server.channel.MailboxId;
import dev.evergreen.server.channel.Mailboxes;
import dev.evergreen.server.platform.OnTestDatabase;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A mailbox that other people tidy up while we read it, on a server whose numbers move up at once.
@SpringBootTest
@OnTestDatabase
class SharedMailboxTest {
  private static final String ADDRESS = "shared@imap.example";
  private static final String FOLDER = "Shared";
  private static final Duration POLL = Duration.ofSeconds(1);

  @Autowired Mailboxes mailboxes;
  @Autowired MailProperties properties;
  @Autowired JdbcClient database;

  private final GreenMail peer =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
  private ImapLink link;
  private MailboxWatch watch;
  private MailboxId mailbox;

  @BeforeEach
  void three_mails() throws IOException, MessagingException {
    peer.start();
    peer.setUser(ADDRESS, ADDRESS, "secret");
    link = new ImapLink(peer.getImap().getPort());
    begin("one", "two", "three");
    var server =
        new Mailbox.Server("127.0.0.1", link.port(), Mailbox.Security.NONE, ADDRESS, FOLDER);
    mailbox = mailboxes.add(ADDRESS, server, "secret").expected().id();
    watch = new MailboxWatch(mailboxes, properties, POLL);
  }

  @AfterEach
  void forget() throws IOException {
    watch.stop();
    mailboxes.remove(mailbox);
    database.sql("delete from arrival where mailbox = ?").param(ADDRESS).update();
    link.close();
    peer.stop();
  }

  @Test
  @Timeout(60)
  void what_is_fetched_is_what_was_listed_though_the_others_moved_up() throws InterruptedException {
    beforeBodyNumber(2, () -> expunge("one"));

    await("one", "two", "three");
  }

  @Test
  @Timeout(60)
  void a_mail_that_was_removed_after_it_was_listed_is_left_out() throws InterruptedException {
    beforeBodyNumber(1, () -> expunge("two"));

    await("one", "three");
    assertThat(progress().problem()).isEmpty();
    assertThat(progress().behind()).isZero();
  }

  /// Never a part of it: what is cut off is not a mail.
  @Test
  @Timeout(60)
  void a_mail_that_is_removed_in_the_middle_of_its_bytes_is_left_out()
      throws InterruptedException, MessagingException {
    begin("one", "two", "x".repeat(600_000));
    beforeBodyNumber(4, () -> expunge("x".repeat(600_000)));

    await("one", "two");
    Thread.sleep(3 * POLL.toMillis());
    await("one", "two");
    assertThat(progress().problem()).isEmpty();
  }

  @Test
  @Timeout(60)
  void a_folder_that_is_made_anew_while_it_is_read_is_read_anew()
      throws InterruptedException, MessagingException {
    await("one", "two", "three");

    long before = validity();
    while (System.currentTimeMillis() / 1_000 <= before) { // a folder is named by its second
      Thread.sleep(20);
    }
    begin("four", "five");

    assertThat(validity()).isNotEqualTo(before);
    await("one", "two", "three", "four", "five");
  }

  private void beforeBodyNumber(int number, Runnable then) {
    var bodies = new AtomicInteger();
    link.watch(command -> {
      if (command.contains("BODY.PEEK[]") && bodies.incrementAndGet() == number) {
        then.run();
      }
    });
  }

  /// Has a node look every now and then until we have these mails, and no others.
  private void await(String... names) throws InterruptedException {
    List<String> wanted = List.of(names).stream().map(SharedMailboxTest::id).sorted().toList();
    while (ours().size() < wanted.size() || progress().behind() > 0) {
      watch.look();
      Thread.sleep(50);
    }
    assertThat(ours()).isEqualTo(wanted);
  }

  private List<String> ours() {
    return database
        .sql("select identity from arrival where mailbox = ? order by identity")
        .param(ADDRESS)
        .query((row, _) -> row.getString("identity"))
        .list();
  }

  private Mailbox.Progress progress() {
    return mailboxes.all().stream()
        .filter(each -> each.id().equals(mailbox))
        .findFirst()
        .orElseThrow()
        .progress();
  }

  /// Begins the folder anew, as another client would, with mails of these names.
  private void begin(String... names) throws MessagingException {
    try (var store = peer.getImap().createStore()) {
      store.connect(ADDRESS, "secret");
      Folder folder = store.getFolder(FOLDER);
      if (folder.exists()) {
        folder.delete(true);
      }
      folder.create(Folder.HOLDS_MESSAGES);
      for (String name : names) {
        folder.appendMessages(new MimeMessage[] {mail(name)});
      }
    }
  }

  private long validity() throws MessagingException {
    try (var store = peer.getImap().createStore()) {
      store.connect(ADDRESS, "secret");
      try (Folder folder = store.getFolder(FOLDER)) {
        folder.open(Folder.READ_ONLY);
        return ((UIDFolder) folder).getUIDValidity();
      }
    }
  }

  /// Removes a mail as another client would.
  private void expunge(String name) {
    try (var store = peer.getImap().createStore()) {
      store.connect(ADDRESS, "secret");
      try (Folder folder = store.getFolder(FOLDER)) {
        folder.open(Folder.READ_WRITE);
        for (var mail : folder.getMessages()) {
          if (id(name).equals(mail.getHeader("Message-ID")[0])) {
            mail.setFlag(Flags.Flag.DELETED, true);
          }
        }
        folder.expunge();
      }
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(String name) {
    return "<%s@shared.example>".formatted(name.length() > 20 ? "long" : name);
  }

  private static MimeMessage mail(String name) throws MessagingException {
    String raw =
        """
        From: customer@imap.example\r
        Subject: Mail %s\r
        Message-ID: %s\r
        \r
        %s\r
        """
            .formatted(name.length(), id(name), name);
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(raw.getBytes(StandardCharsets.US_ASCII)));
  }
}
