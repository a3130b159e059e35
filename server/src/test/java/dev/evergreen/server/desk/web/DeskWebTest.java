package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.workflow.Checklist;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DeskWebTest extends WebTest {
  @Autowired Tickets tickets;
  @Autowired Conversations conversations;
  @Autowired Assignments assignments;
  @Autowired Tasks tasks;
  @Autowired Customers customers;
  @Autowired Work work;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @BeforeEach
  void arrive() {
    ada = signedIn(Role.AGENT);
  }

  @Test
  void every_region_of_a_ticket_is_also_served_alone() {
    var number = ticket("Tent pole").id().value();

    var page = visitor.get("/tickets/" + number);
    assertThat(page.statusCode()).isEqualTo(200);
    for (var region : List.of("head", "timeline", "next", "completion", "details", "customer")) {
      var alone = visitor.get("/tickets/" + number + "/" + region);
      assertThat(alone.statusCode()).as(region).isEqualTo(200);
      assertThat(alone.body()).as(region).doesNotContain("<html").contains("data-src");
      assertThat(page.body()).contains("data-src=\"/tickets/" + number + "/" + region);
    }
    for (var view : List.of("mine", "unassigned", "all", "closed")) {
      assertThat(visitor.get("/lists/" + view).statusCode()).as(view).isEqualTo(200);
    }
    assertThat(visitor.get("/lists/forgotten").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/tickets/999999").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/tickets?after=yesterday_1").statusCode()).isEqualTo(400);
  }

  @Test
  void a_ticket_is_opened_by_hand_and_is_its_openers() {
    visitor.get("/tickets/new");
    var opened =
        visitor.post(
            "/tickets",
            Map.of(
                "address", "Amara@Okafor.example",
                "name", "Amara Okafor",
                "channel", "phone",
                "subject", "Boots too small",
                "text", "She asks for 39 <b>instead</b> of 41.",
                "mine", "true"));

    assertThat(opened.statusCode()).isEqualTo(302);
    var page = visitor.get(opened.headers().firstValue("Location").orElseThrow()).body();
    assertThat(page)
        .contains("Boots too small", "on the phone", "39 &lt;b&gt;instead", "amara@okafor.example");
    assertThat(visitor.get("/lists/mine").body())
        .containsPattern("Mine <span class=\"count\">\\d")
        .contains("Boots too small");
  }

  @Test
  void an_opening_that_cannot_be_taken_keeps_what_was_typed() {
    visitor.get("/tickets/new");
    var refused =
        visitor.post(
            "/tickets",
            Map.of("address", "amara", "channel", "chat", "subject", "Boots", "text", "Too small"));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("role=\"alert\"", "found “amara”", "value=\"Boots\"", "Too small</textarea>")
        .containsPattern("value=\"chat\"[^>]*checked");
  }

  @Test
  void known_customers_are_offered_by_name() {
    customers.recognize("priya@nair.example", "Priya Nair");

    assertThat(visitor.get("/tickets/new/customers?address=pri").body())
        .contains("<option value=\"priya@nair.example\">Priya Nair</option>");
    assertThat(visitor.get("/tickets/new/customers?address=").body()).doesNotContain("<option");
  }

  @Test
  void an_answer_may_complete_the_step_that_asked_for_it() {
    var ticket = ticket("Zip repair");
    var number = ticket.id().value();
    var read = step(ticket.id());
    visitor.get("/tickets/" + number);
    assertThat(visitor.get("/tickets/" + number + "/completion").body())
        .doesNotContain("name=\"completes\"");
    visitor.post(
        "/tasks/" + read.id().value() + "/completion",
        Map.of("category", "product", "priority", "normal", "enough_information", "yes"));
    var answer = step(ticket.id());
    assertThat(visitor.get("/tickets/" + number).body())
        .contains("name=\"completes\" value=\"" + answer.id().value() + "\"");

    var hasty = say(number, "reply", "We repair it.", "" + answer.id().value());
    assertThat(hasty.statusCode()).isEqualTo(409);
    assertThat(hasty.body())
        .contains("Not sent: Expected all of the checklist", "We repair it.</textarea>");

    var sent =
        say(
            number,
            "reply",
            "We repair it.",
            "" + answer.id().value(),
            Checklist.done(tasks.step(answer)));

    assertThat(sent.statusCode()).isEqualTo(302);
    var page = visitor.get("/tickets/" + number).body();
    assertThat(page).contains("We repair it.", "did “" + answer.title() + "”");
    assertThat(tasks.withId(answer.id()).orElseThrow().progress().status())
        .isEqualTo(Task.Status.DONE);

    var late = say(number, "reply", "And again.", "" + answer.id().value());
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("no longer open", "And again.</textarea>");
    assertThat(visitor.get("/tickets/" + number).body()).doesNotContain("And again.</div>");
  }

  @Test
  void a_workflow_is_started_by_hand_once() {
    var number = ticket("Stove hisses").id().value();
    var choose = visitor.get("/tickets/" + number + "/workflows").body();
    assertThat(visitor.get("/tickets/" + number).body()).contains("Start a workflow…");
    assertThat(choose).contains("Escalate by the matrix").doesNotContain("went dark");

    var path = "/tickets/" + number + "/workflows/escalate";
    var form = Map.of("once", "one", "level", "second", "urgency", "high");
    assertThat(visitor.get(path).body()).contains("Start it", "#" + number + " Stove hisses");
    assertThat(visitor.post(path, form).statusCode()).isEqualTo(302);
    assertThat(visitor.post(path, form).statusCode()).as("the same again").isEqualTo(302);
    var other = visitor.post(path, Map.of("once", "two", "level", "second", "urgency", "high"));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("is under way here already");
    assertThat(visitor.get("/tickets/" + number).body())
        .containsOnlyOnce("started the workflow “Escalate by the matrix”");
    assertThat(visitor.get("/tickets/" + number + "/workflows/customer-went-dark").statusCode())
        .isEqualTo(404);

    visitor.get("/workflows/escalate/start");
    var unknown = visitor.post("/workflows/escalate/start", Map.of("subject.", "#99999999"));
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("Expected the number of a ticket that you may see");
    var second = ticket("Stove smells").id().value();
    var started =
        visitor.post("/workflows/escalate/start", Map.of("subject.", "#" + second, "once", "x"));
    assertThat(started.headers().firstValue("Location"))
        .get()
        .asString()
        .endsWith("/tickets/" + second);

    assignments.assign(
        new TicketId(number), null, signedIn(Role.COLLABORATOR).id(), null, ada.actor());
    assertThat(visitor.get("/tickets/" + number).body()).doesNotContain("Start a workflow…");
    assertThat(visitor.get(path).statusCode()).isEqualTo(404);
    assertThat(visitor.post(path, form).statusCode()).isEqualTo(404);
  }

  @Test
  void refused_words_stay_in_the_composer() {
    var number = ticket("Stove").id().value();
    visitor.get("/tickets/" + number);

    var empty = say(number, "note", "   ", "");
    assertThat(empty.statusCode()).isEqualTo(422);
    assertThat(empty.body()).contains("Not noted:");
    assertThat(say(number, "note", "Ask the <i>workshop</i>", "").statusCode()).isEqualTo(302);
    assertThat(visitor.get("/tickets/" + number).body()).contains("Ask the &lt;i&gt;workshop");
    assertThat(visitor.get("/tickets/" + number + "/entries").statusCode()).isEqualTo(302);
  }

  @Test
  void whoever_assigns_an_outdated_ticket_is_told_and_nothing_changes() {
    var ticket = ticket("Headlamp");
    var number = ticket.id().value();
    visitor.get("/tickets/" + number);
    conversations.note(ticket.id(), "Seen.", ada);

    var late =
        visitor.post(
            "/tickets/" + number + "/assignment",
            Map.of("agent", "" + ada.id().value(), "revision", "" + ticket.revision()));

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("has changed since you opened it");
    assertThat(tickets.withId(ticket.id()).orElseThrow().assignment().agent()).isNull();
  }

  @Test
  void a_long_conversation_begins_with_its_newest_part_and_leads_back() {
    var ticket = ticket("A long story");
    for (int note = 1; note <= 60; note++) {
      conversations.note(ticket.id(), "Note number " + note + ".", ada);
    }

    var page = visitor.get("/tickets/" + ticket.id().value()).body();
    assertThat(page).contains("Note number 60.").doesNotContain("Note number 2.");
    var earlier =
        Pattern.compile("hx-get=\"(/tickets/\\d+/timeline\\?before=\\d+)\"").matcher(page);
    assertThat(earlier.find()).isTrue();
    var before = visitor.get(earlier.group(1)).body();
    assertThat(before)
        .contains("Note number 2.", "id=\"beginning\"")
        .doesNotContain("Note number 60.");
    var since = Pattern.compile("id=\"beginning\" data-since=\"(\\d+)\"").matcher(before);
    assertThat(since.find()).isTrue();
    assertThat(
            visitor
                .get("/tickets/%s/timeline?since=%s".formatted(ticket.id().value(), since.group(1)))
                .body())
        .contains("Note number 2.", "Note number 60.");
  }

  @Test
  void a_light_collaborator_sees_what_was_given_to_them_and_writes_notes_only() {
    var given = ticket("Given");
    var kept = ticket("Kept from them");
    var pavel = signedIn(Role.COLLABORATOR);
    assignments.assign(given.id(), null, pavel.id(), null, ada.actor());

    assertThat(visitor.get("/lists/all").body())
        .contains("Given")
        .doesNotContain("Kept from them", "/tickets/new");
    var page = visitor.get("/tickets/" + given.id().value());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("value=\"reply\"");
    for (var path :
        Stream.of("", "/head", "/timeline", "/next", "/completion", "/details", "/customer")
            .map(region -> "/tickets/" + kept.id().value() + region)
            .toList()) {
      assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(say(kept.id().value(), "note", "Hello", "").statusCode()).isEqualTo(404);
    assertThat(say(given.id().value(), "reply", "Hello", "").statusCode()).isEqualTo(404);
    assertThat(say(given.id().value(), "note", "Hello", "").statusCode()).isEqualTo(302);
    assertThat(visitor.get("/tickets/new").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/mailbox").statusCode()).isEqualTo(404);
  }

  @Test
  void without_a_session_every_page_leads_to_sign_in_and_the_stream_ends() {
    var number = ticket("Private").id().value();
    visitor.get("/tickets");
    visitor.post("/sign-out", Map.of());

    for (var path : List.of("/tickets", "/tickets/" + number, "/lists/all", "/waiting", "/live")) {
      var answer = visitor.get(path);
      assertThat(answer.statusCode()).as(path).isIn(302, 401);
      assertThat(answer.body()).as(path).doesNotContain("Private");
    }
  }

  private java.net.http.HttpResponse<String> say(
      long number, String kind, String text, String completes) {
    return say(number, kind, text, completes, Map.of());
  }

  private java.net.http.HttpResponse<String> say(
      long number, String kind, String text, String completes, Map<String, String> more) {
    var form = new java.util.HashMap<>(more);
    form.put("kind", kind);
    form.put("text", text);
    if (!completes.isEmpty()) {
      form.put("completes", completes);
    }
    return visitor.post("/tickets/" + number + "/entries", form);
  }

  private Task step(TicketId id) {
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    return tasks.of(id.subject()).getFirst();
  }

  private Ticket ticket(String subject) {
    var customer = customers.recognize("jonas" + number() + "@weber.example", "Jonas Weber");
    var first =
        new NewMessage(customer.actor(), "Please help.", null, List.of(), clock.instant(), null);
    var opened = tickets.open(new NewTicket(subject, customer.id(), "email", first, null));
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    return tickets.withId(opened.id()).orElseThrow();
  }

  private Agent signedIn(Role role) {
    var agent = somebody("Ada Moreno", role);
    visitor = signedIn(agent);
    return agent;
  }
}
