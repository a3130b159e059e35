package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.DueReaction;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Mails that gather what agents have not looked at, with a mail server that takes none for now.
@TestPropertySource(properties = "evergreen.mail.relay=smtp://127.0.0.1:1")
class DigestWebTest extends WebTest {
  private static final String KINDS = "MENTION,ASSIGNED,ANSWER,FOLLOWED";

  @Autowired Tickets tickets;
  @Autowired Conversations conversations;
  @Autowired Customers customers;
  @Autowired Work work;
  @Autowired DatabaseClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;
  @Autowired List<DueReaction> reactions;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @SuppressWarnings("NullAway.Init")
  Agent brigitte;

  @SuppressWarnings("NullAway.Init")
  Visitor there;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada Moreno", Role.AGENT);
    brigitte = somebody("Brigitte" + number() + " Roux", Role.AGENT);
    there = signedIn(brigitte);
  }

  @Test
  void what_is_unread_is_gathered_into_one_mail_however_many_nodes_send_it() throws Exception {
    choose(Map.of("page", KINDS, "mail", KINDS, "every", "15"));
    var poles = ticket("Broken poles");
    var seams = ticket("Open seams");
    mention(poles);
    mention(poles);
    mention(seams);

    var due = dueAt();
    var both = Executors.newFixedThreadPool(2);
    var start = new CyclicBarrier(2);
    Callable<Boolean> node =
        () -> {
          start.await();
          fire();
          return true;
        };
    for (var fired : both.invokeAll(Collections.nCopies(2, node))) {
      assertThat(fired.get()).isTrue();
    }
    both.shutdown();

    assertThat(Duration.between(clock.instant(), due)).isBetween(minutes(13), minutes(15));
    assertThat(letters()).hasSize(1);
    assertThat(letters().getFirst())
        .contains("Hello " + brigitte.name(), "Broken poles", "Open seams", poles.toString())
        .containsOnlyOnce("Open seams");
  }

  @Test
  void what_was_looked_at_or_is_not_wanted_by_mail_is_in_none() {
    choose(Map.of("page", KINDS, "mail", "MENTION", "every", "60"));
    var poles = ticket("Broken poles");
    mention(poles);
    there.get("/tickets/" + poles.value());
    fire();
    assertThat(letters()).isEmpty();

    var seams = ticket("Open seams");
    var _ = there.post("/tickets/" + seams.value() + "/following", Map.of("on", "true"));
    answer(seams);
    fire();
    assertThat(letters()).isEmpty();
    assertThat(there.get("/notifications/bell").body()).contains("1 unread");
  }

  @Test
  void what_is_wanted_by_mail_alone_rings_no_bell() {
    choose(Map.of("mail", "MENTION", "every", "15"));
    mention(ticket("Broken poles"));
    fire();

    assertThat(letters()).hasSize(1);
    assertThat(there.get("/notifications/bell").body()).doesNotContain("unread");
    assertThat(there.get("/notifications").body()).doesNotContain("Broken poles");
  }

  @Test
  void the_link_in_a_mail_ends_them_when_its_button_is_pressed() {
    choose(Map.of("page", KINDS, "mail", KINDS, "every", "15"));
    mention(ticket("Broken poles"));
    fire();
    var text = letters().getFirst();
    var link = text.substring(text.indexOf("/digest/")).strip();

    var stranger = stranger();
    assertThat(stranger.get(link.substring(0, link.length() - 1) + "x").statusCode())
        .isEqualTo(404);
    assertThat(stranger.get(link).body()).contains("No more of these mails");
    mention(ticket("Open seams"));
    fire();
    assertThat(letters()).hasSize(2);
    assertThat(stranger.post(link, Map.of()).body()).contains("none of these mails any more");
    mention(ticket("Wet floor"));
    fire();

    assertThat(letters()).hasSize(2);
    assertThat(there.get("/account/notifications").body())
        .contains("<option value=\"0\" selected>Never");
  }

  private void choose(Map<String, String> wanted) {
    there.get("/account/notifications");
    assertThat(there.post("/account/notifications", wanted).statusCode()).isEqualTo(302);
  }

  private void mention(TicketId ticket) {
    conversations.note(ticket, "@" + brigitte.name() + " do you know this?", ada);
    settle();
  }

  private void answer(TicketId ticket) {
    var customer = customers.withId(tickets.withId(ticket).orElseThrow().customer()).orElseThrow();
    conversations.receive(
        ticket, new NewMessage(customer.actor(), "And?", null, List.of(), clock.instant(), null));
    settle();
  }

  /// As a node does when the time has come.
  private void fire() {
    var digests = reactions.stream().filter(one -> one.kind().equals("ticket.digest")).findFirst();
    var item = new Due.Item("ticket.digest", "" + brigitte.id().value(), clock.instant(), Map.of());
    new TransactionTemplate(transactions)
        .executeWithoutResult(_ -> digests.orElseThrow().fire(item));
  }

  private Instant dueAt() {
    return jdbc.sql("select at from due where kind = 'ticket.digest' and key = :key")
        .param("key", "" + brigitte.id().value())
        .query((row, _) -> row.getTimestamp("at").toInstant())
        .single();
  }

  private List<String> letters() {
    return jdbc.sql("select text from outbox where recipient = :address order by id")
        .param("address", brigitte.email())
        .query((row, _) -> row.getString("text"))
        .list();
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  private void settle() {
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
  }

  private TicketId ticket(String subject) {
    var customer = customers.recognize("digest" + number() + "@weber.example", "Jonas Weber");
    var first =
        new NewMessage(customer.actor(), "Please help.", null, List.of(), clock.instant(), null);
    var opened = tickets.open(new NewTicket(subject, customer.id(), "email", first, null));
    settle();
    return opened.id();
  }
}
