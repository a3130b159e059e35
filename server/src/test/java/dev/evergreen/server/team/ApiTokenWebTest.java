package dev.evergreen.server.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.ApiToken.Scope;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ApiTokenWebTest extends AccountWebTest {
  @Autowired ApiTokens tokens;

  @Test
  void a_token_is_shown_once_and_lets_a_program_in_until_it_is_revoked() {
    visitor.signIn(ada.email(), PASSWORD);
    visitor.get("/account");
    var made =
        visitor.post(
            "/account/tokens", Map.of("name", "Night report", "scope", "READ", "days", "30"));
    var token = made.body().replaceAll("(?s).*<code class=\"secret\">([^<]+)</code>.*", "$1");

    assertThat(token).startsWith(ApiTokens.PREFIX).hasSizeGreaterThan(40);
    assertThat(visitor.get("/account").body())
        .contains("Night report", "never used")
        .doesNotContain(token);
    var me = call("GET", token);
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body()).contains(ada.email(), "\"role\":\"lead\"", "\"scopes\":[\"read\"]");
    assertThat(visitor.get("/account").body()).doesNotContain("never used");

    var revocation =
        visitor
            .get("/account")
            .body()
            .replaceAll("(?s).*action=\"(/account/tokens/[^\"]+)\".*", "$1");
    visitor.post(revocation, Map.of());
    assertThat(call("GET", token).statusCode()).isEqualTo(401);
    var kept = database.sql("select token_hash from api_token").query(byte[].class).list();
    assertThat(kept).allMatch(hash -> hash.length == 32);
  }

  @Test
  void a_program_may_what_its_scopes_say_and_never_more_than_its_owner() {
    var reads = make(Set.of(Scope.READ));
    var writes = make(Set.of(Scope.WRITE));
    var administers = make(Set.of(Scope.READ, Scope.ADMINISTER));

    assertThat(call("POST", reads).statusCode()).isEqualTo(403);
    assertThat(call("POST", reads).headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("insufficient_scope");
    assertThat(call("GET", writes).statusCode()).isEqualTo(403);
    assertThat(call("GET", administers).body()).contains("\"role\":\"administrator\"");
    var _ =
        agents.add(
            new NewAgent("Bo", "second" + ada.email(), Role.ADMINISTRATOR, List.of()),
            Actor.SYSTEM);
    agents.change(ada.id(), Role.AGENT, List.of(), Actor.SYSTEM).expected();
    assertThat(call("GET", administers).body()).contains("\"role\":\"agent\"");
    agents.deactivate(ada.id(), Actor.SYSTEM).expected();
    assertThat(call("GET", administers).statusCode()).isEqualTo(401);
  }

  @Test
  void nothing_but_a_token_that_is_good_opens_the_api() {
    visitor.signIn(ada.email(), PASSWORD);
    var token = make(Set.of(Scope.READ));
    var session = visitor.cookie("session").orElseThrow();

    assertThat(visitor.get("/api/v1/me").statusCode()).isEqualTo(401);
    assertThat(visitor.get("/api/v1/me").body()).contains("A token is needed");
    for (var wrong :
        List.of(
            "",
            session,
            token.substring(4),
            token + "x",
            token.toUpperCase(java.util.Locale.ROOT))) {
      assertThat(call("GET", wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    assertThat(call("GET", token).headers().allValues("Set-Cookie")).isEmpty();
    try (var thief = new Visitor(port)) {
      thief.plantCookie("session", token);
      assertThat(thief.get("/account").headers().firstValue("Location").orElse(""))
          .contains("/sign-in");
    }
    database.sql("update api_token set expires_at = now() - interval '1 second'").update();
    assertThat(call("GET", token).statusCode()).isEqualTo(401);
  }

  private String make(Set<Scope> scopes) {
    return tokens.make(ada, "A program", scopes, Duration.ofDays(30)).expected();
  }

  private HttpResponse<String> call(String method, String token) {
    try (var program = new Visitor(port)) {
      return method.equals("GET")
          ? program.get(
              "/api/v1/me", "Authorization", "Bearer " + token, "Accept", "application/json")
          : program.postBare("/api/v1/me", Map.of(), "Authorization", "Bearer " + token);
    }
  }
}
