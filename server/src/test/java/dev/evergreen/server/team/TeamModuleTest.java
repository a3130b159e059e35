package dev.evergreen.server.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class TeamModuleTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Origin HERE = new Origin("Firefox on Linux", "127.0.0.1");

  @Autowired Agents agents;
  @Autowired Teams teams;
  @Autowired Sessions sessions;
  @Autowired PasswordLinks links;
  @Autowired Passwords passwords;
  @Autowired Rosters rosters;
  @Autowired Ledger ledger;
  @Autowired JdbcClient database;

  Agent ada;

  @BeforeEach
  void somebody() {
    ada = add(Role.AGENT);
  }

  private Agent add(Role role, TeamId... memberOf) {
    var email = "module" + NUMBER.incrementAndGet() + "@evergreen.example";
    return agents
        .add(new NewAgent("Ada Moreno", email, role, List.of(memberOf)), Actor.SYSTEM)
        .expected();
  }

  @Test
  void an_address_belongs_to_one_agent_however_it_is_written() {
    var again =
        agents.add(
            new NewAgent(
                "Eve", ada.email().toUpperCase(java.util.Locale.ROOT), Role.AGENT, List.of()),
            Actor.SYSTEM);

    assertThat(again).isInstanceOf(Rejected.class);
  }

  @Test
  void a_session_is_found_by_its_token_and_stored_only_as_a_hash() {
    var begun = sessions.begin(ada, HERE);

    assertThat(sessions.find(begun.token()).map(Session::agent)).hasValue(ada);
    assertThat(sessions.find(begun.token() + "x")).isEmpty();
    assertThat(sessions.find(begun.token().substring(1))).isEmpty();
    assertThat(sessions.find(begun.token().toLowerCase(java.util.Locale.ROOT))).isEmpty();
    assertThat(sessions.find("")).isEmpty();
    var stored = database.sql("select token_hash from session").query(byte[].class).list();
    assertThat(stored)
        .noneMatch(hash -> new String(hash, StandardCharsets.ISO_8859_1).contains(begun.token()));
  }

  @Test
  void a_session_ends_after_a_day_and_after_four_idle_hours() {
    var old = sessions.begin(ada, HERE);
    var idle = sessions.begin(ada, HERE);
    var used = sessions.begin(ada, HERE);
    shift(old, "expires_at", "24 hours 1 second");
    shift(idle, "seen_at", "4 hours 1 second");
    shift(used, "seen_at", "3 hours");

    assertThat(sessions.find(old.token())).isEmpty();
    assertThat(sessions.find(idle.token())).isEmpty();
    assertThat(sessions.find(used.token())).isPresent();
    shift(used, "seen_at", "3 hours");
    assertThat(sessions.find(used.token())).isPresent();
    assertThat(sessions.isLive(used.session().id())).isTrue();
    assertThat(sessions.isLive(idle.session().id())).isFalse();
  }

  private void shift(Sessions.Begun begun, String column, String by) {
    database
        .sql(
            "update session set "
                + column
                + " = "
                + column
                + " - cast(:by as interval) where id = :id")
        .param("by", by)
        .param("id", begun.session().id().value())
        .update();
  }

  @Test
  void who_leaves_or_gets_a_new_password_is_signed_out_everywhere() {
    var first = sessions.begin(ada, HERE);
    passwords.set(ada.id(), "three quiet boots", Actor.SYSTEM).expected();
    var second = sessions.begin(ada, HERE);
    agents.deactivate(ada.id(), Actor.SYSTEM).expected();

    assertThat(sessions.find(first.token())).isEmpty();
    assertThat(sessions.find(second.token())).isEmpty();
    assertThat(ledger.of(ada.id().subject(), 10))
        .extracting(Ledger.Entry::kind)
        .containsExactly(
            "agent.added",
            "agent.signed-in",
            "agent.password-set",
            "agent.signed-in",
            "agent.deactivated");
  }

  @Test
  void an_invitation_works_once_in_time_and_only_the_newest() {
    var replaced = links.invite(ada.id(), Actor.SYSTEM).expected();
    var token = links.invite(ada.id(), Actor.SYSTEM).expected();

    assertThat(links.good(replaced)).isEmpty();
    assertThat(links.good(token)).hasValue(new PasswordLinks.Link(ada, true));
    assertThat(links.accept(token, "too short")).isInstanceOf(Rejected.class);
    assertThat(links.accept(token, "three quiet boots").expected()).isEqualTo(ada);
    assertThat(links.accept(token, "three other boots")).isInstanceOf(Rejected.class);

    var late = links.invite(ada.id(), Actor.SYSTEM).expected();
    database.sql("update pass set expires_at = now() - interval '1 second'").update();
    assertThat(links.accept(late, "three quiet boots")).isInstanceOf(Rejected.class);
  }

  @Test
  void of_many_who_use_one_invitation_at_once_one_succeeds()
      throws InterruptedException, ExecutionException {
    var token = links.invite(ada.id(), Actor.SYSTEM).expected();

    var accepted =
        together(
            8,
            number ->
                links.accept(token, "three quiet boots " + number) instanceof Outcome.Accepted);

    assertThat(accepted).isEqualTo(1);
  }

  @Test
  void two_administrators_cannot_remove_each_other()
      throws InterruptedException, ExecutionException {
    database.sql("update agent set role = 'LEAD' where role = 'ADMINISTRATOR'").update();
    var administrators = List.of(add(Role.ADMINISTRATOR), add(Role.ADMINISTRATOR));

    var removed =
        together(
            2,
            number ->
                agents.deactivate(administrators.get(number).id(), Actor.SYSTEM)
                    instanceof Outcome.Accepted);

    assertThat(removed).isEqualTo(1);
    assertThat(
            agents.change(
                agents.active().stream()
                    .filter(Agent::isAdministrator)
                    .findAny()
                    .orElseThrow()
                    .id(),
                Role.AGENT,
                List.of(),
                Actor.SYSTEM))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void membership_is_as_last_decided() {
    var key = "team" + NUMBER.incrementAndGet();
    var frontline = teams.create(key, "Frontline", Actor.SYSTEM).expected();
    var returns = teams.create(key + "-returns", "Returns", Actor.SYSTEM).expected();
    var bo = add(Role.AGENT, frontline.id());

    assertThat(teams.members(frontline.id())).containsExactly(bo);
    agents.change(bo.id(), Role.LEAD, List.of(returns.id()), Actor.SYSTEM).expected();

    assertThat(teams.members(frontline.id())).isEmpty();
    assertThat(teams.of(bo.id())).containsExactly(returns);
    assertThat(teams.withKey(key)).hasValue(frontline);
    assertThat(teams.create(key, "Again", Actor.SYSTEM)).isInstanceOf(Rejected.class);
    assertThat(teams.create("No Key", "Again", Actor.SYSTEM)).isInstanceOf(Rejected.class);
  }

  @Test
  void only_an_administrator_finds_the_roster() {
    var administrator = add(Role.ADMINISTRATOR);

    assertThat(rosters.visibleTo(administrator)).isPresent();
    assertThat(rosters.visibleTo(ada)).isEmpty();
    assertThat(rosters.visibleTo(add(Role.LEAD))).isEmpty();
    assertThat(rosters.visibleTo(add(Role.COLLABORATOR))).isEmpty();
  }

  private interface Try {
    boolean run(int number);
  }

  private static long together(int count, Try attempt)
      throws InterruptedException, ExecutionException {
    var tries = new java.util.ArrayList<Callable<Boolean>>();
    for (int i = 0; i < count; i++) {
      var number = i;
      tries.add(() -> attempt.run(number));
    }
    long succeeded = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(tries)) {
        succeeded += done.get() ? 1 : 0;
      }
    }
    return succeeded;
  }
}
