package dev.evergreen.server.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class FollowUpsTest extends TicketTest {
  @Autowired FollowUps followUps;
  @Autowired ViewPages pages;
  @Autowired TransactionTemplate transactions;
  @Autowired JdbcClient jdbc;

  @Test
  void what_was_promised_brings_the_ticket_back_and_stays_until_it_is_kept() {
    var ines = agent(Role.AGENT);
    var id = pending(ines);
    var before = ticket(id).moments().updatedAt();
    var at = in(Duration.ofHours(2));

    var set = followUps.set(id, " We call you back ", at, ines).expected();
    assertThat(set.promise()).isEqualTo("We call you back");
    assertThat(set.isDue()).isFalse();
    assertThat(dueOf(id)).isEqualTo(at);
    fire(id, at);

    assertThat(ticket(id).state().status()).isEqualTo(Status.OPEN);
    assertThat(ticket(id).moments().updatedAt()).isAfter(before);
    assertThat(followUps.of(id).orElseThrow().isDue()).isTrue();
    var _ = followUps.kept(id, ines).expected();
    assertThat(followUps.of(id)).isEmpty();
    assertThat(kinds(id))
        .endsWith("ticket.follow-up-set", "ticket.came-back", "ticket.promise-kept");
    assertThat(followUps.kept(id, ines)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void a_promise_that_is_changed_has_one_time_and_one_that_is_taken_back_has_none() {
    var ines = agent(Role.AGENT);
    var id = pending(ines);
    var later = in(Duration.ofHours(5));

    var _ = followUps.set(id, "A call", in(Duration.ofHours(2)), ines).expected();
    var _ = followUps.set(id, "A call", later, ines).expected();
    assertThat(dueOf(id)).isEqualTo(later);
    var _ = followUps.cancel(id, ines).expected();

    assertThat(dueOf(id)).isNull();
    assertThat(kinds(id))
        .endsWith("ticket.follow-up-set", "ticket.follow-up-changed", "ticket.follow-up-canceled");
    fire(id, later);
    assertThat(ticket(id).state().status()).isEqualTo(Status.PENDING);
  }

  @Test
  void what_was_put_aside_is_not_on_ones_list_until_it_comes_back_or_somebody_writes() {
    var ines = agent(Role.AGENT);
    var id = pending(ines);
    var other = pending(ines);
    var at = in(Duration.ofHours(2));
    assertThat(mine(ines)).containsExactlyInAnyOrder(id, other);

    var _ = followUps.set(id, "", at, ines).expected();
    var _ = followUps.set(other, "", at, ines).expected();
    assertThat(mine(ines)).isEmpty();
    conversations.receive(other, message(Actor.SYSTEM, "One more thing."));
    assertThat(mine(ines)).containsExactly(other);
    fire(id, at);

    assertThat(mine(ines)).contains(id);
    assertThat(followUps.of(id)).isEmpty();
  }

  @Test
  void only_a_time_ahead_and_an_open_ticket_will_do() {
    var ines = agent(Role.AGENT);
    var id = pending(ines);

    assertThat(detail(followUps.set(id, "", in(Duration.ofMinutes(-1)), ines)))
        .contains("lies ahead");
    assertThat(detail(followUps.set(id, "", in(Duration.ofDays(900)), ines)))
        .contains("within two years");
    assertThat(detail(followUps.set(id, "x".repeat(201), in(Duration.ofDays(1)), ines)))
        .contains("at most 200");
    var _ = followUps.set(id, "", in(Duration.ofDays(1)), ines).expected();
    var _ = settlements.close(id, "resolved", null, ines.actor()).expected();
    fire(id, in(Duration.ofDays(1)));
    assertThat(ticket(id).isClosed()).as("closed stays closed").isTrue();
    assertThat(detail(followUps.set(id, "", in(Duration.ofDays(1)), ines))).contains("is closed");
  }

  private TicketId pending(Agent agent) {
    var id = open(customer(), "Tent", "It leaks.").id();
    conversations.reply(id, message(agent.actor(), "A photo, please."), agent.actor());
    return id;
  }

  private List<TicketId> mine(Agent agent) {
    return pages
        .page(View.MINE.terms(), null, 50, new Viewpoint(agent, clock.instant(), ZoneOffset.UTC))
        .rows()
        .stream()
        .map(row -> row.ticket().id())
        .toList();
  }

  private Instant in(Duration time) {
    return clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS);
  }

  private void fire(TicketId id, Instant at) {
    transactions.executeWithoutResult(
        _ -> followUps.fire(new Due.Item("ticket.follow-up", "" + id.value(), at, Map.of())));
  }

  private @Nullable Instant dueOf(TicketId id) {
    return jdbc.sql("select at from due where kind = 'ticket.follow-up' and key = :key")
        .param("key", "" + id.value())
        .query((row, _) -> TicketRows.at(row, "at"))
        .optional()
        .orElse(null);
  }

  private static String detail(Outcome<?> outcome) {
    return outcome.fold(String::valueOf, Outcome.Rejected::detail);
  }
}
