package dev.evergreen.server.ticket.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import dev.evergreen.server.ticket.composing.Macros;
import dev.evergreen.server.ticket.relation.Merges;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    mode = BootstrapMode.ALL_DEPENDENCIES,
    extraIncludes = {"customer", "team"},
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class BulkChangesTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired BulkChanges bulk;
  @Autowired Tickets tickets;
  @Autowired Assignments assignments;
  @Autowired Settlements settlements;
  @Autowired Customers customers;
  @Autowired Agents agents;
  @Autowired Ledger ledger;
  @Autowired DatabaseClock clock;
  @Autowired Work work;
  @Autowired Statuses statuses;
  @Autowired Tags tags;
  @Autowired Macros macros;
  @Autowired Merges merges;
  @Autowired JdbcClient jdbc;

  @Test
  void each_ticket_is_changed_for_itself_and_the_whole_is_undone() {
    var ines = agent(Role.AGENT);
    var pavel = agent(Role.AGENT);
    var seen = open(60);
    var moved = seen.keySet().iterator().next();
    var late = seen.keySet().stream().skip(1).findFirst().orElseThrow();
    assignments.assign(moved, null, pavel.id(), null, pavel.actor()).expected();

    var assign = new BulkChange.Assign(BulkChange.LEAVE, "" + ines.id().value());
    long id = bulk.begin(assign, seen, ines).expected();
    settle();

    var progress = bulk.progress(id, ines).orElseThrow();
    assertThat(progress.state()).isEqualTo(BulkProgress.State.DONE);
    assertThat(progress.numbers()).isEqualTo(new BulkProgress.Numbers(60, 0, 59, 1, 0));
    assertThat(progress.skipped())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.ticket()).isEqualTo(moved);
          assertThat(one.reason()).contains("has changed since");
        });
    assertThat(ticket(moved).assignment().agent()).isEqualTo(pavel.id());
    assertThat(ticket(late).assignment().agent()).isEqualTo(ines.id());
    assertThat(ledger.of(late.subject(), 10))
        .extracting(Ledger.Entry::kind)
        .contains("ticket.assigned");
    assertThat(bulk.progress(id, pavel)).isEmpty();
    assertThat(bulk.undo(id, pavel)).isInstanceOf(Outcome.Rejected.class);

    settlements.close(late, "resolved", null, pavel.actor()).expected();
    bulk.undo(id, ines).expected();
    settle();

    progress = bulk.progress(id, ines).orElseThrow();
    assertThat(progress.state()).isEqualTo(BulkProgress.State.UNDONE);
    assertThat(progress.numbers().restored()).isEqualTo(58);
    assertThat(progress.skipped()).extracting(BulkProgress.Skipped::ticket).contains(late, moved);
    assertThat(seen.keySet().stream().skip(2))
        .allSatisfy(one -> assertThat(ticket(one).assignment().agent()).isNull());
    assertThat(bulk.undo(id, ines)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void closing_and_sorting_are_taken_back_too() {
    var ines = agent(Role.AGENT);
    var seen = open(3);

    long sorted = bulk.begin(new BulkChange.Prioritize(Priority.URGENT), seen, ines).expected();
    settle();
    assertThat(seen.keySet())
        .allSatisfy(one -> assertThat(ticket(one).state().priority()).isEqualTo(Priority.URGENT));
    bulk.undo(sorted, ines).expected();
    settle();
    assertThat(seen.keySet())
        .allSatisfy(one -> assertThat(ticket(one).state().priority()).isEqualTo(Priority.NORMAL));

    long closed = bulk.begin(new BulkChange.Close("silent"), now(seen), ines).expected();
    settle();
    assertThat(seen.keySet()).allSatisfy(one -> assertThat(ticket(one).isClosed()).isTrue());
    bulk.undo(closed, ines).expected();
    settle();
    assertThat(seen.keySet()).allSatisfy(one -> assertThat(ticket(one).isClosed()).isFalse());
  }

  @Test
  void statuses_and_tags_are_taken_back_with_all_that_they_changed() {
    var ines = agent(Role.AGENT);
    var seen = open(3);
    var solved =
        statuses.all().offered().stream()
            .filter(status -> status.category() == Status.SOLVED)
            .findFirst()
            .orElseThrow();

    long put =
        bulk.begin(
                new BulkChange.SetStatus(solved.id().value(), solved.name(), "resolved"),
                seen,
                ines)
            .expected();
    settle();
    assertThat(seen.keySet())
        .allSatisfy(one -> assertThat(ticket(one).state().status()).isEqualTo(Status.SOLVED));
    bulk.undo(put, ines).expected();
    settle();
    assertThat(bulk.progress(put, ines).orElseThrow().numbers().restored()).isEqualTo(3);
    assertThat(seen.keySet())
        .allSatisfy(one -> {
          assertThat(ticket(one).state().status()).isEqualTo(Status.NEW);
          assertThat(ticket(one).state().outcome()).isEmpty();
        });

    var first = seen.keySet().iterator().next();
    tags.add(first, "recall", ines.actor()).expected();
    long tagged = bulk.begin(new BulkChange.Tag("recall", ""), now(seen), ines).expected();
    settle();
    assertThat(seen.keySet()).allSatisfy(one -> assertThat(tagsOf(one)).contains("recall"));
    bulk.undo(tagged, ines).expected();
    settle();
    assertThat(tagsOf(first)).containsExactly("recall");
    assertThat(seen.keySet().stream().skip(1)).allSatisfy(one -> assertThat(tagsOf(one)).isEmpty());
  }

  @Test
  void a_macro_is_used_on_each_and_taken_back_as_a_whole() {
    var ines = agent(Role.AGENT);
    var effects = new MacroEffects(Priority.URGENT, "refund", null, true, null);
    var macro =
        macros
            .add(
                new Macro(
                    0, "To refunds " + ines.id(), new Macro.Scope.Own(ines.id()), "", effects, 0),
                ines)
            .expected();
    var seen = open(3);
    var moved = seen.keySet().iterator().next();
    assignments.assign(moved, null, ines.id(), null, ines.actor()).expected();

    var use = new BulkChange.UseMacro(macro.id(), macro.name(), false);
    long id = bulk.begin(use, seen, ines).expected();
    settle();

    var progress = bulk.progress(id, ines).orElseThrow();
    assertThat(progress.words()).isEqualTo("Use “" + macro.name() + "”");
    assertThat(progress.numbers()).isEqualTo(new BulkProgress.Numbers(3, 0, 2, 1, 0));
    assertThat(progress.skipped()).extracting(BulkProgress.Skipped::ticket).containsExactly(moved);
    assertThat(seen.keySet().stream().skip(1).map(this::ticket))
        .allSatisfy(one -> {
          assertThat(one.state().category()).isEqualTo("refund");
          assertThat(one.assignment().agent()).isEqualTo(ines.id());
        });

    bulk.undo(id, ines).expected();
    settle();
    assertThat(seen.keySet().stream().skip(1).map(this::ticket))
        .allSatisfy(one -> {
          assertThat(one.state().category()).isEmpty();
          assertThat(one.state().priority()).isEqualTo(Priority.NORMAL);
          assertThat(one.assignment().agent()).isNull();
        });

    var strangers = new BulkChange.UseMacro(macro.id(), macro.name(), false);
    long others = bulk.begin(strangers, open(1), agent(Role.AGENT)).expected();
    settle();
    assertThat(
            jdbc.sql("select reason from bulk_ticket where bulk_id = :id")
                .param("id", others)
                .query((row, _) -> row.getString(1))
                .single())
        .contains("changed or removed");
  }

  @Test
  void many_live_on_in_one_and_are_tickets_of_their_own_again() {
    var ines = agent(Role.AGENT);
    var target = open(1).keySet().iterator().next();
    var seen = open(3);

    long id = bulk.begin(new BulkChange.MergeInto(target), seen, ines).expected();
    settle();

    assertThat(bulk.progress(id, ines).orElseThrow().numbers().changed()).isEqualTo(3);
    assertThat(merges.into(target)).hasSize(3);
    assertThat(seen.keySet().stream().map(this::ticket)).allMatch(Ticket::isClosed);

    bulk.undo(id, ines).expected();
    settle();
    assertThat(bulk.progress(id, ines).orElseThrow().numbers().restored()).isEqualTo(3);
    assertThat(merges.into(target)).isEmpty();
    assertThat(seen.keySet().stream().map(this::ticket)).noneMatch(Ticket::isClosed);
  }

  @Test
  void answers_wait_a_moment_in_which_they_can_be_stopped() {
    var ines = agent(Role.AGENT);
    var seen = open(2);

    long id = bulk.begin(new BulkChange.Answer("New zips are here.", null), seen, ines).expected();
    settle();
    assertThat(bulk.progress(id, ines).orElseThrow().numbers().waiting()).isEqualTo(2);
    bulk.stop(id, ines).expected();
    settle();

    var progress = bulk.progress(id, ines).orElseThrow();
    assertThat(progress.state()).isEqualTo(BulkProgress.State.DONE);
    assertThat(progress.numbers().skipped()).isEqualTo(2);
    assertThat(bulk.stop(id, ines)).isInstanceOf(Outcome.Rejected.class);
  }

  private List<String> tagsOf(TicketId id) {
    return tags.names(ticket(id).state().sorted().tags());
  }

  @Test
  void what_somebody_may_not_see_they_do_not_change() {
    var helper = agent(Role.COLLABORATOR);
    var seen = open(1);

    long id = bulk.begin(new BulkChange.Categorize("refund"), seen, helper).expected();
    settle();

    assertThat(bulk.progress(id, helper).orElseThrow().skipped()).hasSize(1);
    assertThat(ticket(seen.keySet().iterator().next()).state().category()).isEmpty();
    assertThat(bulk.begin(new BulkChange.Categorize("x"), Map.of(), helper))
        .isInstanceOf(Outcome.Rejected.class);
  }

  private void settle() {
    assertThat(work.settle(Duration.ofSeconds(30))).isTrue();
  }

  private Map<TicketId, Long> now(Map<TicketId, Long> some) {
    var now = new LinkedHashMap<TicketId, Long>();
    some.keySet().forEach(id -> now.put(id, ticket(id).revision()));
    return now;
  }

  private Map<TicketId, Long> open(int number) {
    var seen = new LinkedHashMap<TicketId, Long>();
    for (int i = 0; i < number; i++) {
      var kim = customers.recognize("bulk" + NUMBER.incrementAndGet() + "@sato.example", "Kim");
      var said = new NewMessage(kim.actor(), "Words", null, List.of(), clock.instant(), null);
      var ticket = tickets.open(new NewTicket("Bulk", kim.id(), "email", said, null));
      seen.put(ticket.id(), ticket.revision());
    }
    return seen;
  }

  private Ticket ticket(TicketId id) {
    return tickets.withId(id).orElseThrow();
  }

  private Agent agent(Role role) {
    var email = "bulk" + NUMBER.incrementAndGet() + "@ridge.example";
    return agents.add(new NewAgent("Ines", email, role, List.of()), Actor.SYSTEM).expected();
  }
}
