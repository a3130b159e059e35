package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.FollowUps;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Who is told of what by the bell: mentions, what one follows, what is one's own.
class NotificationWebTest extends WebTest {
  @Autowired Tickets tickets;
  @Autowired Conversations conversations;
  @Autowired FollowUps followUps;
  @Autowired Customers customers;
  @Autowired Work work;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @SuppressWarnings("NullAway.Init")
  Agent brigitte;

  @SuppressWarnings("NullAway.Init")
  Visitor here;

  @SuppressWarnings("NullAway.Init")
  Visitor there;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada Moreno", Role.AGENT);
    brigitte = somebody("Brigitte" + number() + " Roux", Role.AGENT);
    here = signedIn(ada);
    there = signedIn(brigitte);
  }

  @Test
  void whoever_is_named_in_a_note_is_told_until_they_have_looked() {
    var ticket = ticket("Broken tent");
    assertThat(bell(there)).doesNotContain("unread");

    note(here, ticket, "@" + brigitte.name() + ", do you know this pole?");
    settle();

    assertThat(bell(there)).contains("Notifications, 1 unread");
    assertThat(there.get("/notifications/news?after=0").body())
        .contains("Ada Moreno mentioned you on", "\"href\":\"/tickets/" + ticket.value() + "\"");
    assertThat(there.get("/notifications/news").body()).contains("\"news\":[]");
    assertThat(there.get("/notifications").body())
        .contains("Ada Moreno", "mentioned you on", "Broken tent");
    assertThat(there.get("/tickets/" + ticket.value()).statusCode()).isEqualTo(200);
    assertThat(bell(there)).doesNotContain("unread");
    assertThat(there.get("/notifications").body()).doesNotContain("(unread)");
  }

  @Test
  void nobody_is_told_of_a_ticket_that_does_not_exist_for_them() {
    var ticket = ticket("Private matter");
    var pavel = somebody("Pavel" + number(), Role.COLLABORATOR);
    var light = signedIn(pavel);

    note(here, ticket, "@" + pavel.name() + " must not see this.");
    settle();

    assertThat(bell(light)).doesNotContain("unread");
    assertThat(light.get("/notifications").body()).doesNotContain("Private matter");
    assertThat(here.get("/tickets/" + ticket.value() + "/mentionable").body())
        .contains(brigitte.name())
        .doesNotContain(pavel.name());
    assertThat(light.get("/tickets/" + ticket.value() + "/mentionable").statusCode())
        .isEqualTo(404);
  }

  @Test
  void what_one_follows_and_has_is_told_and_not_what_one_does_oneself() {
    var ticket = ticket("Broken tent");
    there.get("/tickets/" + ticket.value());
    assertThat(pathAfter(follow(there, ticket, true))).isEqualTo("/tickets/" + ticket.value());
    assertThat(there.get("/tickets/" + ticket.value() + "/watch").body())
        .contains("You follow this ticket", "Unfollow");

    note(there, ticket, "My own words.");
    settle();
    assertThat(bell(there)).doesNotContain("unread");
    note(here, ticket, "A word of Ada's.");
    answer(ticket);
    settle();
    assertThat(bell(there)).contains("2 unread");

    var _ = follow(there, ticket, false);
    note(here, ticket, "Another word.");
    settle();
    assertThat(bell(there)).contains("2 unread");
    assertThat(pathAfter(there.post("/notifications/reading", Map.of())))
        .isEqualTo("/notifications");
    assertThat(bell(there)).doesNotContain("unread");
  }

  @Test
  void a_kind_that_one_does_not_want_is_not_told() {
    var ticket = ticket("Broken tent");
    there.get("/account/notifications");
    var _ = there.post("/account/notifications", Map.of("page", "ANSWER,FOLLOWED", "every", "0"));
    var page = there.get("/account/notifications").body();

    note(here, ticket, "@" + brigitte.name() + " once more");
    var _ = follow(there, ticket, true);
    answer(ticket);
    settle();

    assertThat(page)
        .contains("name=\"page\" value=\"ANSWER\" checked")
        .doesNotContain("name=\"page\" value=\"MENTION\" checked");
    assertThat(bell(there)).contains("1 unread");
    assertThat(there.get("/notifications").body()).contains("answered on");
  }

  @Test
  void a_promise_is_set_from_the_ticket_and_whoever_has_it_is_told_when_it_is_due() {
    var ticket = ticket("Broken tent");
    here.get("/tickets/" + ticket.value());
    var path = "/tickets/" + ticket.value() + "/follow-up";

    var refused = here.post(path, Map.of("day", "at", "at", "yesterday"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("Expected a day and time to come back at.");
    var _ =
        pathAfter(here.post(path, Map.of("day", "tomorrow", "promise", "A call about the pole")));
    assertThat(here.get("/tickets/" + ticket.value()).body())
        .contains("A call about the pole", "promised “A call about the pole” for", "Kept");
    var _ = pathAfter(here.post(path + "/keeping", Map.of()));

    assertThat(followUps.of(ticket)).isEmpty();
    assertThat(here.get("/tickets/" + ticket.value()).body())
        .contains("kept what was promised: “A call about the pole”");
  }

  private java.net.http.HttpResponse<String> follow(Visitor visitor, TicketId ticket, boolean on) {
    return visitor.post("/tickets/" + ticket.value() + "/following", Map.of("on", "" + on));
  }

  private static void note(Visitor visitor, TicketId ticket, String text) {
    visitor.get("/tickets/" + ticket.value());
    var form = new HashMap<>(Map.of("kind", "note", "text", text));
    assertThat(visitor.post("/tickets/" + ticket.value() + "/entries", form).statusCode())
        .isEqualTo(302);
  }

  private void answer(TicketId ticket) {
    var customer = customers.withId(tickets.withId(ticket).orElseThrow().customer()).orElseThrow();
    conversations.receive(
        ticket, new NewMessage(customer.actor(), "And?", null, List.of(), clock.instant(), null));
  }

  private static String bell(Visitor visitor) {
    return visitor.get("/notifications/bell").body();
  }

  private void settle() {
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
  }

  private TicketId ticket(String subject) {
    var customer = customers.recognize("note" + number() + "@weber.example", "Jonas Weber");
    var first =
        new NewMessage(customer.actor(), "Please help.", null, List.of(), clock.instant(), null);
    var opened = tickets.open(new NewTicket(subject, customer.id(), "email", first, null));
    settle();
    return opened.id();
  }
}
