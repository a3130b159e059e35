package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.task.NewTeamTask;
import dev.evergreen.server.ticket.task.TeamTasks;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writing to a customer, as a browser does it and as one without scripts does.
class ComposerWebTest extends WebTest {
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  @Autowired Tickets tickets;
  @Autowired Customers customers;
  @Autowired DatabaseClock clock;
  @Autowired OwnFields definitions;
  @Autowired TicketFields fields;
  @Autowired TeamTasks tasks;
  @Autowired Sorting sorting;
  @Autowired JdbcClient database;
  @Autowired Work work;

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
  void what_is_formatted_stands_so_in_the_conversation_and_runs_nothing() {
    var number = ticket("Tent pole");
    write(number, Map.of("html", "<p>A <strong>new</strong> pole<script>x()</script></p>"));

    assertThat(visitor.get("/tickets/" + number + "/timeline").body())
        .contains("<p>A <strong>new</strong> pole</p>")
        .doesNotContain("x()");
    assertThat(visitor.get("/mailbox").body()).contains("Re: Tent pole");
  }

  @Test
  void a_draft_keeps_its_formatting_for_its_writer_alone() {
    var number = ticket("Zip");
    visitor.get("/tickets/" + number);
    var kept =
        visitor.post(
            "/tickets/" + number + "/draft",
            Map.of("text", "Half a", "html", "<p>Half <em>a</em></p>", "kind", "reply"));

    assertThat(kept.statusCode()).isEqualTo(204);
    assertThat(visitor.get("/tickets/" + number).body())
        .contains("Half a</textarea>", "value=\"&lt;p>Half &lt;em>a&lt;/em>&lt;/p>\"");
    assertThat(signedIn(somebody("Bo", Role.AGENT)).get("/tickets/" + number).body())
        .doesNotContain("Half a");
  }

  @Test
  void an_image_is_kept_with_the_draft_and_goes_out_among_the_words() {
    var number = ticket("Label");
    var kept = upload(number, "label.png", PICTURE, true);
    assertThat(kept).as(kept).contains("\"contentId\":\"");
    var contentId = found(kept, "\"contentId\":\"([^\"]+)\"");
    var address = "/tickets/" + number + "/draft/pictures/" + contentId;

    assertThat(visitor.get(address).headers().firstValue("Content-Type")).contains("image/png");
    assertThat(signedIn(somebody("Bo", Role.AGENT)).get(address).statusCode()).isEqualTo(404);
    write(number, Map.of("html", "<p>Look <img src=\"cid:" + contentId + "\" alt=\"it\"></p>"));

    var timeline = visitor.get("/tickets/" + number + "/timeline").body();
    var shown = found(timeline, "src=\"(/messages/\\d+/pictures/[^\"]+)\"");
    assertThat(visitor.get(shown).statusCode()).isEqualTo(200);
    assertThat(timeline).doesNotContain("/attachments/");
    assertThat(visitor.get(address).statusCode()).isEqualTo(404);
  }

  @Test
  void a_file_goes_along_unless_it_is_taken_out_and_only_images_are_shown() {
    var number = ticket("Papers");
    var one =
        found(
            upload(number, "terms.pdf", "%PDF-1".getBytes(StandardCharsets.UTF_8), false),
            "\"id\":(\\d+)");
    assertThat(upload(number, "bill.pdf", "%PDF-2".getBytes(StandardCharsets.UTF_8), false))
        .contains("bill.pdf");
    assertThat(
            upload(number, "nice.png", "<svg onload=x()>".getBytes(StandardCharsets.UTF_8), true))
        .contains("Expected a PNG");
    assertThat(visitor.get("/tickets/" + number).body()).contains("terms.pdf", "bill.pdf");

    visitor.post("/tickets/" + number + "/draft/files/" + one + "/removal", Map.of());
    write(number, Map.of("text", "Here they are."));

    assertThat(visitor.get("/tickets/" + number + "/timeline").body())
        .contains("bill.pdf", "/attachments/")
        .doesNotContain("terms.pdf", "nice.png");
    assertThat(visitor.get("/tickets/" + number).body()).doesNotContain("data-file=\"");
  }

  @Test
  void a_reply_waits_a_moment_in_which_it_can_be_taken_back() {
    var number = ticket("Too fast");
    assertThat(visitor.get("/tickets/" + number).body()).contains("name=\"hold\" value=\"10\"");
    write(number, Map.of("text", "Dear Amaro", "hold", "10"));

    var page = visitor.get("/tickets/" + number).body();
    assertThat(page).contains("Dear Amaro", ">Undo ");
    assertThat(visitor.get("/tickets/" + number + "/timeline").body()).doesNotContain("Amaro");
    var undo = found(page, "action=\"(/tickets/\\d+/held/\\d+/recall)\"");
    var stranger = signedIn(somebody("Bo", Role.AGENT));
    assertThat(stranger.get("/tickets/" + number + "/held").body()).doesNotContain("Amaro");
    stranger.get("/tickets/" + number);
    assertThat(stranger.post(undo, Map.of()).statusCode()).isEqualTo(409);
    visitor.get("/tickets/" + number);
    assertThat(visitor.post(undo, Map.of()).statusCode()).isEqualTo(302);

    assertThat(visitor.get("/tickets/" + number).body()).contains("Dear Amaro</textarea>");
  }

  @Test
  void a_reply_for_later_shows_its_time_and_a_wrong_time_changes_nothing() {
    var number = ticket("Later");
    visitor.get("/tickets/" + number);
    var wrong =
        visitor.post(
            "/tickets/" + number + "/entries",
            Map.of("kind", "reply", "text", "Then", "later", "chosen", "at", "2020-01-01T09:00"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("Expected a time to come", "Then</textarea>");

    write(
        number,
        Map.of(
            "text",
            "Good morning!",
            "later",
            clock.instant().toString().substring(0, 4) + "-12-31T09:00"));

    assertThat(visitor.get("/tickets/" + number + "/held").body())
        .contains("Good morning!", "Take it back", "-12-31T09:00\"");
    assertThat(visitor.get("/tickets/" + number + "/timeline").body())
        .contains("wrote an answer to be sent later");
  }

  @Test
  void a_macro_shows_what_it_does_and_does_it_with_the_words() {
    var name = "Refund " + number();
    visitor.get("/settings/macros");
    var added =
        visitor.post(
            "/settings/macros",
            Map.of(
                "name", name,
                "scope", "own",
                "text", "Dear {{ customer.name }}, it is on its way back.",
                "priority", "high",
                "outcome", "resolved"));
    assertThat(there(added)).endsWith("/settings/macros");
    var number = ticket("Refund me");
    var page = visitor.get("/tickets/" + number).body();
    var id = found(page, "<option value=\"(\\d+)\">" + name + "<");

    assertThat(visitor.get("/tickets/" + number + "/macros/" + id).body())
        .contains("Dear Amara Okafor, it is", "sets the priority to high and closes it: resolved");
    assertThat(
            signedIn(somebody("Bo", Role.AGENT))
                .get("/tickets/" + number + "/macros/" + id)
                .statusCode())
        .isEqualTo(404);
    write(number, Map.of("text", "Dear Amara", "macro", id));

    assertThat(visitor.get("/tickets/" + number + "/timeline").body())
        .contains(
            "Dear Amara",
            "used the macro “" + name + "”: set the priority from normal to high, closed it")
        .doesNotContain("</b> closed it");
    assertThat(tickets.withId(new TicketId(number)).orElseThrow().isClosed()).isTrue();
  }

  @Test
  void a_canned_answer_to_an_angry_customer_asks_first() {
    var calm = ticket("Calm");
    var angry = ticket("Angry", "This is unacceptable. Three weeks and NO ANSWER!!");

    assertThat(visitor.get("/tickets/" + calm + "/canned-responses").body())
        .contains("role=\"option\"")
        .doesNotContain("data-delicate");
    assertThat(visitor.get("/tickets/" + angry + "/canned-responses").body())
        .contains("sounds angry", "data-delicate");
  }

  @Test
  void copies_are_offered_again_and_each_wrong_address_is_named() {
    var number = ticket("Two of us");
    visitor.get("/tickets/" + number);
    var wrong =
        visitor.post(
            "/tickets/" + number + "/entries",
            Map.of(
                "kind", "reply",
                "text", "Hello you two",
                "cc", "kim@ridge.example, nobody",
                "bcc", "quiet@ridge.example"));

    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("“nobody” is not an address like name@example.org")
        .contains("Hello you two</textarea>", "kim@ridge.example, nobody", "quiet@ridge.example");
    write(
        number,
        Map.of("text", "Hello you two", "cc", "kim@ridge.example", "bcc", "quiet@ridge.example"));
    var page = visitor.get("/tickets/" + number).body();
    assertThat(page)
        .contains("copy to kim@ridge.example", "name=\"cc\" value=\"kim@ridge.example\"")
        .doesNotContain("quiet@ridge.example");
    visitor.post(
        "/tickets/" + number + "/draft", Map.of("text", "And", "cc", "", "bcc", "b@ridge.example"));
    assertThat(visitor.get("/tickets/" + number).body())
        .contains("name=\"cc\" value=\"\"", "name=\"bcc\" value=\"b@ridge.example\"");
    assertThat(signedIn(somebody("Bo", Role.AGENT)).get("/tickets/" + number).body())
        .contains("name=\"cc\" value=\"kim@ridge.example\"")
        .doesNotContain("b@ridge.example");
  }

  @Test
  void an_answer_goes_out_into_a_status_and_the_next_ticket_comes() {
    visitor.get("/settings/sending");
    visitor.post("/settings/sending", Map.of("seconds", "0", "goesOn", "true"));
    var next = ticket("Next of all");
    var number = ticket("Answered at once");
    var page = visitor.get("/tickets/" + number + "?view=all").body();
    var solved =
        found(page, "name=\"status\" value=\"(\\d+)\" data-digit[^>]*><span>[^/]*/span> solved<");
    var closed =
        found(page, "name=\"status\" value=\"(\\d+)\" data-digit[^>]*><span>[^/]*/span> closed<");

    var why =
        visitor.post(
            "/tickets/" + number + "/entries",
            Map.of("kind", "reply", "text", "Bye", "status", closed, "from", "all"));
    assertThat(why.statusCode()).isEqualTo(422);
    assertThat(why.body()).contains("expected an outcome for “closed”", "Bye</textarea>");
    visitor.get("/tickets/" + number);
    assertThat(
            there(
                visitor.post(
                    "/tickets/" + number + "/entries",
                    Map.of("kind", "reply", "text", "Done", "status", solved, "from", "all"))))
        .endsWith("/tickets/" + next + "?view=all");
    assertThat(tickets.withId(new TicketId(number)).orElseThrow().state().status())
        .isEqualTo(Status.SOLVED);
  }

  @Test
  void what_a_ticket_lacks_to_be_settled_is_said_before_anything_goes_out() {
    var number = ticket("Lacks something");
    var solved = solved(number);
    asksOfProblems();
    becomesProblem(number);

    var refused = send(number, Map.of("text", "All done", "status", solved));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains(
            "Not sent: expected these to be filled in", "Where it broke", "All done</textarea>");
    assertThat(visitor.get("/tickets/" + number + "/timeline").body()).doesNotContain("All done");

    var _ = fields.set(new TicketId(number), "where_it_broke", "Pole", ada.actor()).expected();
    there(send(number, Map.of("text", "All done", "status", solved)));
    assertThat(status(number)).isEqualTo(Status.SOLVED);
  }

  @Test
  void what_others_still_do_is_told_once_and_meant_the_second_time() {
    var number = ticket("Others work on it");
    var solved = solved(number);
    var task = new NewTeamTask("Look at the pole", null, ada.id(), null, null);
    var _ = tasks.give(new TicketId(number), task, ada.actor()).expected();

    var asked = send(number, Map.of("text", "All done", "status", solved));
    assertThat(asked.statusCode()).isEqualTo(409);
    assertThat(asked.body())
        .contains(
            "Not sent yet: 1 task is still open here", "name=\"anyway\"", "All done</textarea>");
    assertThat(status(number)).isNotEqualTo(Status.SOLVED);

    there(send(number, Map.of("text", "All done", "status", solved, "anyway", "true")));
    assertThat(status(number)).isEqualTo(Status.SOLVED);
  }

  @Test
  void what_cannot_be_settled_when_it_goes_out_is_said_on_the_ticket_and_to_its_writer() {
    var number = ticket("Changes its mind");
    var solved = solved(number);
    asksOfProblems();
    there(send(number, Map.of("text", "All done", "status", solved, "hold", "10")));
    becomesProblem(number);
    database
        .sql("update due set at = now() - interval '1 second' where kind = 'reply.held'")
        .update();
    work.settle(Duration.ofSeconds(20));

    var page = visitor.get("/tickets/" + number + "/timeline").body();
    assertThat(page).contains("All done", "was not settled with what was sent", "Where it broke");
    assertThat(status(number)).isNotEqualTo(Status.SOLVED);
    assertThat(visitor.get("/notifications").body()).contains("did not settle", "Changes its mind");
  }

  /// Other tests settle problems, too.
  @AfterEach
  void askNoMore() {
    definitions
        .withKey(TicketFields.ABOUT, "where_it_broke")
        .filter(field -> !field.retired())
        .ifPresent(field -> definitions.retire(field, true, ada.actor()).expected());
  }

  private void asksOfProblems() {
    var known = definitions.withKey(TicketFields.ABOUT, "where_it_broke");
    if (known.isPresent()) {
      var _ = definitions.retire(known.get(), false, ada.actor()).expected();
    } else {
      var _ =
          definitions
              .add(
                  TicketFields.ABOUT,
                  new OwnField.Naming("where_it_broke", "Where it broke", ""),
                  new OwnField.Shape(FieldKind.TEXT, List.of(), List.of(), null, null),
                  new OwnField.Use(OwnField.Required.SETTLING, List.of("problem"), false, 0),
                  ada.actor())
              .expected();
    }
  }

  private void becomesProblem(long number) {
    sorting.update(
        new TicketId(number),
        new Changes(null, null, null, TicketType.PROBLEM, null, null),
        ada.actor());
  }

  private String solved(long number) {
    return found(
        visitor.get("/tickets/" + number).body(),
        "name=\"status\" value=\"(\\d+)\" data-digit[^>]*><span>[^/]*/span> solved<");
  }

  private Status status(long number) {
    return tickets.withId(new TicketId(number)).orElseThrow().state().status();
  }

  private HttpResponse<String> send(long number, Map<String, String> sent) {
    visitor.get("/tickets/" + number);
    var form = new HashMap<>(sent);
    form.put("kind", "reply");
    return visitor.post("/tickets/" + number + "/entries", form);
  }

  @Test
  void a_macro_sets_what_it_says_and_is_taken_back_as_a_whole() {
    var name = "Return " + number();
    var number = ticket("Take it back");
    var page = visitor.get("/tickets/" + number).body();
    var hold =
        found(page, "name=\"status\" value=\"(\\d+)\" data-digit[^>]*><span>[^/]*/span> on hold<");
    visitor.get("/settings/macros");
    assertThat(
            there(
                visitor.post(
                    "/settings/macros",
                    Map.of(
                        "name", name,
                        "scope", "own",
                        "type", "incident",
                        "priority", "high",
                        "tags", "returns, bulky",
                        "status", hold,
                        "takes", "true"))))
        .endsWith("/settings/macros");
    var id = found(visitor.get("/tickets/" + number).body(), "<option value=\"(\\d+)\">" + name);

    assertThat(visitor.get("/tickets/" + number + "/macros/" + id).body())
        .contains("sets the priority to high, makes it a incident, tags it “returns”")
        .contains("makes you responsible and puts it into “on hold”");
    visitor.get("/tickets/" + number);
    visitor.post("/tickets/" + number + "/entries", Map.of("kind", "reply", "macro", id));
    var after = visitor.get("/tickets/" + number).body();
    assertThat(after).contains("used the macro “" + name + "”", "returns");
    var ticket = tickets.withId(new TicketId(number)).orElseThrow();
    assertThat(ticket.state().status()).isEqualTo(Status.ON_HOLD);
    assertThat(ticket.state().sorted().tags()).hasSize(2);

    var undo = found(after, "formaction=\"(/tickets/\\d+/changes/\\d+/undoing)\"");
    there(visitor.post(undo, Map.of()));
    var restored = tickets.withId(new TicketId(number)).orElseThrow();
    assertThat(restored.state().status()).isEqualTo(Status.NEW);
    assertThat(restored.state().sorted().tags()).isEmpty();
    assertThat(restored.assignment().agent()).isNull();
    assertThat(visitor.get("/tickets/" + number).body()).doesNotContain("formaction=\"/tickets/");
  }

  @Test
  void what_is_known_of_a_ticket_is_offered_with_its_value() {
    var number = ticket("Known things");

    assertThat(visitor.get("/tickets/" + number + "/variables").body())
        .contains("customer.name", "data-text=\"Amara Okafor\"", "data-text=\"Known things\"")
        .contains("agent.name", "id=\"variable-0\"");
  }

  @Test
  void a_message_is_passed_on_aside_without_what_is_only_for_us() {
    var number = ticket("Pass it on", "The frame is bent.");
    visitor.get("/tickets/" + number);
    visitor.post("/tickets/" + number + "/entries", Map.of("kind", "note", "text", "Angry one"));
    var page = visitor.get("/tickets/" + number).body();
    var form = found(page, "href=\"(/tickets/\\d+/forwarding\\?message=\\d+)\"");

    assertThat(visitor.get(form).body())
        .contains("Fwd: Pass it on", "From: Amara Okafor", "The frame is bent.")
        .contains("name=\"forwarded\" value=\"1\"")
        .doesNotContain("Angry one");
    var sent =
        visitor.post(
            "/tickets/" + number + "/sides",
            Map.of(
                "address", "repairs@partner.example",
                "subject", "Fwd: Pass it on",
                "text", "Can you?\n\nThe frame is bent.",
                "forwarded", "1"));
    assertThat(there(sent)).contains("/sides/");
    assertThat(visitor.get("/tickets/" + number).body())
        .contains("forwarded a message to repairs@partner.example");
    assertThat(visitor.get("/tickets/" + number + "/forwarding?message=999999").statusCode())
        .isEqualTo(404);
    var light = signedIn(somebody("Lea", Role.COLLABORATOR));
    assertThat(light.get("/tickets/" + number + "/forwarding").statusCode()).isEqualTo(404);
  }

  @Test
  void signatures_are_kept_up_by_leads_and_previewed_under_what_one_writes() {
    var lead = signedIn(somebody("Lena Lead", Role.LEAD));
    assertThat(lead.get("/settings/signatures").body()).contains("No signature yet", "A new one");
    there(
        lead.post(
            "/settings/signatures",
            Map.of("language", "fr", "text", "Bien à vous, {{ agent.name }}")));
    assertThat(lead.get("/settings/signatures").body()).contains("Bien à vous, Lena Lead");
    var number = ticket("Signed");

    assertThat(
            visitor
                .get(
                    "/tickets/"
                        + number
                        + "/signature?text=Bonjour,%20merci%20pour%20votre%20message")
                .body())
        .contains("Bien à vous, ");
    assertThat(visitor.get("/settings/signatures").body()).doesNotContain("A new one");
    assertThat(visitor.post("/settings/signatures", Map.of("text", "Mine")).statusCode())
        .isEqualTo(404);
    var page = lead.get("/settings/signatures").body();
    var id = found(page, "/settings/signatures/(\\d+)/removal");
    there(lead.post("/settings/signatures/" + id + "/removal", Map.of("revision", "1")));
  }

  @Test
  void who_answers_after_a_colleague_is_told_before_it_goes_out() {
    var number = ticket("Two at once");
    var page = visitor.get("/tickets/" + number).body();
    var bo = signedIn(somebody("Bo Lind", Role.AGENT));
    bo.get("/tickets/" + number);
    bo.post("/tickets/" + number + "/entries", Map.of("kind", "reply", "text", "I have it."));
    visitor.get("/tickets/" + number);
    var seen = found(page, "name=\"seen\" value=\"(\\d+)\"");
    var late =
        visitor.post(
            "/tickets/" + number + "/entries",
            Map.of("kind", "reply", "text", "Me as well.", "seen", seen));

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("Bo Lind has answered since", "Me as well.</textarea>");
    assertThat(visitor.get("/tickets/" + number + "/presence?seen=" + seen).body())
        .contains("Bo Lind</span> has answered since");
    assertThat(bo.get("/tickets/" + number + "/presence?seen=" + seen).body())
        .doesNotContain("has answered");
    var again = found(late.body(), "name=\"seen\" value=\"(\\d+)\"");
    write(number, Map.of("text", "Me as well.", "seen", again));
    assertThat(visitor.get("/tickets/" + number + "/timeline").body()).contains("Me as well.");
  }

  @Test
  void an_answer_that_a_colleague_can_still_undo_counts_too() {
    var number = ticket("Two at once");
    var seen = found(visitor.get("/tickets/" + number).body(), "name=\"seen\" value=\"(\\d+)\"");
    var bo = signedIn(somebody("Bo Lind", Role.AGENT));
    bo.get("/tickets/" + number);
    bo.post(
        "/tickets/" + number + "/entries",
        Map.of("kind", "reply", "text", "I have it.", "hold", "10"));

    visitor.get("/tickets/" + number);
    assertThat(
            visitor
                .post(
                    "/tickets/" + number + "/entries",
                    Map.of("kind", "reply", "text", "Me as well.", "seen", seen))
                .statusCode())
        .isEqualTo(409);
  }

  @Test
  void how_long_one_can_undo_is_each_ones_own_choice() {
    visitor.get("/settings/sending");
    assertThat(visitor.post("/settings/sending", Map.of("seconds", "7")).statusCode())
        .isEqualTo(422);
    visitor.post("/settings/sending", Map.of("seconds", "0"));
    var number = ticket("At once");

    write(number, Map.of("text", "Right away", "hold", "0"));

    assertThat(visitor.get("/tickets/" + number + "/timeline").body()).contains("Right away");
  }

  void write(long number, Map<String, String> words) {
    visitor.get("/tickets/" + number);
    var form = new java.util.HashMap<>(words);
    form.put("kind", "reply");
    assertThat(there(visitor.post("/tickets/" + number + "/entries", form)))
        .endsWith("/tickets/" + number);
  }

  String upload(long number, String name, byte[] content, boolean shown) {
    visitor.get("/tickets/" + number);
    return visitor
        .upload("/tickets/" + number + "/draft/files?shown=" + shown, name, content)
        .body();
  }

  static String found(String text, String pattern) {
    var found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  long ticket(String subject) {
    return ticket(subject, "It broke.");
  }

  long ticket(String subject, String text) {
    var customer = customers.recognize("writer" + number() + "@ridge.example", "Amara Okafor");
    TicketId id =
        tickets
            .open(
                new NewTicket(
                    subject,
                    customer.id(),
                    "email",
                    new NewMessage(customer.actor(), text, null, List.of(), clock.instant(), null),
                    null))
            .id();
    return id.value();
  }
}
