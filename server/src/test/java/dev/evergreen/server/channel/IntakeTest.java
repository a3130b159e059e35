package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.SUPPORT;
import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.channel.mail.SmtpListener;
import dev.evergreen.server.platform.OnTestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Mail in, from the SMTP wire to the ticket or to quarantine. The tests share a database and keep
/// apart by address.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class IntakeTest {
  private static final Path CORPUS = Path.of("src/test/resources/mail");

  @Autowired PostOffice post;
  @Autowired Arrivals arrivals;
  @Autowired SmtpListener listener;
  @Autowired JdbcClient database;

  @Test
  void each_mail_is_one_ticket_however_often_it_is_delivered() throws IOException {
    var random = new Random(7);
    var deliveries = new ArrayList<String>();
    String robin = unique("robin");
    for (int i = 0; i < 30; i++) {
      deliveries.addAll(
          Collections.nCopies(1 + random.nextInt(5), mail(robin, SUPPORT, "No " + i, "Mail " + i)));
    }
    Collections.shuffle(deliveries, random);

    for (String delivery : deliveries) {
      post.accept(delivery, robin, SUPPORT);
    }
    post.intake().readWaiting();

    assertThat(post.ticketsOf(robin)).hasSize(30);
  }

  @Test
  void a_known_message_id_with_other_words_is_another_mail() throws IOException {
    String robin = unique("robin");
    String mail = mail(robin, SUPPORT, "One", "First.");
    String other = mail.replace("First.", "Second.");

    post.deliver(mail);
    post.deliver(other);

    assertThat(post.ticketsOf(robin)).hasSize(2);
  }

  @Test
  void no_real_mail_is_lost() throws IOException {
    List<Path> corpus;
    try (Stream<Path> files = Files.walk(CORPUS)) {
      corpus = files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
    long before = settled();
    long kept = 0;

    for (Path mail : corpus) {
      kept +=
          post.intake()
              .accept(
                  new ByteArrayInputStream(Files.readAllBytes(mail)),
                  Envelope.delivered("corpus@a.example", List.of(SUPPORT)))
              .size();
    }
    post.intake().readWaiting();

    assertThat(failures()).isEmpty();
    assertThat(settled() - before).isEqualTo(kept).isGreaterThan(95);
  }

  @Test
  @Timeout(60)
  void bombs_end_in_quarantine_and_good_mail_goes_on() throws IOException {
    String good = unique("good");
    for (int i = 0; i < 5; i++) {
      post.accept(
          "X: " + "y".repeat(3_000_000) + "\n" + mail(good, SUPPORT, "Bomb", "x"), good, SUPPORT);
      post.accept(
          "Content-Type: multipart/mixed; boundary=b\nMessage-ID: <bomb-"
              + i
              + "-"
              + good
              + ">\n"
              + "From: "
              + good
              + "\n\n"
              + "--b\n\nx\n".repeat(3_000),
          good,
          SUPPORT);
      post.accept(mail(good, SUPPORT, "Good " + i, "Please help."), good, SUPPORT);
    }

    post.intake().readWaiting();

    assertThat(post.ticketsOf(good)).hasSize(5);
    assertThat(arrivals.quarantined().stream().filter(mail -> mail.sender().equals(good)))
        .hasSize(10);
  }

  @Test
  void what_cannot_become_a_ticket_is_kept_with_a_reason_and_can_be_read_again()
      throws IOException {
    post.accept("Subject: nobody\nMessage-ID: <nobody@x>\n\nhello", "", SUPPORT);
    post.intake().readWaiting();
    var held = arrivals.quarantined().getFirst();

    assertThat(held.reason()).contains("no address of a sender");
    assertThat(arrivals.rawOf(held.id())).isPresent();
    assertThat(post.intake().retry(held.id())).isTrue();
    assertThat(post.intake().discard(held.id())).isFalse();
    post.intake().readWaiting();
    assertThat(post.intake().discard(held.id())).isTrue();
  }

  @Test
  void the_listener_takes_our_mail_only_and_nothing_unfinished() throws IOException {
    String smtp = unique("smtp");
    try (var wire = new SmtpWire(Objects.requireNonNull(listener.address()).getPort())) {
      assertThat(wire.say("EHLO a.example")).contains("SIZE 36700160");
      assertThat(wire.say("MAIL FROM:<" + smtp + "> SIZE=99999999")).startsWith("552");
      assertThat(wire.say("MAIL FROM:<" + smtp + ">")).startsWith("250");
      assertThat(wire.say("RCPT TO:<root@localhost>")).startsWith("550");
      assertThat(wire.say("RCPT TO:<support@LOCALHOST>")).startsWith("250");
      assertThat(wire.say("DATA")).startsWith("354");
      wire.write(mail(smtp, SUPPORT, "Smuggled", "one"));
      for (String end : List.of("\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n")) {
        wire.send(end + "MAIL FROM:<evil@a.example>\r\nRCPT TO:<support@localhost>\r\nDATA\r\n");
      }
      assertThat(wire.finish()).startsWith("250");
      assertThat(wire.say("MAIL FROM:<" + smtp + ">")).startsWith("250");
      assertThat(wire.say("RCPT TO:<support@localhost>")).startsWith("250");
      assertThat(wire.say("DATA")).startsWith("354");
      wire.write(mail(smtp, SUPPORT, "Never finished", "two"));
    }
    post.intake().readWaiting();

    assertThat(post.ticketsOf(smtp)).hasSize(1);
    assertThat(post.ticketsOf("evil@a.example")).isEmpty();
  }

  private long settled() {
    return database
        .sql("select count(*) from arrival where state in ('done', 'quarantined')")
        .query(Long.class)
        .single();
  }

  private List<String> failures() {
    return database
        .sql("select reason from arrival where failures > 0")
        .query((row, _) -> row.getString("reason"))
        .list();
  }
}
