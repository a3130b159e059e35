package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Run;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.reopening.ReopenPolicies;
import dev.evergreen.server.ticket.reopening.ReopenPolicy;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.Tasks;
import dev.evergreen.server.workflow.WorkflowRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Merging, splitting and linking from the ticket's page.
class RelatedTicketsWebTest extends WebTest {
  @Autowired Tickets tickets;
  @Autowired Tasks tasks;
  @Autowired Runs runs;
  @Autowired Customers customers;
  @Autowired Work work;
  @Autowired Teams teams;
  @Autowired ReopenPolicies policies;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada Moreno", Role.AGENT);
    visitor = signedIn(ada);
  }

  @Test
  void a_merge_is_previewed_done_led_through_and_taken_back() {
    var jonas = customer();
    var into = ticket(jonas, "Tent pole broken").id();
    var from = ticket(jonas, "Broken tent pole").id();

    var page = visitor.get("/tickets/" + from.value());
    assertThat(page.body()).contains("Perhaps the same", "/merge?into=" + into.value());
    var preview = visitor.get("/tickets/" + from.value() + "/merge?into=" + into.value());
    assertThat(preview.body())
        .contains("closes as “merged”", "“Resolve a customer's issue” on " + from + " ends")
        .contains("its open step “Read the ticket” is withdrawn", "You can take it back");
    var merged = merge(from, into);

    assertThat(pathAfter(merged)).isEqualTo("/tickets/" + into.value());
    assertThat(pathAfter(visitor.get("/tickets/" + from.value())))
        .isEqualTo("/tickets/" + into.value());
    assertThat(pathAfter(visitor.get("/tickets/" + from.value() + "/timeline")))
        .isEqualTo("/tickets/" + into.value() + "/timeline");
    assertThat(visitor.get("/tickets/" + into.value()).body())
        .contains("lives on here", "by mail on " + from, "Take back");
    assertThat(open(from)).isEmpty();
    assertThat(open(into)).hasSize(1);
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    assertThat(runs.of(from.subject()).getFirst().state().status()).isEqualTo(Run.Status.CANCELED);
    assertThat(tasks.of(from.subject())).isEmpty();

    var undone =
        visitor.post(
            "/tickets/%d/merges/%d/undoing".formatted(into.value(), from.value()), Map.of());
    assertThat(pathAfter(undone)).isEqualTo("/tickets/" + from.value());
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    assertThat(visitor.get("/tickets/" + from.value()).statusCode()).isEqualTo(200);
    assertThat(open(from)).as("its workflow begins anew").hasSize(1);
  }

  @Test
  void words_written_while_a_colleague_merged_the_ticket_land_where_it_lives_on() {
    var jonas = customer();
    var into = ticket(jonas, "Tent pole broken").id();
    var from = ticket(jonas, "Broken tent pole").id();
    visitor.get("/tickets/" + from.value());
    var _ = merge(from, into);

    var said =
        visitor.post(
            "/tickets/" + from.value() + "/entries", Map.of("kind", "note", "text", "Mine too."));
    var closed =
        visitor.post(
            "/tickets/" + from.value() + "/closing",
            Map.of("outcome", "resolved", "revision", "1"));

    assertThat(pathAfter(said)).isEqualTo("/tickets/" + into.value());
    assertThat(pathAfter(closed)).isEqualTo("/tickets/" + into.value());
    var told = tickets.visibleTo(ada).conversation(current(into), Stretch.NEWEST);
    assertThat(told.notes()).extracting(note -> note.text()).contains("Mine too.");
    assertThat(current(into).isClosed()).isFalse();
  }

  @Test
  void whoever_was_slower_is_told_and_sees_how_things_stand() {
    var jonas = customer();
    var into = ticket(jonas, "Tent pole broken").id();
    var from = ticket(jonas, "Broken tent pole").id();
    var form = form(from, into);
    var _ =
        visitor.post(
            "/tickets/" + into.value() + "/fields", Map.of("priority", "high", "category", ""));

    var refused = visitor.post("/tickets/" + from.value() + "/merge", form);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("has changed since you looked; nothing was merged");
    assertThat(open(from)).as("what was refused ends no workflow").hasSize(1);
  }

  @Test
  void messages_are_split_off_into_a_ticket_with_its_own_workflow() {
    var from = ticket(customer(), "Boots and a tent").id();
    var message = tickets.visibleTo(ada).conversation(current(from)).messages().getFirst();
    assertThat(visitor.get("/tickets/" + from.value() + "/split").body()).contains("Please help.");

    var split =
        visitor.post(
            "/tickets/" + from.value() + "/split",
            Map.of(
                "revision", "" + current(from).revision(),
                "message", "" + message.id().value(),
                "subject", "The tent alone"));
    var opened = new TicketId(Long.parseLong(pathAfter(split).replaceAll("\\D", "")));

    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    assertThat(open(opened)).hasSize(1);
    assertThat(visitor.get("/tickets/" + from.value()).body())
        .contains("split off #" + opened.value());
    assertThat(visitor.get("/tickets/" + opened.value()).body())
        .contains("Split off from", "The tent alone");
    var nothing =
        visitor.post(
            "/tickets/" + from.value() + "/split",
            Map.of("revision", "" + current(from).revision(), "subject", "x"));
    assertThat(nothing.statusCode()).isEqualTo(422);
    assertThat(nothing.body()).contains("Expected one or more messages");
  }

  @Test
  void tickets_are_linked_by_number_or_by_what_was_looked_for() {
    var problem = ticket(customer(), "Payments are down everywhere").id();
    var incident = ticket(customer(), "Cannot pay").id();
    var path = "/tickets/" + incident.value() + "/links";

    assertThat(visitor.get(path + "?words=payments+down").body())
        .contains("value=\"" + problem.value() + "\"");
    assertThat(
            pathAfter(visitor.post(path, Map.of("other", problem.toString(), "role", "PROBLEM"))))
        .isEqualTo("/tickets/" + incident.value());
    assertThat(visitor.get("/tickets/" + problem.value()).body())
        .contains("Incidents of this problem", "Cannot pay");
    var unknown = visitor.post(path, Map.of("other", "the other one", "role", "RELATED"));
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("found “the other one”");
    assertThat(pathAfter(visitor.post(path + "/" + problem.value() + "/removal", Map.of())))
        .isEqualTo("/tickets/" + incident.value());
    assertThat(visitor.get("/tickets/" + problem.value() + "/related").body())
        .doesNotContain("Cannot pay");
  }

  @Test
  void whoever_opens_a_ticket_by_hand_is_warned_of_one_that_sounds_the_same() {
    var jonas = customer();
    var open = ticket(jonas, "Broken tent pole").id();

    assertThat(alike(jonas.address(), "tent pole broken"))
        .contains("They may have asked this already", "/tickets/" + open.value());
    assertThat(alike(jonas.address(), "An invoice, please")).doesNotContain("asked this already");
    assertThat(alike("nobody@weber.example", "tent pole broken"))
        .doesNotContain("asked this already");
  }

  @Test
  void which_tickets_there_are_is_not_for_light_collaborators_to_change() {
    var given = ticket(customer(), "Broken tent pole").id();
    var pavel = somebody("Pavel", Role.COLLABORATOR);
    visitor.get("/tickets/" + given.value());
    var _ =
        visitor.post(
            "/tickets/" + given.value() + "/assignment",
            Map.of("agent", "" + pavel.id().value(), "revision", "" + current(given).revision()));
    visitor = signedIn(pavel);

    var page = visitor.get("/tickets/" + given.value());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("/merge", "/split");
    for (var form : List.of("merge", "split", "links")) {
      assertThat(visitor.get("/tickets/" + given.value() + "/" + form).statusCode())
          .as(form)
          .isEqualTo(404);
    }
  }

  @Test
  void leads_decide_what_becomes_of_closed_tickets_whose_customers_come_back() {
    var path = "/settings/reopening";
    assertThat(visitor.get(path).statusCode()).as("an agent").isEqualTo(404);
    visitor.get("/account");
    assertThat(visitor.post(path, Map.of("kind", "never")).statusCode()).isEqualTo(404);
    var key = "returning-" + number();
    var team = teams.create(key, key, Actor.SYSTEM).expected();
    visitor = signedIn(somebody("Ines", Role.LEAD));
    visitor.get(path);

    var set =
        visitor.post(path, Map.of("team", "" + team.id().value(), "kind", "within", "days", "30"));

    assertThat(pathAfter(set)).isEqualTo(path);
    assertThat(policies.of(team.id())).isEqualTo(new ReopenPolicy.Within(30));
    assertThat(visitor.get(path).body()).contains("value=\"within\" selected", "value=\"30\"");
    var wrong =
        visitor.post(path, Map.of("team", "" + team.id().value(), "kind", "within", "days", "0"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("Expected 1 to 3650 days, but found 0.");
    var _ = visitor.post(path, Map.of("team", "" + team.id().value(), "kind", "general"));
    assertThat(policies.ofTeams()).doesNotContainKey(team.id());
  }

  private String alike(String address, String subject) {
    return visitor
        .get(
            "/tickets/new/alike?address=%s&subject=%s"
                .formatted(address, subject.replace(' ', '+')))
        .body();
  }

  private java.net.http.HttpResponse<String> merge(TicketId from, TicketId into) {
    var form = form(from, into);
    visitor.get("/tickets/" + from.value() + "/merge");
    return visitor.post("/tickets/" + from.value() + "/merge", form);
  }

  private Map<String, String> form(TicketId from, TicketId into) {
    visitor.get("/tickets/" + from.value() + "/merge");
    return Map.of(
        "revision", "" + current(from).revision(),
        "into", "" + into.value(),
        "intoRevision", "" + current(into).revision());
  }

  private Ticket current(TicketId id) {
    return tickets.withId(id).orElseThrow();
  }

  private List<WorkflowRun> open(TicketId id) {
    return runs.of(id.subject()).stream().filter(run -> !run.state().status().isFinal()).toList();
  }

  private Customer customer() {
    return customers.recognize("jonas" + number() + "@weber.example", "Jonas Weber");
  }

  private Ticket ticket(Customer customer, String subject) {
    var first =
        new NewMessage(customer.actor(), "Please help.", null, List.of(), clock.instant(), null);
    var opened = tickets.open(new NewTicket(subject, customer.id(), "email", first, null));
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    return current(opened.id());
  }
}
