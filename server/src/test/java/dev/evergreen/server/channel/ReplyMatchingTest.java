package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.SUPPORT;
import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.relation.Merges;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// Which mails join a ticket, and which only pretend that they belong to it.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class ReplyMatchingTest {
  private static final EmailAddress SOMEBODY_ELSE =
      EmailAddress.parse("somebody-else@a.example").orElseThrow();

  @Autowired PostOffice post;
  @Autowired ReplyTokens tokens;
  @Autowired Merges merges;

  @Test
  void answers_to_a_merged_ticket_arrive_where_it_lives_on() throws IOException {
    TicketId into = post.open("carmen@a.example", "Broken tent", "The zip is broken.");
    TicketId from = post.open("carmen@a.example", "My tent again", "The zip, still.");
    Letter letter = post.answer(from, "Please send a photo.");
    var by = post.agent(Role.AGENT);
    var _ =
        merges
            .merge(from, post.ticket(from).revision(), into, post.ticket(into).revision(), by)
            .expected();

    post.deliver(mail("carmen@a.example", post.outbox().replyToOf(letter), "Re: tent", "A photo."));
    post.deliver(mail("dave@a.example", post.outbox().replyToOf(letter), "Re: tent", "Mine too."));

    assertThat(post.texts(into)).endsWith("A photo.").doesNotContain("Mine too.");
    assertThat(post.messages(from)).isEqualTo(2);
    assertThat(post.ticket(from).isClosed()).isTrue();
    assertThat(post.ledgerKinds(into)).endsWith("ticket.stranger-answered");
  }

  @Test
  void an_answer_comes_back_to_its_ticket() throws IOException {
    TicketId ticket = post.open("carol@a.example", "Broken tent", "The zip is broken.");
    Letter letter = post.answer(ticket, "Please send a photo.");

    post.deliver(
        mail("carol@a.example", post.outbox().replyToOf(letter), "Re: Broken tent", "Here it is."));
    post.deliver(
        mail("carol@a.example", SUPPORT, "Something", "And another.")
            .replaceFirst("\n", "\nIn-Reply-To: <" + post.outbox().messageIdOf(letter) + ">\n"));

    assertThat(post.texts(ticket))
        .containsExactly(
            "The zip is broken.", "Please send a photo.", "Here it is.", "And another.");
    assertThat(letter.content().subject()).isEqualTo("Re: Broken tent");
    assertThat(letter.thread().answers()).startsWith("p-");
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
    TicketId ticket = post.open(victim, "Secret", "My secret.");
    Letter letter = post.answer(ticket, "Your secret is safe.");
    long before = post.messages(ticket);
    String sender = from.equals("victim") ? victim : unique("attacker");

    post.deliver(forged(sender, tokenFor(token, ticket, letter), place, ticket));

    assertThat(post.messages(ticket) - before).isEqualTo(outcome.equals("joins") ? 1 : 0);
  }

  private String tokenFor(String kind, TicketId ticket, Letter letter) {
    String own = post.outbox().tokenOf(letter);
    return switch (kind) {
      case "own" -> own;
      case "foreign" -> tokens.issue(ticket.value(), SOMEBODY_ELSE);
      case "cut" -> own.substring(0, 35);
      case "guessed" -> own.substring(0, 10) + "a".repeat(26);
      default -> "";
    };
  }

  private static String forged(String sender, String token, String place, TicketId ticket) {
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
      case "subject" -> mail(sender, SUPPORT, "Re: [#" + ticket.value() + "] Secret", "Let me in.");
      case "unknown-id" -> "In-Reply-To: <m-1@a.example>\n" + plain;
      case "own-headers" ->
          "X-Evergreen-Ticket: " + ticket.value() + "\nX-Evergreen-Token: " + token + "\n" + plain;
      default -> throw new IllegalArgumentException(place);
    };
  }

  /// Zendesk 2024: who was put in CC by a mail in the victim's name learns nothing.
  @Test
  void an_attacker_in_cc_gets_nothing() throws IOException {
    String victim = unique("victim");
    String attacker = unique("attacker");
    TicketId ticket = post.open(victim, "Secret", "My secret.");
    post.answer(ticket, "Your secret is safe.");

    post.deliver(
        "Cc: " + attacker + "\n" + mail(victim, SUPPORT, "Re: Secret", "Add my colleague."));
    post.deliver(
        mail(attacker, SUPPORT, "Re: Secret [#" + ticket.value() + "]", "What did they say?"));

    assertThat(post.lettersTo(attacker)).isEmpty();
    assertThat(post.messages(ticket)).isEqualTo(2);
  }
}
