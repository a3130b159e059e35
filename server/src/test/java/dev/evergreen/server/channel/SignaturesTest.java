package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.TicketId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// What stands under answers.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class SignaturesTest {
  @Autowired PostOffice post;
  @Autowired Signatures signatures;

  @SuppressWarnings("NullAway.Init")
  Agent ines;

  @SuppressWarnings("NullAway.Init")
  TicketId ticket;

  @BeforeEach
  void open() throws IOException {
    ines = post.agent(Role.LEAD);
    ticket = post.open(unique("amara"), "Tent pole", "It snapped.");
  }

  @AfterEach
  void leave() {
    signatures.all().forEach(one -> signatures.remove(one.id(), one.revision(), ines).expected());
  }

  @Test
  void the_closest_one_stands_under_a_letter_once_and_not_in_the_message() {
    add("", "", "{{ agent.name }}, {{ organization.name }}");
    add("", "de", "Mit freundlichen Grüßen\n{{ agent.name }}");
    add(PostOffice.SUPPORT, "", "Support, {{ agent.name }}");
    add(PostOffice.SUPPORT, "de", "Kundendienst, {{ agent.name }}");

    assertThat(letter("We send a new one and you keep the old one.", null).content().text())
        .endsWith("old one.\n\n-- \nSupport, " + ines.name());
    assertThat(
            letter("Wir senden Ihnen die neue Stange, das ist kein Problem.", null)
                .content()
                .text())
        .endsWith("\n\n-- \nKundendienst, " + ines.name());
    var formatted = letter("See here", "<p>See <strong>here</strong></p>").content();
    assertThat(formatted.html()).contains("<strong>here</strong>").endsWith(ines.name() + "</p>\n");
    assertThat(letter("Yours\n\nSupport, " + ines.name(), null).content().text())
        .doesNotContain("-- ");
    assertThat(post.texts(ticket)).noneMatch(text -> text.contains("-- \n"));
  }

  @Test
  void there_is_one_for_a_mailbox_and_a_language_and_only_for_our_own() {
    add("", "en", "Bye");

    assertThat(signatures.add(new Signature(0, "", "en", "Bye again", 0), ines))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(signatures.add(new Signature(0, "them@other.example", "", "Bye", 0), ines))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(signatures.add(new Signature(0, "", "", "{% broken", 0), ines))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(signatures.add(new Signature(0, "", "tlh", "Qapla’", 0), ines))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(signatures.all()).hasSize(1);
  }

  private void add(String mailbox, String language, String text) {
    var _ = signatures.add(new Signature(0, mailbox, language, text, 0), ines).expected();
  }

  private Letter letter(String text, @Nullable String html) {
    var _ =
        post.correspondence().reply(ticket, new Reply(new Written(text, html), List.of()), ines);
    return post.latestLetter(ticket);
  }
}
