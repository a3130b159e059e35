package dev.evergreen.server.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Call;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.automation.TicketActions;
import dev.evergreen.server.ticket.automation.TicketFacts;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPage;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    mode = BootstrapMode.ALL_DEPENDENCIES,
    extraIncludes = {"customer", "team"},
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class TicketModuleTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired Tickets tickets;
  @Autowired Settlements settlements;
  @Autowired Conversations conversations;
  @Autowired Assignments assignments;
  @Autowired TicketActions.Update update;
  @Autowired TicketActions.Assign assign;
  @Autowired TicketActions.Close close;
  @Autowired TicketFacts.TicketSource facts;
  @Autowired Customers customers;
  @Autowired Agents agents;
  @Autowired Teams teams;
  @Autowired Ledger ledger;
  @Autowired DatabaseClock clock;
  @Autowired ViewPages pages;

  @Test
  void a_ticket_lives_from_the_first_message_to_its_return() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var id = open(amara, null).id();

    var _ = conversations.reply(id, message(ines.actor(), "A 39 is on its way."), ines.actor());
    assertThat(ticket(id).state().status()).isEqualTo(Status.PENDING);
    assertThat(ticket(id).assignment().agent()).isEqualTo(ines.id());
    var _ = settlements.confirmSolution(id, amara.actor());
    var _ = settlements.close(id, "resolved", null, Actor.SYSTEM).expected();
    var _ = conversations.receive(id, message(amara.actor(), "It is a 41 again."));

    assertThat(ticket(id).state().status()).isEqualTo(Status.OPEN);
    assertThat(ledger.of(id.subject(), 50))
        .extracting(Ledger.Entry::kind)
        .containsExactly(
            "ticket.opened",
            "ticket.agent-replied",
            "ticket.solution-confirmed",
            "ticket.closed",
            "ticket.customer-replied",
            "ticket.reopened");
    assertThat(facts.factsOf("ticket", id.value()))
        .containsEntry("status", "open")
        .containsEntry("answered", true)
        .containsEntry("reopened", true);
  }

  @Test
  void of_sixty_four_who_take_a_ticket_at_once_one_gets_it()
      throws InterruptedException, ExecutionException {
    var id = open(customer(), null).id();
    var seen = ticket(id).revision();
    var all = new ArrayList<Callable<Outcome<Ticket>>>();
    for (int i = 0; i < 64; i++) {
      var agent = agent(Role.AGENT);
      all.add(() -> assignments.assign(id, null, agent.id(), seen, agent.actor()));
    }

    var won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(all)) {
        switch (done.get()) {
          case Outcome.Accepted<Ticket> _ -> won++;
          case Outcome.Rejected<Ticket>(Outcome.Reason reason, String detail) -> {
            assertThat(reason).isEqualTo(Outcome.Reason.OUTDATED);
            assertThat(detail).contains("changed");
          }
        }
      }
    }

    assertThat(won).isEqualTo(1);
    assertThat(ledger.of(id.subject(), 100))
        .filteredOn(entry -> entry.kind().equals("ticket.assigned"))
        .hasSize(1);
  }

  @Test
  void a_conversation_has_every_entry_once_and_in_order_whoever_writes_at_once()
      throws InterruptedException, ExecutionException {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var id = open(amara, null).id();
    var all = new ArrayList<Callable<Object>>();
    for (int i = 0; i < 30; i++) {
      var text = "message " + i;
      all.add(() -> conversations.receive(id, message(amara.actor(), text)));
      all.add(() -> conversations.note(id, text, ines));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(all)) {
        var _ = done.get();
      }
    }

    var visible = tickets.visibleTo(ines);
    var conversation = visible.conversation(visible.get(id).orElseThrow(), Stretch.since(1));

    assertThat(conversation.entries()).hasSize(61);
    assertThat(conversation.entries())
        .extracting(Ledger.Entry::revision)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(conversation.messages()).hasSize(31);
    assertThat(conversation.messages()).extracting(Message::revision).isSorted();
    assertThat(conversation.notes()).hasSize(30);
  }

  @Test
  void pages_of_a_view_follow_one_another_without_gap_or_double() {
    var ines = agent(Role.AGENT);
    var amara = customer();
    var opened = new ArrayList<TicketId>();
    for (int i = 0; i < 25; i++) {
      var id = open(amara, null).id();
      opened.addFirst(id);
      var _ = assignments.assign(id, null, ines.id(), null, ines.actor()).expected();
    }

    var read = new ArrayList<TicketId>();
    ViewPage.@Nullable Cursor cursor = null;
    do {
      var page = pages.page(View.MINE.terms(), cursor, 10, from(ines));
      page.rows().forEach(row -> read.add(row.ticket().id()));
      cursor = page.next();
    } while (cursor != null);

    assertThat(read).isEqualTo(opened);
    assertThat(tickets.visibleTo(ines).of(amara.id(), 5)).hasSize(5);
  }

  private Viewpoint from(Agent agent) {
    return new Viewpoint(agent, clock.instant(), ZoneOffset.UTC);
  }

  @Test
  void a_collaborator_sees_tickets_of_their_teams_and_their_own_and_no_other() {
    var team = team();
    var helper = agent(Role.COLLABORATOR, team.id());
    var amara = customer();
    var ofTeam = open(amara, team.id()).id();
    var own = open(amara, null).id();
    var hidden = open(amara, null).id();
    var _ = assignments.assign(own, null, helper.id(), null, Actor.SYSTEM).expected();

    var visible = tickets.visibleTo(helper);

    assertThat(visible.get(ofTeam)).isPresent();
    assertThat(visible.get(own)).isPresent();
    assertThat(visible.get(hidden)).isEmpty();
    assertThat(visible.of(amara.id(), 10)).extracting(Ticket::id).containsExactly(own, ofTeam);
    assertThat(pages.page(View.ALL.terms(), null, 10, from(helper)).rows()).hasSize(2);
    assertThat(tickets.visibleTo(agent(Role.LEAD)).get(hidden)).isPresent();
  }

  @Test
  void workflows_act_by_key_and_what_is_already_so_is_no_event() {
    var team = team();
    var id = open(customer(), null).id();
    var call = new Call("ticket", id.value(), "1/2", clock.instant());

    for (int time = 0; time < 2; time++) {
      var _ = assign.perform(Map.<String, Object>of("team", team.key()), call);
      var _ =
          update.perform(Map.<String, Object>of("category", "technical", "priority", "high"), call);
      var _ = close.perform(Map.<String, Object>of("outcome", "silent"), call);
    }

    assertThat(ticket(id).assignment().team()).isEqualTo(team.id());
    assertThat(ticket(id).state().priority()).isEqualTo(Priority.HIGH);
    assertThat(ledger.of(id.subject(), 20))
        .extracting(Ledger.Entry::kind)
        .containsExactly("ticket.opened", "ticket.assigned", "ticket.updated", "ticket.closed");
  }

  private Ticket ticket(TicketId id) {
    return tickets.withId(id).orElseThrow();
  }

  private Ticket open(Customer customer, @Nullable TeamId team) {
    var first = message(customer.actor(), "The boots are a 41, I ordered 39.");
    return tickets.open(new NewTicket("Wrong size", customer.id(), "email", first, team));
  }

  private NewMessage message(Actor author, String text) {
    return new NewMessage(author, text, null, List.of(), clock.instant(), null);
  }

  private Customer customer() {
    return customers.recognize("amara" + NUMBER.incrementAndGet() + "@okafor.example", "Amara");
  }

  private Agent agent(Role role, TeamId... teams) {
    var email = "ines" + NUMBER.incrementAndGet() + "@shop.example";
    return agents
        .add(new NewAgent("Ines Sørensen", email, role, List.of(teams)), Actor.SYSTEM)
        .expected();
  }

  private Team team() {
    var key = "team-" + NUMBER.incrementAndGet();
    return teams.create(key, key, Actor.SYSTEM).expected();
  }
}
