package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.SUPPORT;
import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.ticket.TicketId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// What machines write to machines, and to those in whose name others write: little, and nothing
/// that was chosen by a stranger.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class AutomaticMailTest {
  @Autowired PostOffice post;
  @Autowired InstantSource clock;

  @Test
  void robots_are_not_answered_by_machines() throws IOException {
    for (String header :
        List.of(
            "Auto-Submitted: auto-replied",
            "Precedence: bulk",
            "List-Id: <list.a.example>",
            "X-Auto-Response-Suppress: All",
            "X-Autoreply: yes")) {
      String robot = unique("robot");
      post.deliver(header + "\n" + mail(robot, SUPPORT, "I am away", "Back on Monday."));
      TicketId ticket = post.latestOf(robot);

      assertThat(post.acknowledge(ticket)).as(header).isFalse();
      assertThat(post.lettersTo(robot)).isEmpty();
    }
  }

  /// A mailbox that we come to read may hold the mail of years.
  @Test
  void what_had_lain_in_a_mailbox_for_long_is_not_answered_by_machines() throws IOException {
    for (var age : Map.of(Duration.ofDays(3), false, Duration.ofDays(1), true).entrySet()) {
      String sender = unique("early");
      var place = new Envelope.Fetched(1, 1, 1, clock.instant().minus(age.getKey()));
      var _ =
          post.intake()
              .accept(
                  new ByteArrayInputStream(
                      mail(sender, SUPPORT, "Tent", "It snapped.").getBytes(UTF_8)),
                  new Envelope(sender, List.of(SUPPORT), place));
      post.intake().readWaiting();

      assertThat(post.acknowledge(post.latestOf(sender))).isEqualTo(age.getValue());
    }
  }

  @Test
  void a_loop_with_a_robot_that_hides_ends() throws IOException {
    String robot = unique("hidden");
    TicketId ticket = post.open(robot, "Away", "Back on Monday.");
    int rounds = 0;
    while (post.acknowledge(ticket) && rounds < 100) {
      rounds++;
      Letter letter = post.lettersTo(robot).getFirst();
      post.deliver(
          mail(robot, post.outbox().replyToOf(letter), "Away", "Back on Monday, round " + rounds));
    }

    assertThat(rounds).isLessThanOrEqualTo(10);
  }

  /// A thousand requests in a stranger's name: at most three mails an hour, none with chosen words.
  @Test
  void nobody_can_be_flooded_in_our_name() throws IOException {
    String victim = unique("victim");
    for (int i = 0; i < 1_000; i++) {
      post.accept(
          mail("BUY NOW <" + victim + ">", SUPPORT, "Visit evil.example " + i, "x"),
          victim,
          SUPPORT);
    }
    post.intake().readWaiting();

    for (TicketId ticket : post.ticketsOf(victim)) {
      post.acknowledge(ticket);
    }

    assertThat(post.lettersTo(victim))
        .hasSize(3)
        .allSatisfy(letter -> {
          assertThat(letter.content().text() + letter.content().subject() + letter.to().name())
              .doesNotContain("evil", "BUY");
        });
  }

  @Test
  void a_bounce_lands_on_its_ticket() throws IOException {
    String gone = unique("gone");
    TicketId ticket = post.open(gone, "Question", "Hello?");
    Letter letter = post.answer(ticket, "Hello!");

    post.accept(
        """
        From: MAILER-DAEMON@a.example
        To: support@localhost
        Message-ID: <bounce-%s>
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        It could not be delivered.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; a.example

        Final-Recipient: rfc822; %s
        Action: failed
        Status: 5.1.1
        --b
        Content-Type: message/rfc822

        Message-ID: <%s>
        Subject: Re: Question

        Hello!
        --b--
        """
            .formatted(gone, gone, post.outbox().messageIdOf(letter)),
        "",
        SUPPORT);
    post.intake().readWaiting();

    assertThat(post.ledgerKinds(ticket)).contains("message.bounced");
    assertThat(post.messages(ticket)).isEqualTo(2);
  }
}
