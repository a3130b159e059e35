package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.SUPPORT;
import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Call;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.TicketId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a mail does to the ticket that it joins, and to one that it must not join.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class ReceptionTest {
  @Autowired PostOffice post;
  @Autowired Settlements settlements;
  @Autowired JdbcClient database;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "List-Id: <news.post.example>"
      })
  void a_machine_that_answers_wakes_nobody(String header) throws IOException {
    String amara = unique("amara");
    TicketId ticket = post.open(amara, "Tent pole", "It snapped.");
    Letter letter = post.answer(ticket, "A new one is on its way.");
    var _ = settlements.close(ticket, "resolved", null, Actor.SYSTEM).expected();

    post.deliver(
        header + "\n" + mail(amara, post.outbox().replyToOf(letter), "Away", "Back on Monday."));

    assertThat(post.ticket(ticket).state().status()).isEqualTo(Status.CLOSED);
    assertThat(post.ledgerKinds(ticket))
        .endsWith("ticket.automatic-mail")
        .doesNotContain("ticket.customer-replied", "ticket.reopened");
    assertThat(messages(ticket).getLast().body().text()).isEqualTo("Back on Monday.");
    assertThat(post.latestOf(amara)).isEqualTo(ticket);
    assertThat(
            database
                .sql("select verification from customer_address where address = :address")
                .param("address", amara)
                .query(String.class)
                .single())
        .isEqualTo("unverified");
  }

  @Test
  void a_person_who_asks_machines_for_silence_is_a_person() throws IOException {
    String amara = unique("amara");
    TicketId ticket = post.open(amara, "Tent pole", "It snapped.");
    Letter letter = post.answer(ticket, "A new one is on its way.");

    post.deliver(
        "X-Auto-Response-Suppress: All\n"
            + mail(amara, post.outbox().replyToOf(letter), "Re: Tent pole", "Thank you."));

    assertThat(post.ledgerKinds(ticket)).endsWith("ticket.customer-replied");
  }

  @Test
  void a_stranger_with_our_token_gets_a_ticket_apart_and_agents_see_both_ends() throws IOException {
    String amara = unique("amara");
    String stranger = unique("stranger");
    TicketId ticket = post.open(amara, "Tent pole", "It snapped.");
    Letter letter = post.answer(ticket, "A new one is on its way.");

    post.deliver(mail(stranger, post.outbox().replyToOf(letter), "Re: Tent pole", "And mine?"));

    TicketId own = post.latestOf(stranger);
    assertThat(own).isNotEqualTo(ticket);
    assertThat(messages(ticket)).hasSize(2);
    assertThat(post.ledgerKinds(ticket)).endsWith("ticket.stranger-answered");
    assertThat(post.ledgerKinds(own)).containsExactly("ticket.opened", "ticket.answers-another");
    assertThat(post.ticket(ticket).state().status()).isEqualTo(Status.PENDING);
  }

  @Test
  void what_only_repeats_earlier_words_is_folded_away() throws IOException {
    String amara = unique("amara");
    TicketId ticket =
        post.open(
            amara,
            "Tent pole",
            "It snapped again.\n\nOn Monday, Ridgeline wrote:\n> A new one\n> is on its way.");

    Message.Body body = messages(ticket).getFirst().body();
    assertThat(body.news()).isEqualTo("It snapped again.");
    assertThat(body.repeated()).startsWith("On Monday").endsWith("> is on its way.");
  }

  @Test
  void letters_say_who_they_are_from() throws IOException {
    String amara = unique("amara");
    TicketId ticket = post.open(amara, "Tent pole", "It snapped.");

    assertThat(post.answer(ticket, "A new one is on its way.").senderName())
        .isEqualTo("Ines Sørensen · Ridgeline");

    for (String template :
        List.of(
            "acknowledge",
            "ask-for-details",
            "closed-after-silence",
            "closed-without-details",
            "is-it-solved",
            "thank-you")) {
      String writer = unique("writer");
      post.deliver(mail("Amara Okafor <" + writer + ">", SUPPORT, "Tent pole", "It snapped."));
      TicketId other = post.latestOf(writer);
      assertThat(send(template, other)).isTrue();
      Letter unproven = post.latestLetter(other);
      post.deliver(mail(writer, post.outbox().replyToOf(unproven), "Re: Tent", "Yes."));
      assertThat(send(template, other)).isTrue();
      Letter letter = post.latestLetter(other);

      assertThat(unproven.content().text()).startsWith("Hello there,");
      assertThat(letter.content().text()).startsWith("Hello Amara Okafor,").endsWith("Ridgeline");
      assertThat(letter.content().subject()).isEqualTo("Re: Tent pole");
      assertThat(letter.content().text()).doesNotContain("  ", " .", " ,", "{{");
      assertThat(letter.senderName()).isEqualTo("Ridgeline");
    }
  }

  private boolean send(String template, TicketId ticket) {
    var call = new Call("ticket", ticket.value(), unique("effect"), Instant.EPOCH);
    return post.correspondence().send(ticket, template, Map.of(), call);
  }

  private List<Message> messages(TicketId ticket) {
    return post.tickets()
        .visibleTo(post.agent(Role.LEAD))
        .conversation(post.ticket(ticket))
        .messages();
  }
}
