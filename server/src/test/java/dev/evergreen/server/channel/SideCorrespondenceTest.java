package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.SUPPORT;
import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.channel.SideCorrespondence.Opening;
import dev.evergreen.server.platform.Base32;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.relation.Merges;
import dev.evergreen.server.ticket.side.FoundSides;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.side.SideConversations;
import dev.evergreen.server.ticket.side.SideMessage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// Mails of partners: where they come in, and that the customer's conversation and theirs never
/// touch.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class SideCorrespondenceTest {
  @Autowired PostOffice post;
  @Autowired SideCorrespondence correspondence;
  @Autowired SideConversations sides;
  @Autowired FoundSides found;
  @Autowired Merges merges;

  @Test
  void a_partner_sees_and_answers_the_side_conversation_alone() throws IOException {
    String customer = unique("carol");
    String partner = unique("repairs");
    TicketId ticket = post.open(customer, "Broken tent", "The zip is broken.");
    var side = begin(ticket, partner, "Is there a spare zip?");

    Letter letter = post.lettersTo(partner).getFirst();
    assertThat(letter.content().text()).isEqualTo("Is there a spare zip?");
    assertThat(letter.content().subject()).isEqualTo("Spare zip");
    post.deliver(
        mail(partner, post.outbox().replyToOf(letter), "Re: Spare zip", "We send one tomorrow."));

    assertThat(texts(side)).containsExactly("Is there a spare zip?", "We send one tomorrow.");
    assertThat(post.texts(ticket)).containsExactly("The zip is broken.");
    assertThat(post.ledgerKinds(ticket)).endsWith("ticket.side-begun", "ticket.side-answered");
    assertThat(post.ticketsOf(partner)).isEmpty();
    assertThat(post.ticket(ticket).beside().openSides()).isEqualTo(1);

    post.answer(ticket, "A new zip is on its way.");
    Letter answer = post.lettersTo(customer).getFirst();
    assertThat(answer.thread().chain()).noneMatch(id -> id.contains(post.outbox().tokenOf(letter)));
    post.deliver(mail(customer, post.outbox().replyToOf(answer), "Re: tent", "Thank you!"));
    assertThat(post.texts(ticket)).endsWith("Thank you!");
    assertThat(texts(side)).hasSize(2);
  }

  @Test
  void an_answer_opens_a_closed_side_conversation_and_leaves_the_ticket_alone() throws IOException {
    String partner = unique("repairs");
    TicketId ticket = post.open(unique("carol"), "Broken tent", "The zip is broken.");
    var side = begin(ticket, partner, "Is there a spare zip?");
    Letter letter = post.lettersTo(partner).getFirst();
    Agent ines = post.agent(Role.AGENT);
    var _ = sides.close(side.id(), ines).expected();
    assertThat(post.ticket(ticket).beside().openSides()).isZero();
    assertThat(correspondence.write(side, "Hello?", List.of(), ines))
        .isInstanceOf(Outcome.Rejected.class);
    var status = post.ticket(ticket).state().status();

    post.deliver(
        mail(partner, SUPPORT, "Re: Spare zip", "Yes.")
            .replaceFirst("\n", "\nIn-Reply-To: <" + post.outbox().messageIdOf(letter) + ">\n"));

    assertThat(found.withId(side.id()).orElseThrow().isOpen()).isTrue();
    assertThat(post.ticket(ticket).state().status()).isEqualTo(status);
    var _ = correspondence.write(side, "Thanks.", List.of(), ines).expected();
    var last = post.lettersTo(partner).getFirst();
    assertThat(last.content().subject()).isEqualTo("Re: Spare zip");
    assertThat(last.thread().answers()).startsWith("p-");
    assertThat(last.thread().chain()).contains(post.outbox().messageIdOf(letter));
  }

  /// Only a token that was issued to the partner opens it, in the partner's hands, and it opens
  /// nothing else.
  @ParameterizedTest
  @CsvSource({
    "partner,  side,   to,         side",
    "partner,  side,   references, side",
    "stranger, side,   to,         nowhere",
    "stranger, side,   references, nowhere",
    "customer, side,   to,         nowhere",
    "customer, side,   references, nowhere",
    "customer, ticket, to,         ticket",
    "partner,  ticket, to,         nowhere",
    "partner,  swapped, to,        nowhere",
    "customer, swapped, to,        nowhere",
  })
  void a_token_opens_one_door_to_one_person(String from, String token, String place, String outcome)
      throws IOException {
    String customer = unique("carol");
    String partner = unique("repairs");
    TicketId ticket = post.open(customer, "Secret", "My secret.");
    var side = begin(ticket, partner, "A question.");
    post.answer(ticket, "An answer.");
    String sender =
        switch (from) {
          case "partner" -> partner;
          case "customer" -> customer;
          default -> unique("stranger");
        };
    String sealed =
        switch (token) {
          case "side" -> post.outbox().tokenOf(post.lettersTo(partner).getFirst());
          case "ticket" -> post.outbox().tokenOf(post.lettersTo(customer).getFirst());
          default -> swapped(post.outbox().tokenOf(post.lettersTo(sender).getFirst()));
        };

    String to = place.equals("to") ? "reply+" + sealed + "@localhost" : SUPPORT;
    String written = mail(sender, to, "Hello", "Let me in.");
    post.deliver(
        place.equals("to")
            ? written
            : "References: <x@y> <1." + sealed + "@localhost>\n" + written);

    assertThat(texts(side).contains("Let me in.")).isEqualTo(outcome.equals("side"));
    assertThat(post.texts(ticket).contains("Let me in.")).isEqualTo(outcome.equals("ticket"));
    assertThat(post.ticketsOf(sender).stream().anyMatch(one -> !one.equals(ticket)))
        .isEqualTo(outcome.equals("nowhere"));
  }

  /// Their own token, said to be of the other kind.
  private static String swapped(String token) {
    byte[] bytes = Base32.decode(token);
    bytes[0] ^= (byte) 0x80;
    return Base32.encode(bytes);
  }

  @Test
  void a_partners_colleague_becomes_a_ticket_of_their_own_and_agents_see_both_ends()
      throws IOException {
    String partner = unique("repairs");
    TicketId ticket = post.open(unique("carol"), "Broken tent", "The zip is broken.");
    var side = begin(ticket, partner, "Is there a spare zip?");
    Letter letter = post.lettersTo(partner).getFirst();
    String colleague = unique("boss");

    post.deliver(mail(colleague, post.outbox().replyToOf(letter), "Re: zip", "I take over."));

    assertThat(texts(side)).hasSize(1);
    assertThat(post.ledgerKinds(ticket)).endsWith("ticket.stranger-answered");
    assertThat(post.ledgerKinds(post.latestOf(colleague))).endsWith("ticket.answers-another");
  }

  @Test
  void what_lives_on_in_another_ticket_keeps_its_side_conversations() throws IOException {
    String customer = unique("carol");
    String partner = unique("repairs");
    TicketId from = post.open(customer, "Broken tent", "The zip is broken.");
    TicketId into = post.open(customer, "My tent", "The zip, again.");
    var side = begin(from, partner, "Is there a spare zip?");
    Letter letter = post.lettersTo(partner).getFirst();
    var by = post.agent(Role.AGENT);
    var _ =
        merges
            .merge(from, post.ticket(from).revision(), into, post.ticket(into).revision(), by)
            .expected();

    post.deliver(mail(partner, post.outbox().replyToOf(letter), "Re: zip", "Yes."));

    assertThat(texts(side)).endsWith("Yes.");
    assertThat(post.ticket(into).beside().any()).isTrue();
    assertThat(found.of(into)).extracting(SideConversation::id).containsExactly(side.id());
  }

  @Test
  void nobody_writes_aside_to_the_customer_or_to_ourselves() throws IOException {
    String customer = unique("carol");
    TicketId ticket = post.open(customer, "Broken tent", "The zip is broken.");

    for (String address : List.of(customer, SUPPORT, "nobody", "a@b.example, c@d.example")) {
      assertThat(
              correspondence.begin(
                  post.ticket(ticket),
                  new Opening(address, "", "Hello"),
                  "Hello",
                  List.of(),
                  post.agent(Role.AGENT)))
          .as(address)
          .isInstanceOf(Outcome.Rejected.class);
    }
    assertThat(found.of(ticket)).isEmpty();
  }

  private SideConversation begin(TicketId ticket, String partner, String text) {
    return correspondence
        .begin(
            post.ticket(ticket),
            new Opening(partner, "Repairs", "Spare zip"),
            text,
            List.of(),
            post.agent(Role.AGENT))
        .expected();
  }

  private List<String> texts(SideConversation side) {
    return found.messages(side.id()).stream()
        .map(SideMessage::words)
        .map(words -> words.news())
        .toList();
  }
}
