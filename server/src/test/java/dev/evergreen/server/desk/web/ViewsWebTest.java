package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ViewsWebTest extends WebTest {
  @Autowired Tickets tickets;
  @Autowired Customers customers;
  @Autowired DatabaseClock clock;

  @Test
  void a_view_is_made_by_form_shown_in_the_list_and_there_for_its_owner_alone() {
    var visitor = signedIn(somebody("Ines", Role.AGENT));
    var word = "glowing" + number();
    ticket("A " + word + " lantern");
    assertThat(visitor.get("/views/new").body()).contains("all of these hold", "Only me");

    var grown =
        visitor.post(
            "/views/editor",
            Map.of("c", "all", "c.0.field", "subject", "c.0.op", "contains", "do", "add c"));
    assertThat(grown.body()).contains("name=\"c.0.op\"", "name=\"c.1.field\"");
    var nested =
        visitor.post(
            "/views/editor",
            Map.of("c", "none", "c.0", "any", "c.0.0.field", "updated", "do", "group c.0"));
    assertThat(nested.body()).contains("name=\"c.0.1.0.field\"", "name=\"c.0.0.n\"");

    var form =
        Map.of(
            "name", "Lanterns " + word,
            "audience", "own",
            "c", "all",
            "c.0.field", "subject",
            "c.0.op", "contains",
            "c.0.v", word,
            "column", "priority",
            "order", "opened",
            "grouping", "status");
    assertThat(visitor.post("/views/editor", form).body()).contains("A " + word + " lantern");
    var made = there(visitor.post("/views", form));

    assertThat(visitor.get(made).body())
        .contains("<h1 id=\"main\">Lanterns " + word, "A " + word + " lantern", "row-group")
        .containsPattern("Lanterns " + word + "</span><span class=\"count\">1<");
    var key = made.substring(made.indexOf('=') + 1);
    assertThat(visitor.get("/lists/" + key).body()).contains("A " + word + " lantern");
    assertThat(visitor.get("/views/" + key).body()).contains("value=\"" + word + "\"");

    var other = signedIn(somebody("Pavel", Role.ADMINISTRATOR));
    assertThat(other.get("/tickets?view=" + key).statusCode()).isEqualTo(404);
    assertThat(other.get("/views/" + key).statusCode()).isEqualTo(404);
    other.get("/views/new");
    assertThat(other.post("/views/" + key + "/removal", Map.of()).statusCode()).isEqualTo(404);
    visitor.get("/views/" + key);
    assertThat(visitor.post("/views/" + key + "/removal", Map.of()).statusCode()).isEqualTo(302);
    assertThat(visitor.get(made).statusCode()).isEqualTo(404);
  }

  @Test
  void what_cannot_be_asked_is_told_in_the_form() {
    var visitor = signedIn(somebody("Ines", Role.AGENT));
    visitor.get("/views/new");

    var refused =
        visitor.post(
            "/views",
            Map.of(
                "name", "Old",
                "audience", "own",
                "c", "all",
                "c.0.field", "updated",
                "c.0.op", "older",
                "c.0.n", "four",
                "c.0.u", "hour"));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("a time such as 4 hours", "value=\"four\"");
  }

  private void ticket(String subject) {
    var customer = customers.recognize("views" + number() + "@sato.example", "Kim Sato");
    var said = new NewMessage(customer.actor(), "Words.", null, List.of(), clock.instant(), null);
    var _ = tickets.open(new NewTicket(subject, customer.id(), "email", said, null));
  }
}
