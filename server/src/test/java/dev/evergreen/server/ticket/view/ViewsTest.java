package dev.evergreen.server.ticket.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.view.Condition.All;
import dev.evergreen.server.ticket.view.Condition.Any;
import dev.evergreen.server.ticket.view.Condition.Comparison;
import dev.evergreen.server.ticket.view.Condition.None;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest(
    mode = BootstrapMode.ALL_DEPENDENCIES,
    extraIncludes = {"customer", "team"},
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class ViewsTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  @Autowired Tickets tickets;
  @Autowired Assignments assignments;
  @Autowired Sorting sorting;
  @Autowired Settlements settlements;
  @Autowired Conversations conversations;
  @Autowired Views views;
  @Autowired ViewPages pages;
  @Autowired Customers customers;
  @Autowired Organizations organizations;
  @Autowired Agents agents;
  @Autowired Teams teams;
  @Autowired DatabaseClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  @Test
  void random_conditions_mean_the_same_tickets_in_sql_as_in_plain_words() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var house = new House(random, 60);
    var meant = new Meant(house.from(), Set.of(house.teams.getFirst().id()));
    int some = 0;
    for (int i = 0; i < 400 || (some <= 100 && i < 3_000); i++) {
      var condition = house.condition(3);
      assertThat(Conditions.problem(condition)).isEmpty();
      assertThat(Conditions.read(Conditions.write(condition))).isEqualTo(condition);

      var found = new HashSet<>(pages.numbers(Terms.of(condition), 100_000, house.from()).keySet());
      found.retainAll(house.tickets.keySet());

      var expected = new HashSet<TicketId>();
      house.tickets.forEach((id, whole) -> {
        if (meant.by(condition, whole)) {
          expected.add(id);
        }
      });
      assertThat(found).as("seed %d, %s", seed, condition).isEqualTo(expected);
      some += expected.isEmpty() || expected.size() == house.tickets.size() ? 0 : 1;
    }
    assertThat(some).as("conditions that tell tickets apart").isGreaterThan(100);
  }

  @Test
  void pages_follow_one_another_without_gap_or_double_in_every_order() {
    var house = new House(new Random(7), 23);
    var own = new Any(List.of(Condition.is("agent", "me"), Condition.is("team", "mine")));
    var all = pages.numbers(Terms.of(own), 1_000, house.from()).keySet();
    assertThat(all).hasSizeGreaterThan(5);
    for (var order : Order.Usual.values()) {
      for (boolean down : List.of(true, false)) {
        for (var grouping : Grouping.Usual.values()) {
          var terms = new Terms(own, order, down, grouping, Terms.USUAL);
          var read = new ArrayList<TicketId>();
          ViewPage.@Nullable Cursor cursor = null;
          do {
            var page = pages.page(terms, cursor, 4, house.from());
            page.rows().forEach(row -> read.add(row.ticket().id()));
            cursor = page.next();
            assertThat(cursor == null || ViewPage.Cursor.of("" + cursor, order).isPresent())
                .isTrue();
          } while (cursor != null);

          assertThat(read).as("%s %s by %s", order, down, grouping).doesNotHaveDuplicates();
          assertThat(read).hasSameElementsAs(all);
        }
      }
    }
  }

  @Test
  void the_views_that_are_shipped_and_every_order_are_read_from_an_index() {
    var ines = agent(Role.AGENT);
    var from = new Viewpoint(ines, clock.instant(), ROME);
    var kim = customers.recognize("plan" + NUMBER.incrementAndGet() + "@sato.example", "Kim");
    var open = new Comparison(Fields.get("status"), Operator.IS_NOT, List.of("closed"));
    transactions.executeWithoutResult(status -> {
      manyTickets(kim.id().value());
      for (var view : View.SHIPPED) {
        assertThat(pages.plan(view.terms(), from))
            .as(view.key())
            .anyMatch(line -> line.contains("Index Scan using ticket_"))
            .noneMatch(line -> line.contains("Seq Scan on ticket"));
      }
      for (var order : Order.Usual.values()) {
        for (boolean down : List.of(true, false)) {
          for (var condition : List.of(open, Condition.everything())) {
            assertThat(pages.plan(Terms.of(condition).ordered(order, down), from))
                .as("%s %s %s", order, down, condition)
                .anyMatch(line -> line.contains(" using ticket_"))
                .noneMatch(line -> line.contains("Seq Scan on ticket"))
                .filteredOn(line -> line.contains("Sort  ("))
                .hasSizeLessThan(2); // at most of the rows of one page, after they were found
          }
        }
      }
      status.setRollbackOnly();
    });
  }

  @Test
  void a_view_that_means_few_of_many_says_how_far_it_looked_and_goes_on_from_there() {
    var ines = agent(Role.AGENT);
    var from = new Viewpoint(ines, clock.instant(), ROME);
    var kim = customers.recognize("few" + NUMBER.incrementAndGet() + "@sato.example", "Kim");
    var rare =
        new Terms(
            new Comparison(Fields.get("subject"), Operator.CONTAINS, List.of("needle-in-hay")),
            Order.Usual.OPENED,
            true,
            Grouping.Usual.NONE,
            Terms.USUAL);
    transactions.executeWithoutResult(status -> {
      manyTickets(kim.id().value());
      jdbc.sql(
              """
              update ticket set subject = 'needle-in-hay'
              where id = (select min(id) from ticket where subject = 'Number 30000')
              """)
          .update();

      var first = pages.page(rare, null, 25, from);
      assertThat(first.rows()).isEmpty();
      assertThat(first.isLookedThrough()).isFalse();
      assertThat(pages.count(rare.condition(), 99, from).isAll()).isFalse();

      var second = pages.page(rare, first.next(), 25, from);
      assertThat(second.rows()).hasSize(1);
      assertThat(second.isLookedThrough()).isTrue();
      status.setRollbackOnly();
    });
  }

  /// Thirty thousand tickets, newest first by their number, of which a third are closed.
  private void manyTickets(long customer) {
    jdbc.sql(
            """
            insert into ticket (subject, customer_id, channel, status, priority, opened_at, updated_at)
            select
              'Number ' || n,
              :customer,
              'email',
              case when n % 3 = 0 then 'closed' else 'open' end,
              (array['low', 'normal', 'high', 'urgent'])[1 + n % 4],
              now() + interval '1 year' - n * interval '1 minute',
              now() + interval '1 year' - n * interval '1 minute'
            from generate_series(1, 30000) as n
            """)
        .param("customer", customer)
        .update();
    jdbc.sql("analyze ticket").update();
  }

  @Test
  void a_view_is_there_for_those_it_is_meant_for_and_for_nobody_else() {
    var team = team();
    var ines = agent(Role.AGENT, team.id());
    var pavel = agent(Role.AGENT, team.id());
    var ada = agent(Role.LEAD);
    var terms = Terms.of(Condition.is("agent", "me"));
    var own = views.make("My own", new Audience.Own(ines.id()), terms, ines).expected();
    var shared = views.make("Ours", new Audience.OfTeam(team.id()), terms, ines).expected();
    var all = views.make("Of all", new Audience.Everybody(), terms, ada).expected();

    assertThat(views.of(ines)).contains(own, shared, all);
    assertThat(views.of(pavel)).contains(shared, all).doesNotContain(own);
    assertThat(views.of(ada)).contains(all).doesNotContain(own, shared);
    assertThat(views.get(own.key(), pavel)).isEmpty();
    assertThat(views.get(shared.key(), ada)).isEmpty();
    assertThat(views.get("mine", ada)).contains(View.MINE);
    assertThat(views.get("12; drop table ticket", ada)).isEmpty();
    assertThat(views.mayChange(all, ines)).isFalse();
    assertThat(views.make("X", new Audience.Everybody(), terms, ines))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(views.make("X", new Audience.Own(ada.id()), terms, ines))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(views.remove(all, ines)).isInstanceOf(Outcome.Rejected.class);

    var changed =
        views.change(
            shared, "Ours", shared.audience(), terms.ordered(Order.Usual.OPENED, false), 1, pavel);
    assertThat(changed.expected().terms().order()).isEqualTo(Order.Usual.OPENED);
    assertThat(views.change(shared, "Late", shared.audience(), terms, 1, ines))
        .isInstanceOf(Outcome.Rejected.class);

    var second = views.make("Second", new Audience.Own(ines.id()), terms, ines).expected();
    views.move(second, true, ines).expected();
    assertThat(views.of(ines).stream().map(View::name))
        .containsSubsequence("Second", "My own", "Ours");
    views.remove(second, ines).expected();
    assertThat(views.get(second.key(), ines)).isEmpty();
  }

  @Test
  void a_condition_that_makes_no_sense_is_refused_in_a_sentence() {
    assertThat(problem("updated", Operator.OLDER, "four hours")).contains("4 hours", "four hours");
    assertThat(problem("updated", Operator.BEFORE, "2026-02-30")).contains("a day such as");
    assertThat(problem("agent", Operator.IS, "ines")).contains("Agent");
    assertThat(problem("status", Operator.IS)).contains("found nothing");
    assertThat(problem("status", Operator.OLDER, "4 hours")).contains("cannot be asked");
    Condition deep = Condition.is("status", "new");
    for (int i = 0; i < 20; i++) {
      deep = new None(List.of(deep));
    }
    assertThat(Conditions.problem(deep).orElseThrow()).contains("at most");
  }

  private static String problem(String field, Operator operator, String... values) {
    return Conditions.problem(new Comparison(Fields.get(field), operator, List.of(values)))
        .orElseThrow();
  }

  private Agent agent(Role role, TeamId... in) {
    var email = "view" + NUMBER.incrementAndGet() + "@ridge.example";
    return agents.add(new NewAgent("Ines", email, role, List.of(in)), Actor.SYSTEM).expected();
  }

  private Team team() {
    return teams.create("views-" + NUMBER.incrementAndGet(), "Views", Actor.SYSTEM).expected();
  }

  /// Tickets of all kinds, and conditions about them.
  private final class House {
    final Random random;
    final List<Team> teams = List.of(team(), team());
    final Agent ines = agent(Role.AGENT, teams.getFirst().id());
    final Agent pavel = agent(Role.AGENT, teams.getLast().id());
    final Map<TicketId, Meant.Whole> tickets = new LinkedHashMap<>();

    House(Random random, int number) {
      this.random = random;
      for (int i = 0; i < number; i++) {
        var whole = whole(i);
        tickets.put(whole.ticket().id(), whole);
      }
    }

    Viewpoint from() {
      return new Viewpoint(ines, clock.instant().plus(Duration.ofMillis(1)), ROME);
    }

    private Meant.Whole whole(int i) {
      var name = one("Kim Sato", "Amara Okafor", "Łukasz 100%_");
      var customer = customers.recognize("c" + NUMBER.incrementAndGet() + "@views.example", name);
      var said =
          new NewMessage(
              customer.actor(),
              "Words",
              null,
              List.of(),
              clock.instant().minus(Duration.ofHours(random.nextInt(200))),
              null);
      var team = random.nextInt(3) == 0 ? null : teams.get(random.nextInt(2)).id();
      var subject = one("Boots", "Tent pole", "50% off_it", "a\\b") + " " + i;
      var id =
          ViewsTest.this
              .tickets
              .open(new NewTicket(subject, customer.id(), one("email", "chat"), said, team))
              .id();
      live(id, team);
      Ticket ticket = ViewsTest.this.tickets.withId(id).orElseThrow();
      return new Meant.Whole(
          ticket,
          name,
          customer.organization() == null
              ? null
              : organizations.withId(customer.organization()).orElseThrow().name());
    }

    private void live(TicketId id, @Nullable TeamId team) {
      if (random.nextBoolean()) {
        var to = random.nextBoolean() ? ines : pavel;
        assignments.assign(id, team, to.id(), null, ines.actor()).expected();
      }
      if (random.nextBoolean()) {
        var priority = List.of(Priority.values()).get(random.nextInt(4));
        var _ =
            sorting.update(
                id, new Changes(one("", "refund", "product"), priority, null), ines.actor());
      }
      if (random.nextInt(3) == 0) {
        var answer = new NewMessage(ines.actor(), "Yes", null, List.of(), clock.instant(), null);
        var _ = conversations.reply(id, answer, ines.actor());
      }
      if (random.nextInt(3) == 0) {
        settlements.close(id, one("resolved", "silent"), null, ines.actor()).expected();
        if (random.nextBoolean()) {
          settlements.reopen(id, null, ines.actor()).expected();
        }
      }
    }

    Condition condition(int depth) {
      if (depth > 0 && random.nextBoolean()) {
        var parts = new ArrayList<Condition>();
        int number = random.nextInt(4);
        for (int i = 0; i < number; i++) {
          parts.add(condition(depth - 1));
        }
        return switch (random.nextInt(3)) {
          case 0 -> new All(parts);
          case 1 -> new Any(parts);
          default -> new None(parts);
        };
      }
      var field = Fields.all().get(random.nextInt(Fields.all().size()));
      var operators = List.copyOf(field.kind().operators());
      var operator = operators.get(random.nextInt(operators.size()));
      return new Comparison(field, operator, values(field, operator));
    }

    private List<String> values(Field field, Operator operator) {
      if (!operator.takesValues()) {
        return List.of();
      }
      return switch (operator) {
        case OLDER, NEWER -> List.of(one("1 hour", "3 days", "90 minutes", "2 weeks"));
        case BEFORE, AFTER -> List.of("" + from().now().atZone(ROME).toLocalDate().minusDays(3));
        case IS, IS_NOT ->
            random.nextBoolean() ? List.of(value(field)) : List.of(value(field), value(field));
        default -> List.of(value(field));
      };
    }

    private String value(Field field) {
      return switch (field.kind()) {
        case CHOICE -> field.options().get(random.nextInt(field.options().size()));
        case TEXT, TAG -> one("o", "50%", "_", "\\", "boots", "resolved", "SATO", "views");
        case NUMBER -> "" + random.nextInt(2);
        case TEAM -> one("mine", "" + teams.getFirst().id().value(), "99999");
        case AGENT -> one("me", "" + pavel.id().value());
        case REFERENCE -> "" + tickets.values().iterator().next().ticket().customer().value();
        case AMOUNT, DAY, TIME -> throw new IllegalStateException("expected a span or a day");
      };
    }

    private String one(String... of) {
      return of[random.nextInt(of.length)];
    }
  }
}
