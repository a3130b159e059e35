package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.composing.Draft;
import dev.evergreen.server.ticket.composing.DraftFiles;
import dev.evergreen.server.ticket.composing.Drafts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// What is sent and has not gone out yet.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class HeldRepliesTest {
  @Autowired PostOffice post;
  @Autowired HeldReplies held;
  @Autowired Drafts drafts;
  @Autowired DraftFiles draftFiles;
  @Autowired Files files;
  @Autowired Work work;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Agent ines;

  @SuppressWarnings("NullAway.Init")
  String amara;

  @SuppressWarnings("NullAway.Init")
  TicketId ticket;

  @BeforeEach
  void open() throws IOException {
    ines = post.agent(Role.AGENT);
    amara = unique("amara");
    ticket = post.open(amara, "Tent pole", "It snapped.");
  }

  @Test
  void what_is_held_is_no_message_until_its_time_and_then_exactly_one() {
    hold(Duration.ofHours(1), false, "Not yet.");
    hold(Duration.ofMillis(-1), false, "A new one comes.");

    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();

    assertThat(post.texts(ticket)).containsOnlyOnce("A new one comes.").doesNotContain("Not yet.");
    assertThat(post.lettersTo(amara).stream().map(letter -> letter.content().text()))
        .containsOnlyOnce("A new one comes.")
        .doesNotContain("Not yet.");
    assertThat(held.of(ticket, ines)).hasSize(1);
  }

  @Test
  void taken_back_it_is_in_the_composer_again_with_its_files() {
    var words = Written.of("", "<p>A <strong>new</strong> one</p>");
    var file =
        new NewAttachment(
            files.store(new ByteArrayInputStream(new byte[] {1})), "terms.pdf", "x/y", 1, null);
    var id =
        held.hold(
            ticket(), new Reply(words, List.of(file)), plan(Duration.ofHours(1), false), ines);
    drafts.keep(ticket, ines.id(), new Draft(Draft.Kind.REPLY, "PS: bye"));

    assertThat(held.takeBack(ticket, id, post.agent(Role.AGENT)))
        .isInstanceOf(Outcome.Rejected.class);
    held.takeBack(ticket, id, ines).expected();

    assertThat(drafts.of(ticket, ines.id()).orElseThrow().html())
        .contains("<strong>new</strong>", "PS: bye");
    assertThat(draftFiles.of(ticket, ines.id())).hasSize(1);
    assertThat(held.of(ticket, ines)).isEmpty();
    assertThat(held.takeBack(ticket, id, ines)).isInstanceOf(Outcome.Rejected.class);
    assertThat(post.texts(ticket)).doesNotContain(words.text());
  }

  @Test
  void what_the_customer_says_meanwhile_holds_a_scheduled_answer_back() throws IOException {
    var letter = post.answer(ticket, "Which pole is it?");
    var before = ticket();
    post.deliver(mail(amara, post.outbox().replyToOf(letter), "Re", "Solved it, thanks!"));
    var id =
        held.hold(
            before,
            new Reply("We will send one.", List.of()),
            plan(Duration.ofMillis(-1), true),
            ines);

    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();

    assertThat(post.texts(ticket)).doesNotContain("We will send one.");
    assertThat(post.ledgerKinds(ticket)).contains("message.scheduled", "message.held-back");
    assertThat(held.of(ticket, post.agent(Role.AGENT)))
        .singleElement()
        .satisfies(one -> assertThat(one.isHeldBack()).isTrue());
    held.reschedule(ticket(), id, clock.instant().minusMillis(1), ines).expected();
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    assertThat(post.texts(ticket)).endsWith("We will send one.");
  }

  @Test
  void of_those_who_send_and_take_back_at_once_one_wins() throws Exception {
    for (int round = 0; round < 10; round++) {
      var id = hold(Duration.ofMillis(30), false, "Round " + round);
      try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Outcome<String>> undo = () -> held.takeBack(ticket, id, ines);
        Callable<Outcome<String>> now = () -> held.sendNow(ticket, id, ines);
        var answers = people.invokeAll(List.of(undo, now, undo));
        assertThat(work.settle(Duration.ofSeconds(20))).isTrue();

        long sent = post.texts(ticket).stream().filter(("Round " + round)::equals).count();
        boolean isBack = drafts.of(ticket, ines.id()).isPresent();
        assertThat(sent).as("%s", answers).isEqualTo(isBack ? 0 : 1);
      }
      drafts.drop(ticket, ines.id());
    }
  }

  private HeldReply.Id hold(Duration from, boolean scheduled, String text) {
    return held.hold(ticket(), new Reply(text, List.of()), plan(from, scheduled), ines);
  }

  private HeldReply.Plan plan(Duration from, boolean scheduled) {
    return new HeldReply.Plan(clock.instant().plus(from), scheduled, null);
  }

  private Ticket ticket() {
    return post.ticket(ticket);
  }
}
