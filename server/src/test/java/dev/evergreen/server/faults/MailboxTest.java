package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.evergreen.server.channel.Mailbox;
import dev.evergreen.server.channel.Mailboxes;
import dev.evergreen.server.channel.SmtpWire;
import dev.evergreen.server.faults.DatabaseLink.Place;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Promises 1, 2 and 3 where mail comes by several ways to three nodes: what lies in a mailbox is
/// taken over once though the node that reads it is killed, and what is delivered again and again
/// is one ticket in each mailbox that it is for.
///
/// Mail that was fetched stays where it lies, unread: between the commit and the next fetch there
/// is nothing to flag and nothing to expunge, so there are two points at which a kill could lose or
/// double it.
@Tag("fault")
@TestInstance(Lifecycle.PER_CLASS)
class MailboxTest {
  private static final String CLAIMS = "claims@localhost";
  private static final int KILLS = Effort.of(2, 40);
  private static final int BATCH = 100;
  private static final int MAILS = BATCH * KILLS;
  private static final int TOLD = Effort.of(30, 500);

  /// As long as a node has a mailbox for itself, at most.
  private static final Duration TERM = Duration.ofSeconds(46);

  /// Nodes look at the clock every 5 s, and ask a mailbox that tells nothing every 30 s.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private enum KillPoint {
    FETCHED_NOT_COMMITTED(Place.BEFORE_COMMIT),
    COMMITTED_NOT_KNOWN(Place.AFTER_COMMIT);

    private final Place place;

    KillPoint(Place place) {
      this.place = place;
    }
  }

  private final Pair pair = Pair.ready();
  private final GreenMail peer =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
  private final long seed = Effort.seed();
  private final Random random = new Random(seed);
  private List<Pair.Side> sides = List.of();
  private GreenMailUser owner;

  @BeforeAll
  void a_mail_server_and_a_third_node() throws IOException {
    peer.start();
    owner = peer.setUser(CLAIMS, CLAIMS, "secret");
    var third = pair.side("third");
    sides = List.of(pair.first, pair.second, third);
    third.node().start().awaitReady(Installation.PATIENCE);
  }

  @AfterAll
  void end() {
    sides.getLast().node().close();
    mailboxes().all().forEach(mailbox -> mailboxes().remove(mailbox.id()));
    peer.stop();
  }

  @Test
  void what_lies_in_a_mailbox_is_taken_over_once() throws Exception {
    var met = new EnumMap<KillPoint, Integer>(KillPoint.class);
    for (int kill = 0; kill < KILLS; kill++) {
      var point = KillPoint.values()[kill % KillPoint.values().length];
      killWhoReads(point, kill);
      met.merge(point, 1, Integer::sum);
      pair.installation.pass(TERM);
    }
    Installation.await("all mail taken over", LONGEST, () -> fetched() >= MAILS);
    Installation.await("every mail read", Installation.PATIENCE, () -> unread() == 0);

    int missing = MAILS - (int) tickets("Claim ");
    int doubled = (int) doubled("Claim ");
    new Verdict(
            "PR1 and PR3 mail in a mailbox of 3 nodes, the one that reads it killed",
            seed,
            met,
            new Verdict.Counts(MAILS, missing, doubled, 0))
        .publish();
    assertThat(met).hasSize(KillPoint.values().length);
    assertThat(missing).isZero();
    assertThat(doubled).isZero();
    assertThat(fetched()).isEqualTo(MAILS);
  }

  /// Whichever of the nodes reads the mailbox dies at some mail of a batch that comes now.
  private void killWhoReads(KillPoint point, int batch) throws Exception {
    int before = random.nextInt(BATCH / 2);
    var cuts =
        sides.stream()
            .map(side ->
                side.link().cut(point.place, "insert into fetched", before, side.node()::kill))
            .toArray(CompletableFuture[]::new);
    put(batch);
    watch();
    CompletableFuture.anyOf(cuts).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    sides.forEach(side -> side.link().disarm());
    sides.stream().map(Pair.Side::node).filter(node -> !node.alive()).forEach(Node::start);
  }

  /// Has the mailbox read from now on.
  private void watch() {
    if (mailboxes().all().isEmpty()) {
      var server =
          new Mailbox.Server(
              "127.0.0.1", peer.getImap().getPort(), Mailbox.Security.NONE, CLAIMS, "");
      var _ = mailboxes().add(CLAIMS, server, "secret").expected();
    }
  }

  @Test
  void however_often_a_mail_is_delivered_each_mailbox_has_it_once() throws Exception {
    record Delivery(int number, String body) {}
    watch();
    var deliveries = new ArrayList<Delivery>();
    for (int number = 1; number <= TOLD; number++) {
      for (String body : List.of("The first of this name.", "Another of this name.")) {
        deliveries.addAll(Collections.nCopies(random.nextInt(1, 6), new Delivery(number, body)));
      }
    }
    Collections.shuffle(deliveries, random);
    try (var senders = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < deliveries.size(); i++) {
        var delivery = deliveries.get(i);
        var node = sides.get(i % sides.size()).node();
        senders.execute(() -> insist(node, delivery.number(), delivery.body()));
      }
    }
    Installation.await("every mail read", Installation.PATIENCE, () -> unread() == 0);

    int expected = TOLD * 2 * 2; // bodies, mailboxes
    int missing = expected - (int) tickets("Told ");
    int doubled =
        (int)
            pair.installation.count(
                """
                select count(*) from (
                  select from ticket join message on message.ticket_id = ticket.id
                  where ticket.subject like 'Told %'
                  group by ticket.subject, message.text
                  having count(*) > 2
                ) as doubled
                """);
    new Verdict(
            "PR2 mail delivered again and again, to 2 mailboxes by 3 nodes at once",
            seed,
            Map.of("deliveries", deliveries.size()),
            new Verdict.Counts(expected, missing, doubled, 0))
        .publish();
    assertThat(missing).isZero();
    assertThat(doubled).isZero();
  }

  private static void insist(Node node, int number, String body) {
    while (true) {
      try (var wire = new SmtpWire(node.mailPort())) {
        wire.open("told@customers.example", Organization.ADDRESS, CLAIMS);
        wire.write(
            """
            From: Told <told@customers.example>
            To: <%s>, <%s>
            Subject: Told %d
            Message-ID: <told-%d@mail.customers.example>

            %s
            """
                .formatted(Organization.ADDRESS, CLAIMS, number, number, body));
        if (wire.finish().startsWith("250")) {
          return;
        }
      } catch (IOException _) {
        // again
      }
      Node.pause(50);
    }
  }

  private void put(int batch) throws MessagingException {
    for (int number = batch * BATCH + 1; number <= (batch + 1) * BATCH; number++) {
      var mail = new MimeMessage(Session.getInstance(new Properties()));
      mail.setFrom("claim-%d@customers.example".formatted(number));
      mail.setSubject("Claim " + number);
      mail.setText("This is claim number " + number);
      mail.saveChanges();
      owner.deliver(mail);
    }
  }

  private Mailboxes mailboxes() {
    return pair.installation.part(Mailboxes.class);
  }

  private long fetched() {
    return pair.installation.count("select count(*) from fetched");
  }

  private long unread() {
    return pair.installation.count("select count(*) from arrival where state = 'waiting'");
  }

  private long tickets(String subject) {
    return pair.installation.count(
        "select count(*) from ticket where subject like '%s%%'".formatted(subject));
  }

  private long doubled(String subject) {
    return pair.installation.count(
        """
        select count(*) from (
          select from ticket where subject like '%s%%' group by subject having count(*) > 1
        ) as doubled
        """
            .formatted(subject));
  }
}
