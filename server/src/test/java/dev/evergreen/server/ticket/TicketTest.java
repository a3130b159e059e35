package dev.evergreen.server.ticket;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/// People and tickets for tests of what happens to tickets, which share a database and keep to what
/// they made.
@ApplicationModuleTest(
    mode = BootstrapMode.ALL_DEPENDENCIES,
    extraIncludes = {"customer", "team"},
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
public abstract class TicketTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  protected @Autowired Tickets tickets;
  protected @Autowired Settlements settlements;
  protected @Autowired Conversations conversations;
  protected @Autowired Assignments assignments;
  protected @Autowired Customers customers;
  protected @Autowired Agents agents;
  protected @Autowired Teams teams;
  protected @Autowired Ledger ledger;
  protected @Autowired DatabaseClock clock;

  protected Ticket ticket(TicketId id) {
    return tickets.withId(id).orElseThrow();
  }

  protected Ticket open(Customer customer, String subject, String text) {
    var first = message(customer.actor(), text);
    return tickets.open(new NewTicket(subject, customer.id(), "email", first, null));
  }

  protected NewMessage message(Actor author, String text) {
    return new NewMessage(author, text, null, List.of(), clock.instant(), null);
  }

  protected Customer customer() {
    return customers.recognize("rela" + NUMBER.incrementAndGet() + "@okafor.example", "Amara");
  }

  protected Agent agent(Role role, TeamId... in) {
    var email = "rela" + NUMBER.incrementAndGet() + "@shop.example";
    return agents
        .add(new NewAgent("Ines Sørensen", email, role, List.of(in)), Actor.SYSTEM)
        .expected();
  }

  protected TeamId team() {
    var key = "rela-" + NUMBER.incrementAndGet();
    return teams.create(key, key, Actor.SYSTEM).expected().id();
  }

  protected List<String> kinds(TicketId id) {
    return ledger.of(id.subject(), 100).stream().map(Ledger.Entry::kind).toList();
  }

  /// Does all of it at the same time.
  protected static <T> List<T> atOnce(List<Callable<T>> all)
      throws InterruptedException, ExecutionException {
    var results = new ArrayList<T>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(all)) {
        results.add(done.get());
      }
    }
    return results;
  }
}
