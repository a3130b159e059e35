package dev.evergreen.server.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.server.customer.Identity.Kind;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome.Rejected;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    mode = BootstrapMode.ALL_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class CustomerModuleTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired Customers customers;
  @Autowired Organizations organizations;
  @Autowired Identities identities;
  @Autowired CustomerSearch search;
  @Autowired Ledger ledger;
  @Autowired JdbcClient database;

  private static String domain() {
    return "shop" + NUMBER.incrementAndGet() + ".example";
  }

  @Test
  void who_writes_is_recognized_however_the_address_is_written() {
    var domain = domain();
    var jonas = customers.recognize("jonas@" + domain, "Jonas Weber");

    assertThat(customers.recognize("JONAS@" + domain.toUpperCase(java.util.Locale.ROOT), "J. W."))
        .isEqualTo(jonas);
    assertThat(jonas.name()).isEqualTo("Jonas Weber");
    assertThat(ledger.of(jonas.id().subject(), 10))
        .extracting(Ledger.Entry::kind)
        .containsExactly("customer.created");
  }

  @Test
  void sixteen_at_once_make_one_customer_and_one_organization()
      throws InterruptedException, ExecutionException {
    for (int round = 0; round < 10; round++) {
      var domain = domain();
      Callable<CustomerId> recognize = () -> customers.recognize("ada@" + domain, "Ada").id();
      Set<CustomerId> found = new HashSet<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var done : threads.invokeAll(Collections.nCopies(16, recognize))) {
          found.add(done.get());
        }
      }

      assertThat(found).hasSize(1);
      assertThat(
              database
                  .sql("select count(*) from organization_domain where domain = :domain")
                  .param("domain", domain)
                  .query(Long.class)
                  .single())
          .isEqualTo(1);
    }
    assertThat(
            database
                .sql(
                    """
                    select count(*) from customer
                    where not exists (
                      select from customer_address where customer = customer.id)
                    """)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void an_address_that_is_no_identity_makes_nobody() {
    assertThatThrownBy(() -> customers.recognize("\"a@b\"@example.com", "Eve"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("identity");
  }

  @Test
  void a_nameless_or_odd_sender_still_gets_a_name() {
    assertThat(customers.recognize("nameless@" + domain(), null).name()).isEqualTo("nameless");
    assertThat(customers.recognize("odd@" + domain(), " \u202eEve\u0000\r\nB ").name())
        .isEqualTo("Eve B");
    assertThat(customers.recognize("long@" + domain(), "x".repeat(5000)).name().length())
        .isLessThanOrEqualTo(200);
  }

  @Test
  void people_of_one_domain_belong_together_but_not_those_of_a_public_provider() {
    var domain = domain();
    var ada = customers.recognize("ada@" + domain, "Ada");
    var bo = customers.recognize("bo@" + domain, "Bo");
    var free = customers.recognize("ada" + NUMBER.incrementAndGet() + "@gmail.com", "Ada");

    var organization = Objects.requireNonNull(ada.organization());
    assertThat(bo.organization()).isEqualTo(organization);
    assertThat(free.organization()).isNull();
    organizations.rename(organization, "Fjällsport AB", Actor.SYSTEM).expected();
    assertThat(customers.profile(bo.id()).orElseThrow().organization())
        .extracting(Organization::name)
        .isEqualTo("Fjällsport AB");
  }

  @Test
  void an_address_is_added_once_and_the_last_one_stays() {
    var domain = domain();
    var ada = customers.recognize("ada@" + domain, "Ada");
    var bo = customers.recognize("bo@" + domain, "Bo");

    identities.add(ada.id(), Kind.ADDRESS, " Ada.Private@GMX.net", Actor.SYSTEM).expected();
    assertThat(customers.recognize("ada.private@gmx.net", null).id()).isEqualTo(ada.id());
    assertThat(identities.add(ada.id(), Kind.ADDRESS, "bo@" + domain, Actor.SYSTEM))
        .isInstanceOf(Rejected.class);
    assertThat(identities.add(ada.id(), Kind.ADDRESS, "not an address", Actor.SYSTEM))
        .isInstanceOf(Rejected.class);
    assertThat(identities.remove(bo.id(), Kind.ADDRESS, "bo@" + domain, Actor.SYSTEM))
        .isInstanceOf(Rejected.class);
    assertThat(
            identities
                .remove(ada.id(), Kind.ADDRESS, "ada@" + domain, Actor.SYSTEM)
                .expected()
                .addresses())
        .containsExactly("ada.private@gmx.net");
  }

  @Test
  void a_note_written_over_somebody_elses_is_refused() {
    var ada = customers.recognize("ada@" + domain(), "Ada");
    var seen = customers.profile(ada.id()).orElseThrow().revision();

    customers.describe(ada.id(), "Prefers mail", seen, Actor.SYSTEM).expected();

    assertThat(customers.describe(ada.id(), "Prefers chat", seen, Actor.SYSTEM))
        .isInstanceOf(Rejected.class);
    assertThat(customers.profile(ada.id()).orElseThrow().note()).isEqualTo("Prefers mail");
  }

  @Test
  void search_finds_by_the_start_of_any_word_and_of_an_address() {
    var domain = domain();
    var jonas = customers.recognize("jw@" + domain, "Jonas Zzweber").id();

    for (var typed : List.of("jonas zz", "zzweb", "ZZW", "jw@" + domain, "jw@shop")) {
      assertThat(search.beginning(typed, null).rows())
          .as(typed)
          .extracting(CustomerPage.Row::id)
          .contains(jonas);
    }
    for (var typed : List.of("%w@", "_w@", "!", ":*", "'", "\\", "&", "onas zz")) {
      assertThat(search.beginning(typed, null).rows())
          .as(typed)
          .extracting(CustomerPage.Row::id)
          .doesNotContain(jonas);
    }
  }

  @Test
  void pages_show_everybody_once_in_the_order_of_names() {
    var domain = domain();
    for (int i = 0; i < 120; i++) {
      customers.recognize("p" + i + "@" + domain, i % 2 == 0 ? "Same Name" : "Name " + i % 7);
    }

    var seen = new java.util.ArrayList<CustomerId>();
    var page = search.all(null);
    while (true) {
      page.rows().forEach(row -> seen.add(row.id()));
      if (page.next() == null) {
        break;
      }
      page = search.all(page.next());
    }

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen)
        .hasSize(database.sql("select count(*) from customer").query(Integer.class).single());
  }
}
