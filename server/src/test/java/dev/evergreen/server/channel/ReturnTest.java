package dev.evergreen.server.channel;

import static dev.evergreen.server.channel.PostOffice.mail;
import static dev.evergreen.server.channel.PostOffice.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.reopening.ReopenPolicies;
import dev.evergreen.server.ticket.reopening.ReopenPolicy;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Customers who answer by mail on a ticket that was closed, under each policy of its team.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(PostOffice.class)
class ReturnTest {
  @Autowired PostOffice post;
  @Autowired Teams teams;
  @Autowired Assignments assignments;
  @Autowired Settlements settlements;
  @Autowired ReopenPolicies policies;
  @Autowired JdbcClient database;

  @Test
  void unless_somebody_says_otherwise_a_closed_ticket_opens_again() throws IOException {
    var before = closed(team(null), 400);

    answer(before);

    assertThat(post.ticket(before.ticket()).isClosed()).isFalse();
    assertThat(post.ticketsOf(before.customer())).hasSize(1);
  }

  @Test
  void where_it_never_opens_again_the_customer_gets_a_new_ticket_that_goes_on_from_it()
      throws IOException {
    TeamId team = team(new ReopenPolicy.Never());
    var before = closed(team, 0);

    answer(before);

    assertThat(post.ticket(before.ticket()).isClosed()).isTrue();
    TicketId now = post.latestOf(before.customer());
    assertThat(now).isNotEqualTo(before.ticket());
    assertThat(post.texts(now)).containsExactly("It broke again.");
    assertThat(post.ticket(now).subject()).isEqualTo("Tent pole");
    assertThat(post.ticket(now).assignment().team()).isEqualTo(team);
    assertThat(post.ledgerKinds(before.ticket())).endsWith("ticket.continued");
    assertThat(post.ledgerKinds(now)).containsExactly("ticket.opened", "ticket.continues");
  }

  @Test
  void within_some_days_it_opens_again_and_later_there_is_a_new_one() throws IOException {
    TeamId team = team(new ReopenPolicy.Within(14));
    var soon = closed(team, 13);
    var late = closed(team, 15);

    answer(soon);
    answer(late);

    assertThat(post.ticket(soon.ticket()).isClosed()).isFalse();
    assertThat(post.ticketsOf(soon.customer())).hasSize(1);
    assertThat(post.ticket(late.ticket()).isClosed()).isTrue();
    assertThat(post.ticketsOf(late.customer())).hasSize(2);
  }

  @Test
  void what_is_answered_on_the_new_ticket_joins_the_new_ticket() throws IOException {
    var before = closed(team(new ReopenPolicy.Never()), 0);
    answer(before);
    TicketId now = post.latestOf(before.customer());
    Letter letter = post.answer(now, "A new one is on its way.");

    post.deliver(
        mail(before.customer(), post.outbox().replyToOf(letter), "Re: pole", "Thank you."));

    assertThat(post.texts(now)).endsWith("Thank you.");
    assertThat(post.ticketsOf(before.customer())).hasSize(2);
  }

  @Test
  void a_solved_ticket_that_is_not_closed_is_never_taken_apart() throws IOException {
    TeamId team = team(new ReopenPolicy.Never());
    var writer = unique("amara");
    TicketId ticket = post.open(writer, "Tent pole", "It snapped.");
    var _ = assignments.assign(ticket, team, null, null, Actor.SYSTEM).expected();
    Letter letter = post.answer(ticket, "A new one is on its way.");

    post.deliver(mail(writer, post.outbox().replyToOf(letter), "Re: pole", "And a bag?"));

    assertThat(post.ticketsOf(writer)).hasSize(1);
    assertThat(post.texts(ticket)).endsWith("And a bag?");
  }

  private record Closed(TicketId ticket, String customer, Letter letter) {}

  private Closed closed(TeamId team, int days) throws IOException {
    var writer = unique("amara");
    TicketId ticket = post.open(writer, "Tent pole", "It snapped.");
    var _ = assignments.assign(ticket, team, null, null, Actor.SYSTEM).expected();
    Letter letter = post.answer(ticket, "A new one is on its way.");
    var _ = settlements.close(ticket, "resolved", null, Actor.SYSTEM).expected();
    database
        .sql(
            """
            update ticket set closed_at = closed_at - make_interval(days => :days)
            where id = :ticket
            """)
        .param("days", days)
        .param("ticket", ticket.value())
        .update();
    return new Closed(ticket, writer, letter);
  }

  private void answer(Closed before) throws IOException {
    post.deliver(
        mail(
            before.customer(),
            post.outbox().replyToOf(before.letter()),
            "Re: Tent pole",
            "It broke again."));
  }

  private TeamId team(@Nullable ReopenPolicy policy) {
    var _ = post.agent(Role.AGENT);
    var key = "returns-" + unique("t").replaceAll("\\D", "");
    TeamId team = teams.create(key, key, Actor.SYSTEM).expected().id();
    policies.set(team, Optional.ofNullable(policy));
    return team;
  }
}
