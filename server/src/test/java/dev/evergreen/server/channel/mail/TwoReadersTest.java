package dev.evergreen.server.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.evergreen.server.channel.MailProperties;
import dev.evergreen.server.channel.Mailbox;
import dev.evergreen.server.channel.Mailboxes;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two nodes at one mailbox, the first of which is paused past its term.
@SpringBootTest
@OnTestDatabase
class TwoReadersTest {
  private static final String ADDRESS = "two@imap.example";
  private static final String MAILBOX = "select id from mailbox where address = :address";
  private static final int MAILS = 40;

  /// The peer tells nothing of mail that comes just before IDLE begins.
  private static final Duration POLL = Duration.ofSeconds(1);

  @Autowired Mailboxes mailboxes;
  @Autowired MailProperties properties;
  @Autowired DatabaseClock clock;
  @Autowired JdbcClient database;

  @Test
  @Timeout(90)
  void a_mailbox_has_one_reader_and_each_mail_one_arrival()
      throws MessagingException, InterruptedException {
    var peer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    peer.start();
    var first = new MailboxWatch(mailboxes, properties, POLL);
    var second = new MailboxWatch(mailboxes, properties, POLL);
    try {
      GreenMailUser user = peer.setUser(ADDRESS, ADDRESS, "secret");
      deliver(user, 0);
      var server =
          new Mailbox.Server(
              "127.0.0.1", peer.getImap().getPort(), Mailbox.Security.NONE, ADDRESS, "");
      var _ = mailboxes.add(ADDRESS, server, "secret").expected();

      first.look();
      second.look();
      await(5, first);
      assertThat(term()).isEqualTo(1);

      clock.moveTo(clock.instant().plus(Duration.ofMinutes(2)));
      do {
        second.look(); // and again when the first is just taking a mail over
      } while (term() == 1);
      deliver(user, MAILS);
      await(2 * MAILS, second);
      first.look();

      assertThat(term()).isEqualTo(2);
      assertThat(arrivals()).isEqualTo(2 * MAILS);
      assertThat(count("select count(*) from fetched where mailbox = (%s)".formatted(MAILBOX)))
          .isEqualTo(2 * MAILS);
    } finally {
      first.stop();
      second.stop();
      peer.stop();
    }
  }

  private static void deliver(GreenMailUser user, int from) throws MessagingException {
    for (int number = from; number < from + MAILS; number++) {
      var mail = new MimeMessage(Session.getInstance(new Properties()));
      mail.setFrom("customer@imap.example");
      mail.setSubject("Mail " + number);
      mail.setText("Words of " + number);
      mail.saveChanges();
      user.deliver(mail);
    }
  }

  /// Looks as a node does, so that the reader asks again when IDLE told it nothing.
  private void await(int count, MailboxWatch node) throws InterruptedException {
    while (arrivals() < count) {
      node.look();
      Thread.sleep(50);
    }
  }

  private long arrivals() {
    return count("select count(*) from arrival where mailbox = :address");
  }

  private long term() {
    return count("select term from mailbox where address = :address");
  }

  /// Other tests share the database, so everything is asked of this mailbox alone.
  private long count(String sql) {
    return database.sql(sql).param("address", ADDRESS).query(Long.class).single();
  }
}
