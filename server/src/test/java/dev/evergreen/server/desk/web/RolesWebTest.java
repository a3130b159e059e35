package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.Roles.Wanted;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import dev.evergreen.server.ticket.composing.MacroUses;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Roles of one's own: made on their page, obeyed by pages and verbs from the next request on.
class RolesWebTest extends WebTest {
  @Autowired Roles roles;
  @Autowired Teams teams;
  @Autowired Tickets tickets;
  @Autowired Customers customers;
  @Autowired Assignments assignments;
  @Autowired MacroUses macros;
  @Autowired DatabaseClock clock;
  @Autowired JdbcClient database;

  @SuppressWarnings("NullAway.Init")
  private Team tents;

  @SuppressWarnings("NullAway.Init")
  private Team boots;

  @BeforeEach
  void teams() {
    tents = teams.create("roles" + number(), "The tent people", Actor.SYSTEM).expected();
    boots = teams.create("roles" + number(), "The boot people", Actor.SYSTEM).expected();
  }

  @Test
  void a_role_is_copied_given_changed_and_retired() {
    var ada = signedIn(somebody("Ada", Role.ADMINISTRATOR));
    var name = "Tent helpers " + number();
    var form = ada.get("/settings/roles/new?from=COLLABORATOR").body();

    var made =
        ada.post("/settings/roles", Map.of("name", name, "grant", "see@" + tents.id().value()));

    assertThat(form).contains("Copy of light collaborator", "value=\"close@own\"");
    assertThat(pathAfter(made)).isEqualTo("/settings/roles");
    assertThat(ada.get("/settings/roles").body()).contains(name, "The tent people");
    var role = own(name);
    var leon = somebody("Leon", role.role());
    var visitor = signedIn(leon);
    var there = ticket(tents);
    var elsewhere = ticket(boots);
    assertThat(status(visitor, there)).isEqualTo(200);
    assertThat(status(visitor, elsewhere)).isEqualTo(404);

    roles
        .change(
            Long.parseLong(role.role().key()),
            role.revision(),
            wanted(name, "see@" + boots.id().value()),
            Actor.SYSTEM)
        .expected();
    assertThat(status(visitor, there)).isEqualTo(404);
    assertThat(status(visitor, elsewhere)).isEqualTo(200);

    var retired =
        ada.post(
            "/settings/roles/" + role.role().key() + "/retirement",
            Map.of("retired", "true", "revision", "" + (role.revision() + 1)));
    assertThat(pathAfter(retired)).isEqualTo("/settings/roles");
    assertThat(roles.offered()).noneMatch(one -> one.label().equals(name));
    assertThat(status(visitor, elsewhere)).isEqualTo(200);
    var log = ada.get("/settings/audit").body();
    assertThat(log).contains("made the role " + name, "retired the role " + name);
  }

  @Test
  void what_one_may_not_do_is_neither_shown_nor_done() {
    var role = role("see@" + tents.id().value(), "note@own", "sort@own");
    var visitor = signedIn(somebody("Leon", role, tents));
    var ticket = ticket(tents);
    var page = visitor.get("/tickets/" + number(ticket)).body();

    var closed = close(visitor, ticket);
    var answered =
        visitor.post(
            "/tickets/" + number(ticket) + "/entries", Map.of("kind", "reply", "text", "Hi"));

    assertThat(page)
        .contains("/tickets/" + number(ticket) + "/fields")
        .doesNotContain("Close the ticket", "Write a reply", "Assign to me", "Merge with another")
        .contains("Write a note");
    assertThat(closed.statusCode()).isEqualTo(404);
    assertThat(answered.statusCode()).isEqualTo(404);
    assertThat(tickets.withId(ticket.id()).orElseThrow().state().status()).isEqualTo(Status.NEW);
  }

  @Test
  void a_ticket_that_is_shared_by_a_task_is_not_theirs_to_close_or_assign() {
    var pavel = somebody("Pavel", Role.COLLABORATOR, boots);
    var visitor = signedIn(pavel);
    var ticket = ticket(tents);
    database
        .sql(
            """
            insert into team_task (ticket_id, text, agent_id, by_name, given_at)
            values (?, 'Look', ?, 'Ines', now())
            """)
        .params(ticket.id().value(), pavel.id().value())
        .update();
    database
        .sql("update ticket set open_team_tasks = 1, has_beside = true where id = ?")
        .params(ticket.id().value())
        .update();

    var page = visitor.get("/tickets/" + number(ticket)).body();
    var noted =
        visitor.post(
            "/tickets/" + number(ticket) + "/entries", Map.of("kind", "note", "text", "Hm"));

    assertThat(page).doesNotContain("Close the ticket", "Assign to me");
    assertThat(noted.statusCode()).isEqualTo(302);
    assertThat(close(visitor, ticket).statusCode()).isEqualTo(404);
    assertThat(assign(visitor, ticket, pavel).statusCode()).isEqualTo(404);

    var given = assignments.assign(ticket.id(), null, pavel.id(), null, Actor.SYSTEM).expected();
    assertThat(close(visitor, given).statusCode()).isEqualTo(302);
  }

  @Test
  void a_macro_does_what_its_user_may_and_says_what_was_left_out() {
    var leon = somebody("Leon", role("see@everywhere", "sort@everywhere"), tents);
    var ticket = ticket(tents);

    var done =
        macros.perform(
            ticket.id(),
            new Macro.Use(
                "All at once", new MacroEffects(null, "technical", null, true, "resolved")),
            leon);

    var after = tickets.withId(ticket.id()).orElseThrow();
    assertThat(done.refused())
        .containsExactly(
            "Your role does not let you assign this ticket.",
            "Your role does not let you set the status of this ticket.");
    assertThat(after.state().category()).isEqualTo("technical");
    assertThat(after.assignment().agent()).isNull();
    assertThat(after.isClosed()).isFalse();
  }

  @Test
  void a_role_that_makes_no_sense_is_refused_with_a_sentence() {
    assertThat(refusal("", "see@everywhere")).contains("name of 1 to 60 letters");
    assertThat(refusal("agent", "see@everywhere")).contains("already is a role");
    assertThat(refusal("A", "close@own")).contains("without it, nothing can be done");
    assertThat(refusal("B", "edit-customers@everywhere")).contains("nobody can be edited");
    assertThat(refusal("C", "see@own", "publish@everywhere")).contains("for all tickets");
    assertThat(wanted("D", "see@elsewhere", "fly@own", "open@own", "see@999999").grants())
        .isEmpty();
  }

  @Test
  void who_alone_administers_keeps_it() {
    var role = role("see@everywhere", "administer@everywhere");
    var own = own(role.label());
    var others =
        agents.active().stream().filter(agent -> agent.may(Permission.ADMINISTER)).toList();
    var sole = somebody("Sole", role);
    try {
      others.forEach(agent ->
          database
              .sql("update agent set active = false where id = ?")
              .params(agent.id().value())
              .update());

      var taken =
          roles.change(
              Long.parseLong(role.key()),
              own.revision(),
              wanted(role.label(), "see@everywhere"),
              Actor.SYSTEM);

      assertThat(taken).isInstanceOf(Outcome.Rejected.class);
      assertThat(agents.deactivate(sole.id(), Actor.SYSTEM)).isInstanceOf(Outcome.Rejected.class);
    } finally {
      others.forEach(agent ->
          database
              .sql("update agent set active = true where id = ?")
              .params(agent.id().value())
              .update());
    }
  }

  private String refusal(String name, String... words) {
    return roles
        .make(wanted(name, words), Actor.SYSTEM)
        .fold(role -> "made " + role.label(), Outcome.Rejected::detail);
  }

  private Role role(String... words) {
    return roles.make(wanted("Role " + number(), words), Actor.SYSTEM).expected();
  }

  private Wanted wanted(String name, String... words) {
    return Wanted.of(name, List.of(words), List.of(tents, boots));
  }

  private Roles.Own own(String name) {
    return roles.own().stream()
        .filter(one -> one.role().label().equals(name))
        .findAny()
        .orElseThrow();
  }

  private Ticket ticket(Team team) {
    var amara = customers.recognize("amara" + number() + "@okafor.example", "Amara");
    var said = new NewMessage(amara.actor(), "It leaks", null, List.of(), clock.instant(), null);
    var ticket = tickets.open(new NewTicket("Leak " + number(), amara.id(), "email", said, null));
    return assignments.assign(ticket.id(), team.id(), null, null, Actor.SYSTEM).expected();
  }

  private static long number(Ticket ticket) {
    return ticket.id().value();
  }

  private static int status(Visitor visitor, Ticket ticket) {
    return visitor.get("/tickets/" + number(ticket)).statusCode();
  }

  private static HttpResponse<String> close(Visitor visitor, Ticket ticket) {
    return visitor.post(
        "/tickets/" + number(ticket) + "/closing",
        Map.of("outcome", "resolved", "anyway", "true", "revision", "" + ticket.revision()));
  }

  private static HttpResponse<String> assign(Visitor visitor, Ticket ticket, Agent to) {
    return visitor.post(
        "/tickets/" + number(ticket) + "/assignment",
        Map.of("agent", "" + to.id().value(), "revision", "" + ticket.revision()));
  }
}
