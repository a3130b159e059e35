package dev.evergreen.server.desk.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Teams;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TicketApiTest extends ApiTest {
  @Autowired Teams teams;

  private Agent ada;
  private String token;

  @BeforeEach
  void letIn() {
    ada = somebody("Ada", Role.AGENT);
    token = token(ada);
  }

  @Test
  void a_ticket_is_opened_read_sorted_given_away_answered_and_closed() {
    var team = teams.create("api" + number(), "The tent people", Actor.SYSTEM).expected();
    var opened = call("POST", "/api/v1/tickets", opening("My tent leaks"), token);

    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    var path = opened.headers().firstValue("Location").orElseThrow();
    var number = json(opened).get("number").asLong();
    assertThat(path).isEqualTo("/api/v1/tickets/" + number);
    assertThat(json(get(path, token)).get("subject").asString()).isEqualTo("My tent leaks");

    var sorted =
        call("PATCH", path, "{\"priority\": \"high\", \"category\": \"technical\"}", token);
    assertThat(json(sorted).at("/state/priority").asString()).isEqualTo("high");
    assertThat(json(sorted).at("/state/category").asString()).isEqualTo("technical");

    var given =
        call(
            "PUT",
            path + "/assignment",
            "{\"team\": \"%s\", \"agent\": %d}".formatted(team.key(), ada.id().value()),
            token);
    assertThat(json(given).at("/responsible/team/name").asString()).isEqualTo("The tent people");
    assertThat(json(given).at("/responsible/agent/name").asString()).isEqualTo("Ada");

    var sent = call("POST", path + "/messages", "{\"text\": \"We send a new one.\"}", token);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    var noted = call("POST", path + "/notes", "{\"text\": \"Third tent this week.\"}", token);
    assertThat(noted.statusCode()).as(noted.body()).isEqualTo(201);

    var closed = call("POST", path + "/closing", "{\"outcome\": \"resolved\"}", token);
    assertThat(json(closed).at("/state/status").asString()).isEqualTo("closed");
    var timeline = get(path + "/timeline", token).body();
    assertThat(timeline)
        .contains("\"ticket.opened\"", "It drips.", "We send a new one.", "Third tent this week.");
    var again = call("POST", path + "/reopening", "{}", token);
    assertThat(json(again).at("/state/status").asString()).isEqualTo("open");
  }

  @Test
  void bytes_that_are_not_there_are_refused_in_the_shape_of_the_api() {
    var missing = get("/api/v1/attachments/999999999", token);

    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(missing).get("detail").asString()).contains("attachment 999999999");
  }

  @Test
  void a_call_sent_twice_under_one_key_is_done_once() {
    var body = opening("Only once");

    var first = call("POST", "/api/v1/tickets", body, token, "Idempotency-Key", "order-77");
    var again = call("POST", "/api/v1/tickets", body, token, "Idempotency-Key", "order-77");
    var other =
        call("POST", "/api/v1/tickets", opening("Another"), token, "Idempotency-Key", "order-77");

    assertThat(json(again)).isEqualTo(json(first));
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).get("detail").asString()).contains("order-77");
    var stranger = token(somebody("Bo", Role.AGENT));
    var own = call("POST", "/api/v1/tickets", body, stranger, "Idempotency-Key", "order-77");
    assertThat(json(own).get("number")).isNotEqualTo(json(first).get("number"));
  }

  @Test
  void of_two_who_take_a_ticket_one_is_told() {
    var path = open("Who takes it");
    var seen = json(get(path, token)).get("revision").asLong();
    var bo = somebody("Bo", Role.AGENT);
    var take = "{\"agent\": %d, \"revision\": %d}".formatted(bo.id().value(), seen);

    assertThat(call("PUT", path + "/assignment", take, token).statusCode()).isEqualTo(200);
    var late = call("PUT", path + "/assignment", take, token);

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(json(late).get("detail").asString()).contains("has changed since");
  }

  @Test
  void pages_follow_each_other_without_a_gap() {
    for (var i = 0; i < 5; i++) {
      open("Page " + i);
    }

    var seen = new TreeSet<Long>();
    var listed = 0;
    var next = "";
    do {
      var page = json(get("/api/v1/tickets?view=mine&limit=2&cursor=" + next, token));
      for (var ticket : page.get("items")) {
        seen.add(ticket.get("number").asLong());
        listed++;
      }
      next = page.get("next").isNull() ? "" : page.get("next").asString();
    } while (!next.isEmpty());

    assertThat(seen).hasSize(5);
    assertThat(listed).isEqualTo(5);
  }

  @Test
  void what_is_wrong_is_told_in_one_sentence_and_changes_nothing() {
    var path = open("Stays as it is");
    var before = json(get(path, token));

    assertThat(detail(call("PATCH", path, "{\"priority\": \"huge\"}", token)))
        .isEqualTo("Expected a priority (low, normal, high, urgent), but found 'huge'.");
    assertThat(detail(call("PATCH", path, "{\"colour\": \"red\"}", token)))
        .isEqualTo(
            "Expected one of `category`, `priority`, `rootCause`, `severity`, `type`, but found the unknown field `colour`.");
    assertThat(detail(call("PATCH", path, "{", token))).isEqualTo("Expected a JSON object.");
    assertThat(detail(call("PUT", path + "/assignment", "{\"agent\": \"Ada\"}", token)))
        .isEqualTo("Expected another kind of value at `agent`.");
    assertThat(detail(call("PUT", path + "/assignment", "{\"team\": \"nobody\"}", token)))
        .contains("Expected `team` to be the key of a team");
    assertThat(detail(get("/api/v1/tickets?view=hers", token)))
        .isEqualTo("Expected `view` to be one of mine, unassigned, all, closed, but found “hers”.");
    assertThat(detail(get("/api/v1/tickets?cursor=%22", token))).contains("Expected `cursor`");
    assertThat(detail(get("/api/v1/tickets?limit=1000", token))).contains("1 to 200");
    assertThat(get("/api/v1/tickets/99999999", token).statusCode()).isEqualTo(404);
    assertThat(detail(get("/api/v1/nothing", token))).contains("There is no GET /api/v1/nothing");
    assertThat(json(get(path, token))).isEqualTo(before);
  }

  @Test
  void what_an_agent_may_not_see_is_not_there_for_their_programs() {
    var path = open("Not for everybody");
    var program = token(somebody("Cy", Role.COLLABORATOR));

    assertThat(get(path, program).statusCode()).isEqualTo(404);
    assertThat(get(path + "/timeline", program).statusCode()).isEqualTo(404);
    assertThat(get(path + "/tasks", program).statusCode()).isEqualTo(404);
    assertThat(call("PATCH", path, "{\"priority\": \"high\"}", program).statusCode())
        .isEqualTo(404);
    assertThat(call("POST", path + "/notes", "{\"text\": \"Hi\"}", program).statusCode())
        .isEqualTo(404);
    assertThat(call("POST", "/api/v1/tickets", opening("No"), program).statusCode()).isEqualTo(403);
    assertThat(json(get("/api/v1/tickets?view=all", program)).get("items")).isEmpty();
  }

  @Test
  void every_answer_says_how_much_may_still_be_asked() {
    var first = get("/api/v1/me", token);
    var second = get("/api/v1/me", token);

    assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"token\";q=600;w=60");
    assertThat(first.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"token\";r=599");
    assertThat(second.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"token\";r=59");
  }

  @Test
  void a_program_that_runs_wild_is_told_to_wait() {
    var refused = get("/api/v1/me", token);
    for (var i = 0; i < 900 && refused.statusCode() == 200; i++) {
      refused = get("/api/v1/me", token);
    }

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(detail(refused)).contains("600 calls a minute");
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
    assertThat(get("/api/v1/me", token(somebody("Dee", Role.AGENT))).statusCode()).isEqualTo(200);
  }

  private String open(String subject) {
    return call("POST", "/api/v1/tickets", opening(subject), token)
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private static String opening(String subject) {
    return """
    {"address": "jo%d@tents.example", "name": "Jo", "channel": "phone", "subject": "%s",
     "text": "It drips.", "mine": true}
    """
        .formatted(number(), subject);
  }

  private static String detail(java.net.http.HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(400, 499);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    return json(response).get("detail").asString();
  }
}
