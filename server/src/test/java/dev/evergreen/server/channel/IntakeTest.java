package dev.evergreen.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Call;
import dev.evergreen.server.channel.Letter.OutboxId;
import dev.evergreen.server.channel.mail.SmtpListener;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.TicketId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Mail in, from the SMTP wire to the ticket. The tests share a database and keep apart by address.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK)
@OnTestDatabase
class IntakeTest {
  private static final String SUPPORT = "support@localhost";
  private static final Path CORPUS = Path.of("src/test/resources/mail");

  @Autowired MailIntake intake;
  @Autowired Correspondence correspondence;
  @Autowired Arrivals arrivals;
  @Autowired Outbox outbox;
  @Autowired ReplyTokens tokens;
  @Autowired SmtpListener listener;
  @Autowired Agents agents;
  @Autowired JdbcClient database;

  @Test
  void an_answer_comes_back_to_its_ticket() throws IOException {
    long ticket = open("carol@a.example", "Broken tent", "The zip is broken.");
    Letter letter = answer(ticket, "Please send a photo.");

    deliver(mail("carol@a.example", outbox.replyToOf(letter), "Re: Broken tent", "Here it is."));
    deliver(
        mail("carol@a.example", SUPPORT, "Something", "And another.")
            .replaceFirst("\n", "\nIn-Reply-To: <" + outbox.messageIdOf(letter) + ">\n"));

    assertThat(texts(ticket))
        .containsExactly(
            "The zip is broken.", "Please send a photo.", "Here it is.", "And another.");
    assertThat(letter.content().subject()).isEqualTo("Re: Broken tent");
    assertThat(letter.thread().answers()).startsWith("m-");
  }

  /// Only a token that was issued to the sender opens a ticket, wherever it stands.
  @ParameterizedTest
  @CsvSource({
    "victim,     own,     to,          joins",
    "victim,     own,     in-reply-to, joins",
    "victim,     own,     references,  joins",
    "victim,     own,     cc,          joins",
    "victim,     own,     from-other,  opens",
    "attacker,   own,     to,          opens",
    "attacker,   own,     in-reply-to, opens",
    "attacker,   own,     references,  opens",
    "victim,     foreign, to,          opens",
    "victim,     foreign, in-reply-to, opens",
    "victim,     cut,     to,          opens",
    "victim,     guessed, to,          opens",
    "victim,     guessed, references,  opens",
    "victim,     absent,  subject,     opens",
    "victim,     absent,  unknown-id,  opens",
    "attacker,   absent,  subject,     opens",
    "attacker,   own,     reply-to,    opens",
    "victim,     own,     own-headers, opens",
  })
  void forged_mail_never_joins(String from, String token, String place, String outcome)
      throws IOException {
    String victim = unique("victim");
    long ticket = open(victim, "Secret", "My secret.");
    Letter letter = answer(ticket, "Your secret is safe.");
    long before = messages(ticket);
    String sender = from.equals("victim") ? victim : unique("attacker");

    deliver(forged(sender, tokenFor(token, ticket, letter), place, ticket));

    assertThat(messages(ticket) - before).isEqualTo(outcome.equals("joins") ? 1 : 0);
  }

  private String tokenFor(String kind, long ticket, Letter letter) {
    String own = outbox.tokenOf(letter);
    return switch (kind) {
      case "own" -> own;
      case "foreign" -> tokens.issue(ticket, address("somebody-else@a.example"));
      case "cut" -> own.substring(0, 35);
      case "guessed" -> own.substring(0, 10) + "a".repeat(26);
      default -> "";
    };
  }

  private static String forged(String sender, String token, String place, long ticket) {
    String id = "<1." + token + "@localhost>";
    String reply = "reply+" + token + "@localhost";
    String plain = mail(sender, SUPPORT, "Hello", "Let me in.");
    return switch (place) {
      case "to" -> mail(sender, reply, "Hello", "Let me in.");
      case "cc" -> "Cc: " + reply + "\n" + plain;
      case "in-reply-to" -> "In-Reply-To: " + id + "\n" + plain;
      case "references" -> "References: <x@y> " + id + "\n" + plain;
      case "reply-to" -> "Reply-To: " + reply + "\n" + plain;
      case "from-other" ->
          mail("other@a.example", reply, "Hello", "Let me in.") + "\nFrom: " + sender + "\n";
      case "subject" -> mail(sender, SUPPORT, "Re: [#" + ticket + "] Secret", "Let me in.");
      case "unknown-id" -> "In-Reply-To: <m-1@a.example>\n" + plain;
      case "own-headers" ->
          "X-Evergreen-Ticket: " + ticket + "\nX-Evergreen-Token: " + token + "\n" + plain;
      default -> throw new IllegalArgumentException(place);
    };
  }

  /// Zendesk 2024: who was put in CC by a mail in the victim's name learns nothing.
  @Test
  void an_attacker_in_cc_gets_nothing() throws IOException {
    String victim = unique("victim");
    String attacker = unique("attacker");
    long ticket = open(victim, "Secret", "My secret.");
    answer(ticket, "Your secret is safe.");

    deliver("Cc: " + attacker + "\n" + mail(victim, SUPPORT, "Re: Secret", "Add my colleague."));
    deliver(mail(attacker, SUPPORT, "Re: Secret [#" + ticket + "]", "What did they say?"));

    assertThat(lettersTo(attacker)).isEmpty();
    assertThat(messages(ticket)).isEqualTo(2);
  }

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
      accept(delivery, robin, SUPPORT);
    }
    intake.readWaiting();

    assertThat(ticketsOf(robin)).isEqualTo(30);
  }

  @Test
  void a_known_message_id_with_other_words_is_another_mail() throws IOException {
    String robin = unique("robin");
    String mail = mail(robin, SUPPORT, "One", "First.");
    String other = mail.replace("First.", "Second.");

    deliver(mail);
    deliver(other);

    assertThat(ticketsOf(robin)).isEqualTo(2);
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
          intake
              .accept(
                  new ByteArrayInputStream(Files.readAllBytes(mail)),
                  Envelope.delivered("corpus@a.example", List.of(SUPPORT)))
              .size();
    }
    intake.readWaiting();

    assertThat(failures()).isEmpty();
    assertThat(settled() - before).isEqualTo(kept).isGreaterThan(95);
  }

  @Test
  @Timeout(60)
  void bombs_end_in_quarantine_and_good_mail_goes_on() throws IOException {
    String good = unique("good");
    for (int i = 0; i < 5; i++) {
      accept(
          "X: " + "y".repeat(3_000_000) + "\n" + mail(good, SUPPORT, "Bomb", "x"), good, SUPPORT);
      accept(
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
      accept(mail(good, SUPPORT, "Good " + i, "Please help."), good, SUPPORT);
    }

    intake.readWaiting();

    assertThat(ticketsOf(good)).isEqualTo(5);
    assertThat(arrivals.quarantined().stream().filter(mail -> mail.sender().equals(good)))
        .hasSize(10);
  }

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
      deliver(header + "\n" + mail(robot, SUPPORT, "I am away", "Back on Monday."));
      long ticket = ticketOf(robot);

      assertThat(acknowledge(ticket)).as(header).isFalse();
      assertThat(lettersTo(robot)).isEmpty();
    }
  }

  @Test
  void a_loop_with_a_robot_that_hides_ends() throws IOException {
    String robot = unique("hidden");
    long ticket = open(robot, "Away", "Back on Monday.");
    int rounds = 0;
    while (acknowledge(ticket) && rounds < 100) {
      rounds++;
      Letter letter = lettersTo(robot).getFirst();
      deliver(mail(robot, outbox.replyToOf(letter), "Away", "Back on Monday, round " + rounds));
    }

    assertThat(rounds).isLessThanOrEqualTo(10);
  }

  /// A thousand requests in a stranger's name: at most three mails an hour, none with chosen words.
  @Test
  void nobody_can_be_flooded_in_our_name() throws IOException {
    String victim = unique("victim");
    for (int i = 0; i < 50; i++) {
      accept(
          mail("BUY NOW <" + victim + ">", SUPPORT, "Visit evil.example " + i, "x"),
          victim,
          SUPPORT);
    }
    intake.readWaiting();

    for (long ticket : ticketNumbersOf(victim)) {
      acknowledge(ticket);
    }

    assertThat(lettersTo(victim))
        .hasSize(3)
        .allSatisfy(letter -> {
          assertThat(letter.content().text() + letter.content().subject() + letter.to().name())
              .doesNotContain("evil", "BUY");
        });
  }

  @Test
  void a_bounce_lands_on_its_ticket() throws IOException {
    String gone = unique("gone");
    long ticket = open(gone, "Question", "Hello?");
    Letter letter = answer(ticket, "Hello!");

    accept(
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
            .formatted(gone, gone, outbox.messageIdOf(letter)),
        "",
        SUPPORT);
    intake.readWaiting();

    assertThat(ledgerKinds(ticket)).contains("message.bounced");
    assertThat(messages(ticket)).isEqualTo(2);
  }

  @Test
  void what_cannot_become_a_ticket_is_kept_with_a_reason_and_can_be_read_again()
      throws IOException {
    accept("Subject: nobody\nMessage-ID: <nobody@x>\n\nhello", "", SUPPORT);
    intake.readWaiting();
    var held = arrivals.quarantined().getFirst();

    assertThat(held.reason()).contains("no address of a sender");
    assertThat(arrivals.rawOf(held.id())).isPresent();
    assertThat(intake.retry(held.id())).isTrue();
    assertThat(intake.discard(held.id())).isFalse();
    intake.readWaiting();
    assertThat(intake.discard(held.id())).isTrue();
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
      wire.send("\n.\nMAIL FROM:<evil@a.example>\r\nRCPT TO:<support@localhost>\n.\r\n");
      assertThat(wire.finish()).startsWith("250");
      assertThat(wire.say("MAIL FROM:<" + smtp + ">")).startsWith("250");
      assertThat(wire.say("RCPT TO:<support@localhost>")).startsWith("250");
      assertThat(wire.say("DATA")).startsWith("354");
      wire.write(mail(smtp, SUPPORT, "Never finished", "two"));
    }
    intake.readWaiting();

    assertThat(ticketsOf(smtp)).isEqualTo(1);
    assertThat(ticketsOf("evil@a.example")).isZero();
  }

  private static int counter;

  private static String unique(String name) {
    return name + "-" + ++counter + "@a.example";
  }

  private static String mail(String from, String to, String subject, String text) {
    return """
    From: %s
    To: %s
    Subject: %s
    Message-ID: <m-%d@a.example>
    Date: Mon, 2 Mar 2026 10:00:00 +0000

    %s
    """
        .formatted(from, to, subject, ++counter, text);
  }

  private void deliver(String raw) throws IOException {
    accept(raw, "envelope@a.example", SUPPORT);
    intake.readWaiting();
  }

  private void accept(String raw, String sender, String recipient) throws IOException {
    intake.accept(
        new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)),
        Envelope.delivered(sender, List.of(recipient)));
  }

  private long open(String from, String subject, String text) throws IOException {
    deliver(mail(from, SUPPORT, subject, text));
    return ticketOf(from);
  }

  private Letter answer(long ticket, String text) {
    correspondence.reply(new TicketId(ticket), new Reply(text, List.of()), agent());
    long id =
        database
            .sql("select max(id) from outbox where ticket = :ticket")
            .param("ticket", ticket)
            .query(Long.class)
            .single();
    return outbox.withId(new OutboxId(id)).orElseThrow();
  }

  private boolean acknowledge(long ticket) {
    var call = new Call("ticket", ticket, "run/" + ++counter, Instant.EPOCH);
    return correspondence.send(new TicketId(ticket), "test-acknowledgement", Map.of(), call);
  }

  private Agent agent() {
    return agents.active().stream()
        .findFirst()
        .orElseGet(() ->
            agents
                .add(new NewAgent("Ada", "ada@ours.example", Role.AGENT, List.of()), Actor.SYSTEM)
                .expected());
  }

  private static EmailAddress address(String text) {
    return EmailAddress.parse(text).orElseThrow();
  }

  private List<Letter> lettersTo(String address) {
    return outbox.kept(Long.MAX_VALUE, 500).stream()
        .filter(letter -> letter.to().address().toString().equals(address))
        .toList();
  }

  private long settled() {
    return number("select count(*) from arrival where state in ('done', 'quarantined')", 0);
  }

  private List<String> failures() {
    return database
        .sql("select reason from arrival where failures > 0")
        .query((row, _) -> row.getString("reason"))
        .list();
  }

  private long messages(long ticket) {
    return number("select count(*) from message where ticket_id = :number", ticket);
  }

  private List<String> texts(long ticket) {
    return database
        .sql("select text from message where ticket_id = :ticket order by revision")
        .param("ticket", ticket)
        .query((row, _) -> row.getString("text"))
        .list();
  }

  private List<String> ledgerKinds(long ticket) {
    return database
        .sql("select kind from ledger where subject_kind = 'ticket' and subject_id = :ticket")
        .param("ticket", ticket)
        .query((row, _) -> row.getString("kind"))
        .list();
  }

  private long ticketOf(String address) {
    return ticketNumbersOf(address).getLast();
  }

  private long ticketsOf(String address) {
    return ticketNumbersOf(address).size();
  }

  private List<Long> ticketNumbersOf(String address) {
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
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  private long number(String sql, long number) {
    return database.sql(sql).param("number", number).query(Long.class).single();
  }
}
