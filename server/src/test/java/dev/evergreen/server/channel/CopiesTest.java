package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.channel.mail.LetterWriter;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.TicketId;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// People beside the customer: who gets what, who is seen, and whose answers join.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class CopiesTest {
  @Autowired PostOffice post;
  @Autowired SendingPreferences preferences;
  @Autowired LetterWriter writer;

  @SuppressWarnings("NullAway.Init")
  String amara;

  @SuppressWarnings("NullAway.Init")
  String bo;

  @SuppressWarnings("NullAway.Init")
  TicketId ticket;

  @SuppressWarnings("NullAway.Init")
  Agent ines;

  @BeforeEach
  void open() throws IOException {
    amara = unique("amara");
    bo = unique("bo");
    String copied = "\nCc: Bo <" + bo + ">, " + PostOffice.SUPPORT + ", " + amara;
    post.deliver(mail(amara, PostOffice.SUPPORT + copied, "Tent pole", "It snapped."));
    ticket = post.latestOf(amara);
    ines = post.agent(Role.AGENT);
  }

  @Test
  void whom_a_mail_names_is_kept_with_it_and_sent_nothing() {
    reply("For Amara alone", Copies.NONE);

    assertThat(copiedOf("It snapped.")).containsExactly(bo);
    assertThat(post.lettersTo(bo)).isEmpty();
    assertThat(copied()).isEmpty();
  }

  @Test
  void who_is_in_copy_goes_on_to_get_copies_until_taken_out() {
    reply("Both", new Copies(List.of(address(bo)), List.of()));

    assertThat(copied()).containsExactly(bo);
    assertThat(copiedOf("Both")).containsExactly(bo);

    reply("Without a word about copies", null);
    assertThat(copied()).containsExactly(bo);
    reply("One", Copies.NONE);
    assertThat(copied()).isEmpty();
  }

  @Test
  void each_gets_a_letter_of_their_own_and_nobody_sees_who_is_hidden()
      throws IOException, MessagingException {
    String chef = unique("chef");
    reply("For all", new Copies(List.of(address(bo)), List.of(address(chef), address(bo))));

    for (String one : List.of(amara, bo, chef)) {
      var raw = raw(letterTo(one, "For all"));
      var read =
          new MimeMessage(
              Session.getInstance(new Properties()),
              new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
      assertThat(read.getRecipients(Message.RecipientType.TO)[0].toString()).contains(amara);
      assertThat(read.getRecipients(Message.RecipientType.CC)).hasSize(1);
      assertThat(read.getRecipients(Message.RecipientType.CC)[0].toString()).isEqualTo(bo);
      assertThat(raw).doesNotContain(chef).doesNotContain("It snapped.");
    }
    assertThat(post.lettersTo(bo)).hasSize(1);
    assertThat(copiedOf("For all")).containsExactly(bo);
    assertThat(
            List.of(amara, bo, chef).stream()
                .map(one -> post.outbox().replyToOf(letterTo(one, "For all"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void who_is_in_copy_joins_by_their_own_letter_only() throws IOException {
    reply("Hello both", new Copies(List.of(address(bo)), List.of()));
    String bosWay = post.outbox().replyToOf(letterTo(bo, "Hello both"));
    String amarasWay = post.outbox().replyToOf(letterTo(amara, "Hello both"));

    post.deliver(mail(bo, bosWay, "Re", "I have it here."));
    post.deliver(mail(amara, bosWay, "Re", "By Bo's letter as Amara."));
    post.deliver(mail(bo, amarasWay, "Re", "By Amara's letter as Bo."));
    post.deliver(mail(unique("mallory"), bosWay, "Re", "Me too."));

    assertThat(post.texts(ticket)).containsExactly("It snapped.", "Hello both", "I have it here.");
    assertThat(post.ledgerKinds(ticket)).filteredOn("ticket.stranger-answered"::equals).hasSize(3);
  }

  @Test
  void who_was_taken_out_joins_no_more() throws IOException {
    reply("Hello both", new Copies(List.of(address(bo)), List.of()));
    String way = post.outbox().replyToOf(letterTo(bo, "Hello both"));
    reply("Amara alone now", Copies.NONE);

    post.deliver(mail(bo, way, "Re", "Am I still in?"));

    assertThat(post.texts(ticket)).doesNotContain("Am I still in?");
    assertThat(post.latestOf(bo)).isNotEqualTo(ticket);
    reply("In again", new Copies(List.of(address(bo)), List.of()));
    post.deliver(mail(bo, way, "Re", "Yes."));
    assertThat(post.texts(ticket)).contains("Yes.");
  }

  @Test
  void a_machine_in_copy_is_heard_and_answered_by_none() throws IOException {
    reply("Hello both", new Copies(List.of(address(bo)), List.of()));
    String way = post.outbox().replyToOf(letterTo(bo, "Hello both"));

    post.deliver(
        mail(bo, way, "Away", "I am on leave.")
            .replaceFirst("\n", "\nAuto-Submitted: auto-replied\n"));

    assertThat(post.ledgerKinds(ticket)).endsWith("ticket.automatic-mail");
    assertThat(post.acknowledge(ticket)).isFalse();
    assertThat(post.lettersTo(bo)).hasSize(1);
  }

  @Test
  void what_was_typed_is_read_or_each_that_is_wrong_is_named() {
    assertThat(read("a@b.example; Cee <C@d.example>\n a@b.example").expected().cc())
        .containsExactly(address("a@b.example"), address("c@d.example"));
    assertThat(read("a@b.example, nobody, ours@b.example, x@y@z"))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            refused ->
                assertThat(refused.detail())
                    .contains("“nobody” is not an address", "“x@y@z” is not an address")
                    .contains("“ours@b.example” is one of our own addresses"));
  }

  private static Outcome<Copies> read(String typed) {
    return Copies.read(typed, "", address -> address.local().equals("ours"));
  }

  private List<String> copied() {
    return preferences.on(ticket, ines.id()).copied();
  }

  private List<String> copiedOf(String text) {
    return post.database()
        .sql(
            """
            select address from copied
            join message using (ticket_id, revision)
            where ticket_id = :ticket and text = :text
            """)
        .param("ticket", ticket.value())
        .param("text", text)
        .query((row, _) -> row.getString("address"))
        .list();
  }

  private Letter letterTo(String address, String text) {
    return post.lettersTo(address).stream()
        .filter(sent -> sent.content().text().equals(text))
        .findFirst()
        .flatMap(sent -> post.outbox().withId(sent.id()))
        .orElseThrow();
  }

  private String raw(Letter letter) throws IOException, MessagingException {
    var out = new ByteArrayOutputStream();
    writer.write(letter, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void reply(String text, @Nullable Copies copies) {
    var _ =
        post.correspondence()
            .reply(ticket, new Reply(new Written(text, null), List.of(), copies, null), ines);
  }

  private static EmailAddress address(String text) {
    return EmailAddress.parse(text).orElseThrow();
  }
}
